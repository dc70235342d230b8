/**
 * 重试间隔: seconds from a failed attempt to the next, as the specification of Standard Webhooks recommends it: after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h,
 * 20 h and 24 h; ten attempts in 75 h 35 min. https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export const LADDER: readonly number[] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

/** Part of an interval by which it is made longer or shorter, so that what failed together does not come back together. */
const JITTER = 0.1;
/** Seconds: an endpoint that asks to wait (Retry-After) is waited for no longer. */
const LONGEST_WAIT = 86_400;

/**
 * ISO instant of the attempt after this one (1 for the first), which failed at `now`; nothing after the last. The jitter follows from the notice and the
 * attempt, so that the same history always has the same times.
 */
export function nextAttempt(about: string, attempt: number, now: string, retryAfter = 0): string | undefined {
  const interval = LADDER[attempt - 1];
  if (interval === undefined) return undefined;
  const at = (attempt * 3) % (about.length - 6);
  const chance = Number.parseInt(about.slice(at, at + 6), 16) / 0xff_ff_ff;
  const seconds = Math.max(interval * (1 - JITTER + 2 * JITTER * chance), Math.min(retryAfter, LONGEST_WAIT));
  return new Date(Date.parse(now) + Math.round(seconds * 1000)).toISOString();
}
