import type { AnyEventDefinition, DataOf } from '../../events/event.ts';
import type { CounterMove, ListingRow } from './ports.ts';

/** What `evolve` may know beside the event's open part. */
export interface EventMeta {
  readonly id: string;
  /** Version of the stream. */
  readonly version: number;
  /** Day of the fact (Asia/Shanghai, `YYYY-MM-DD`). */
  readonly occurredOn: string;
  /** ISO instant at which it was written. */
  readonly recordedAt: string;
}

type Named<Events extends readonly AnyEventDefinition[], Name> = Extract<Events[number], { readonly name: Name }>;
type Evolve<State, Events extends readonly AnyEventDefinition[]> = {
  readonly [Name in Events[number]['name']]: (state: State, data: DataOf<Named<Events, Name>>, meta: EventMeta) => State;
};
type Counters<Events extends readonly AnyEventDefinition[]> = {
  readonly [Name in Events[number]['name']]?: (data: DataOf<Named<Events, Name>>, key: readonly string[], meta: EventMeta) => readonly CounterMove[];
};

/**
 * An aggregate (聚合): the state that one stream's decisions need, and how events move it.
 *
 * `State` is JSON and holds only what the next decision needs (at most 32 KB at any age); restricted parts never reach it.
 */
export interface AggregateDefinition<State = unknown, Events extends readonly AnyEventDefinition[] = readonly AnyEventDefinition[]> {
  /** `<context>/<aggregate>` */
  readonly name: string;
  /** 中文名 */
  readonly title: string;
  /** State before the first event. */
  readonly initial: State;
  /** The only events that may stand in such a stream. */
  readonly events: Events;
  readonly evolve: Evolve<State, Events>;
  /** Under which data key its restricted parts stand (a case, a report); by default the stream itself. */
  readonly keyScope?: (key: readonly string[]) => string;
  /** Under which listings the stream can be found at this state. */
  readonly listings?: (state: State, key: readonly string[]) => readonly ListingRow[];
  /** Which counters an event moves. */
  readonly counters?: Counters<Events>;
}

// biome-ignore lint/suspicious/noExplicitAny: aggregates of all states stand in one table
export type AnyAggregate = AggregateDefinition<any, any> & { readonly kind: 'aggregate' };

export const aggregate = <State, const Events extends readonly AnyEventDefinition[]>(
  definition: AggregateDefinition<State, Events>,
): AggregateDefinition<State, Events> & { readonly kind: 'aggregate' } => ({ ...definition, kind: 'aggregate' });
