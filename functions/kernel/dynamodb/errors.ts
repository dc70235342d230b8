import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { Throttled } from '../ports.ts';

/** What the table says to “come back later”, as an exception or as a transaction's cancellation reason. Nothing was written. */
const LATER: ReadonlySet<string> = new Set([
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
  const { name } = error as { name?: string };
  return LATER.has(name ?? '') ? new Throttled(`DynamoDB: ${name}`, { cause: error }) : error;
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
 * The operations of a cancelled transaction whose condition failed, in the order `precedence` (indexes of operations, the weightiest first),
 * up to the first of which it is not known; `undefined` where the error is no cancellation. Throws {@link Throttled} when the weightiest
 * operation that failed did so for another caller's sake, and the error itself when it is malformed.
 */
export function firstFailed(error: unknown, precedence: readonly number[]): Failed | undefined {
  if (!(error instanceof TransactionCanceledException)) return undefined;
  const reasons = error.CancellationReasons ?? [];
  for (const at of precedence) {
    const { Code: code = 'None', Item: item } = reasons[at] ?? {};
    if (code === 'ConditionalCheckFailed') return { at, item };
    if (LATER.has(code)) throw new Throttled(`DynamoDB: ${code}`, { cause: error });
    if (code !== 'None') throw error;
  }
  return undefined;
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
