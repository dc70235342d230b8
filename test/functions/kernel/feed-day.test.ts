import { expect, test } from 'vitest';
import { feedDay } from '../../../functions/kernel/feed-day.ts';

test.each([
  ['2026-03-01T15:59:59.999Z', '2026-03-01'],
  ['2026-03-01T16:00:00.000Z', '2026-03-02'],
  ['2026-12-31T16:00:00.000Z', '2027-01-01'],
  ['2026-03-02T00:00:00.000+08:00', '2026-03-02'],
])('%s stands on %s in Shanghai', (recordedAt, day) => {
  expect(feedDay(recordedAt)).toBe(day);
});

test('what is no instant has no day', () => {
  expect(() => feedDay('yesterday')).toThrow(RangeError);
});
