import type { Definitions } from '../../functions/kernel/definitions.ts';
import { type DeadLetterQueue, deadLetterQueues } from './dead-letter-queues.ts';
import { Misuse } from './misuse.ts';
import type { Letter } from './place.ts';
import type { Shift } from './shift.ts';
import { called, toldOf } from './words.ts';

/** The dead-letter queues that are meant. Throws {@link Misuse} for a name that there is not. */
export function chosen({ place: { deployment, kernel } }: Pick<Shift, 'place'>, queue: string | undefined): readonly DeadLetterQueue[] {
  const all = deadLetterQueues(deployment, kernel.definitions);
  if (queue === undefined) return all;
  const found = all.filter(({ name }) => name === queue);
  if (found.length === 0) throw new Misuse(`no dead-letter queue is called ${queue}; dlq list tells the names`);
  return found;
}

/** The function in words, by its physical name where these sources do not declare it. */
export const workerOf = ({ worker, function: name }: DeadLetterQueue): string => (worker ? called(worker) : name);

/** The event of a message, in words; undefined where it is none. */
export function eventOf(definitions: Definitions, { body }: Pick<Letter, 'body'>): string | undefined {
  const { detail } = (objectIn(body) ?? {}) as { readonly detail?: unknown };
  return toldOf(definitions, detail);
}

/** When what a message points at came into the ledger's stream, in milliseconds; when it was sent where it does not say. */
export function arrivedAt({ body, sentAt }: Pick<Letter, 'body' | 'sentAt'>): number {
  const { DDBStreamBatchInfo: batch } = (objectIn(body) ?? {}) as { readonly DDBStreamBatchInfo?: { readonly approximateArrivalOfFirstRecord?: unknown } };
  const arrived = Date.parse(String(batch?.approximateArrivalOfFirstRecord));
  return Number.isNaN(arrived) ? sentAt : arrived;
}

function objectIn(body: string): object | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
