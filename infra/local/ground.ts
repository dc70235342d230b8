import type { Functions } from './functions.ts';
import type { StreamSource } from './stream-source.ts';

/** What a host stands on (运行底座): the one thing in which its two modes differ. */
export interface Ground {
  readonly functions: Functions;
  /** The ledger table's change stream. */
  readonly stream: StreamSource;
  /** Milliseconds within which the stream tells of what was written; 0 where it does at once, and says so itself. */
  readonly lagMs: number;
  close(): Promise<void>;
}
