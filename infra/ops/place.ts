import type { Kernel } from '../../functions/kernel/kernel.ts';
import type { ListingRow } from '../../functions/kernel/ports.ts';
import type { Deployment } from '../local/deployment.ts';

/** A province's system as an operator reaches it (运维对象): the folder of a host that is stopped, or what is deployed. */
export interface Place {
  /** What its templates say. */
  readonly deployment: Deployment;
  /** No key: an operator neither seals nor opens. */
  readonly kernel: Pick<Kernel, 'definitions' | 'province' | 'ledger' | 'views' | 'bus' | 'clock'>;
  readonly queues: Queues;
  /** All that lies in the views at the moment, in any order; what is projected meanwhile may be there or not. */
  standing(): AsyncIterable<Standing>;
  /** Rebuilds the views, and returns how many commits were read. */
  rebuild(): Promise<number>;
  /** Its functions run while somebody operates it; otherwise they go on when the host is started. */
  readonly live: boolean;
  /** Milliseconds within which consequences may still be on their way. */
  readonly settleMs: number;
  close(): Promise<void>;
}

/** A row, or how far a stream's commits were counted. */
export type Standing = ListingRow | { readonly stream: string; readonly version: number };

/** A message as it lies in a queue. */
export interface Letter {
  /** By which the queue knows it. */
  readonly id: string;
  readonly body: string;
  /** Milliseconds since 1970: when it was first sent. */
  readonly sentAt: number;
}

/** The queues (队列) of a place, by physical name. */
export interface Queues {
  /** About how many lie in it, those that somebody works on too; 0 where there is no such queue. */
  count(queue: string): Promise<number>;
  /** At most so many messages, none of them twice; hidden from others for some minutes, or until they are given back. Empty where there are no more. */
  take(queue: string, most: number): Promise<readonly Letter[]>;
  /** What was taken may be taken by others. */
  giveBack(queue: string, letters: readonly Letter[]): Promise<void>;
  /** Resolves when all of them are durable. */
  send(queue: string, bodies: readonly string[]): Promise<void>;
  /** What was taken is gone. */
  remove(queue: string, letters: readonly Letter[]): Promise<void>;
}
