import type { Functions } from './functions.ts';
import type { StreamSource } from './stream-source.ts';

/** What a host stands on (运行底座): the one thing in which its two modes differ. */
export interface Ground {
  readonly functions: Functions;
  /** The ledger table's change stream. */
  readonly stream: StreamSource;
  /** Nobody is told when something was written: the stream has to be looked at again and again. */
  readonly silent: boolean;
  close(): Promise<void>;
}
