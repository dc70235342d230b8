import type { Kernel } from '../../functions/kernel/kernel.ts';
import type { ListingRow } from '../../functions/kernel/ports.ts';

/** The folder of a host that is not running, whatever its ledger stands on (已停主机的数据). */
export interface Opened {
  readonly kernel: Kernel;
  /** All that the views hold, in any order. */
  kept(): Promise<{ readonly rows: readonly ListingRow[]; readonly counters: readonly { readonly counter: string; readonly value: number }[] }>;
  /** How many messages lie in each queue that has any, dead letters too. */
  messages(): readonly { readonly queue: string; readonly count: number }[];
  close(): Promise<void>;
}
