const SHANGHAI_OFFSET = 8 * 3_600_000;

/** Day of the feed (Asia/Shanghai, `YYYY-MM-DD`) on which a commit of that ISO instant stands. Throws RangeError for what is no instant. */
export function feedDay(recordedAt: string): string {
  return new Date(Date.parse(recordedAt) + SHANGHAI_OFFSET).toISOString().slice(0, 10);
}
