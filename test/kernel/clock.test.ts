import { expect, test } from 'vitest';
import { systemClock } from '../../functions/kernel/clock.ts';

test("the system clock tells the machine's milliseconds since 1970", () => {
  const before = Date.now();
  const told = systemClock.now();
  expect(told).toBeGreaterThanOrEqual(before);
  expect(told).toBeLessThanOrEqual(Date.now());
});
