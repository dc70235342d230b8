import type { FactDefinition } from '../../events/fact.ts';
import type { AnyAggregate } from './aggregate.ts';
import type { AnyCommand } from './command.ts';
import type { KeptSecret } from './kept-secret.ts';
import type { StoredEvent } from './ledger.ts';
import type { Json, Network, NetworkFault, Outgoing, ViewStore } from './ports.ts';

/** What a dispatch may read to make a message. */
export interface DispatchContext {
  /** Six-digit division of the deployment's province. */
  readonly province: string;
  /** ISO instant. */
  readonly now: string;
  /** The state that a fact tells of, as it is now; `undefined` where there is no such stream. */
  readonly fact: <T>(fact: FactDefinition<T>, key: readonly string[]) => Promise<T | undefined>;
  /** Restricted parts of events of the aggregate that the dispatch {@link DispatchDefinition.opens}. */
  readonly open: (key: readonly string[], kept: readonly Pick<KeptSecret, 'event' | 'version'>[]) => Promise<readonly Json[]>;
  /** Events of one commit, open parts only, with the instant at which it was written. */
  readonly events: (stream: string, version: number) => Promise<{ readonly recordedAt: string; readonly events: readonly Omit<StoredEvent, 'sealed'>[] }>;
}

/** One thing that is due. */
export interface DueItem<Item = unknown> {
  readonly item: Item;
  /** With the dispatch's name it makes the receipt of what came of it; another attempt has another. */
  readonly once: string;
}

export type Sent = Awaited<ReturnType<Network['post']>>;

/** The receiver has it: any 2xx. */
export const isTaken = (sent: object): boolean => 'status' in sent && Math.floor(Number(sent.status) / 100) === 2;

/**
 * A dispatch (外发): what leaves the system. It finds what is due, sends it by the network, and gives a command with what came of it. At least once: between
 * sending and writing that it was sent, a process can end. `functions/<context>/dispatches/<verb>.ts`.
 *
 * What is due lies in lanes, one a receiver: whatever a receiver does, the others' lanes go on.
 */
export interface DispatchDefinition<Item = unknown, Fault extends string = string> {
  /** `<context>/<verb>` */
  readonly name: string;
  readonly title: string;
  /** Command that takes what came of it. */
  readonly command: AnyCommand;
  readonly opens: AnyAggregate;
  /** Counters by which lanes that hold anything are found: their names are this prefix and the lane. */
  readonly lanes: string;
  /** What is due in a lane by now (ISO), the oldest first, at most so many. */
  readonly due: (views: Pick<ViewStore, 'rows'>, lane: string, now: string, limit: number) => Promise<readonly DueItem<Item>[]>;
  /** The message; or why there is none, which is then what came of it; or nothing, where it is no longer due. */
  readonly message: (item: Item, context: DispatchContext) => Promise<Outgoing | { readonly fault: Fault } | undefined>;
  readonly outcome: (item: Item, sent: Sent | { readonly fault: Fault | NetworkFault }) => unknown;
}

export type AnyDispatch = DispatchDefinition & { readonly kind: 'dispatch' };

export const dispatch = <Item, Fault extends string>(definition: DispatchDefinition<Item, Fault>): AnyDispatch =>
  ({ ...definition, kind: 'dispatch' }) as unknown as AnyDispatch;
