import type { PolicyAnswer } from '../policy/book.ts';
import type { Definitions } from './definitions.ts';
import type { Log } from './log.ts';
import type { Bus, Clock, KeyRing, LedgerStore, Network, ViewStore } from './ports.ts';

/** One province's system: the definitions, the rules and the ports. Everything the kernel does takes it as its first argument. */
export interface Kernel {
  readonly definitions: Definitions;
  /** Six-digit division (GB/T 2260) of the province that this deployment serves. */
  readonly province: string;
  readonly policyFor: (province: string, day: string) => PolicyAnswer;
  readonly ledger: LedgerStore;
  readonly views: ViewStore;
  readonly bus: Bus;
  readonly keyRing: KeyRing;
  readonly network: Network;
  readonly clock: Clock;
  readonly log: Log;
}
