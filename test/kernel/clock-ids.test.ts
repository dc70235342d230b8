import { expect, test } from 'vitest';
import { systemClock } from '../../functions/kernel/clock.ts';
import { randomIds } from '../../functions/kernel/ids.ts';

test("the system clock tells the machine's milliseconds since 1970", () => {
  const before = Date.now();
  const told = systemClock.now();
  expect(told).toBeGreaterThanOrEqual(before);
  expect(told).toBeLessThanOrEqual(Date.now());
});

test('random ids are 32 lower-case hex characters, every one its own, every digit in use', () => {
  const ids = Array.from({ length: 200 }, () => randomIds.next());
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
  expect(new Set(ids).size).toBe(ids.length);
  for (let place = 0; place < 32; place += 1) expect(new Set(ids.map((id) => id[place])).size).toBeGreaterThan(8);
});
