import { hash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LADDER, nextAttempt } from '../../functions/deliveries/ladder.ts';

const NOW = '2026-03-10T01:00:00.000Z';
const about = fc.stringMatching(/^[0-9a-f]{32}$/);
const secondsTo = (next: string | undefined) => (Date.parse(next ?? '') - Date.parse(NOW)) / 1000;

describe('the ladder that Standard Webhooks publishes', () => {
  test('is ten attempts in 75 hours and 35 minutes', () => {
    expect(LADDER).toHaveLength(9);
    expect(LADDER.reduce((sum, each) => sum + each)).toBe(75 * 3600 + 35 * 60 + 5);
  });

  test('with a tenth sooner or later, the same each time for one notice, another for another', () => {
    fc.assert(
      fc.property(about, fc.integer({ min: 1, max: LADDER.length }), (id, attempt) => {
        const next = nextAttempt(id, attempt, NOW);
        const interval = LADDER[attempt - 1] as number;
        expect(secondsTo(next)).toBeGreaterThanOrEqual(interval * 0.9 - 0.001);
        expect(secondsTo(next)).toBeLessThanOrEqual(interval * 1.1 + 0.001);
        expect(nextAttempt(id, attempt, NOW)).toBe(next);
      }),
    );
    const made = Array.from({ length: 200 }, (_, at) => nextAttempt(hash('sha256', String(at)).slice(0, 32), 9, NOW));
    expect(new Set(made).size).toBeGreaterThan(100);
  });

  test('and nothing after the last', () => {
    expect(nextAttempt('a'.repeat(32), LADDER.length + 1, NOW)).toBeUndefined();
  });

  test('who asks to wait is waited for, up to a day, and never called sooner for it', () => {
    const id = '0'.repeat(32);
    expect(secondsTo(nextAttempt(id, 1, NOW, 3600))).toBe(3600);
    expect(secondsTo(nextAttempt(id, 1, NOW, 9_999_999))).toBe(86_400);
    expect(secondsTo(nextAttempt(id, 5, NOW, 1))).toBeGreaterThanOrEqual(18_000 * 0.9);
  });
});
