import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { Throttled } from '../ports.ts';

/**
 * What says “come back later”: an exception's name, a transaction's cancellation reason, or the code of a connection that failed. Where no
 * answer came the write may have happened; its token, and later its receipt, tell.
 */
const LATER: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'InternalServerError',
  'LimitExceededException',
  'ProvisionedThroughputExceeded',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ServiceUnavailable',
  'ThrottlingError',
  'ThrottlingException',
  'TimeoutError',
  'TransactionConflict',
  'TransactionConflictException',
  'TransactionInProgressException',
]);

/** {@link Throttled} for what asks to come back later; anything else as it is. */
export function translated(error: unknown): unknown {
  const { name = '', code = '' } = error as { name?: string; code?: string };
  const reason = [name, code].find((each) => LATER.has(each));
  return reason === undefined ? error : new Throttled(`DynamoDB: ${reason}`, { cause: error });
}

/** Calls DynamoDB. Throws {@link Throttled} for what asks to come back later. */
export function asking<Answer>(call: Promise<Answer>): Promise<Answer> {
  return call.catch((error: unknown) => {
    throw translated(error);
  });
}

/** One operation of a transaction that stood against it; `item` is what was there, where the operation asked to be told. */
export interface Failed {
  readonly at: number;
  readonly item: Readonly<Record<string, unknown>> | undefined;
}

/**
 * The first operation whose condition failed in a cancelled transaction. Throws {@link Throttled} when one before it could not be looked at
 * for another writer's sake, and the error itself where it is no such cancellation.
 */
export function firstFailed(error: unknown): Failed {
  const reasons = error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
  for (const [at, { Code: code = 'None', Item: item }] of reasons.entries()) {
    if (code === 'ConditionalCheckFailed') return { at, item };
    if (LATER.has(code)) throw new Throttled(`DynamoDB: ${code}`, { cause: error });
    if (code !== 'None') throw error;
  }
  throw error;
}

/** Calls again what another writer's transaction stood in the way of. */
export interface Patience {
  readonly attempts: number;
  /** Waits before the `attempt`-th call, counted from 1. */
  readonly pause: (attempt: number) => Promise<void>;
}

/** Up to 10, 20, 40, … milliseconds, so that writers of one item do not meet again. */
export const PATIENCE: Patience = {
  attempts: 6,
  pause: (attempt) =>
    new Promise((resolve) => {
      setTimeout(resolve, Math.random() * 5 * 2 ** attempt);
    }),
};

/** What `call` answers, tried again while it throws {@link Throttled}. */
export async function patiently<Answer>({ attempts, pause }: Patience, call: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof Throttled) || attempt >= attempts) throw error;
    }
    await pause(attempt);
  }
}
