export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** What the platform promises, and no more. */
export const PLATFORM = {
  /** A function is stopped after this long. Longer than the visibility timeout: a slow handler and a second delivery overlap. */
  functionTimeout: 90 * SECOND,
  /** The gateway answers for a function after this long. */
  gatewayTimeout: 29 * SECOND,
  visibility: 30 * SECOND,
  maxReceiveCount: 5,
  queueBatch: 10,
  streamBatch: 10,
  streamRetries: 4,
  streamRetention: 24 * HOUR,
  shards: 2,
  outage: 30 * HOUR,
  scheduleEvery: 12 * HOUR,
} as const;
