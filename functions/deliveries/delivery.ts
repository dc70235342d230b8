import { DeliveryFailed, type DeliveryFault, DeliveryGivenUp, DeliveryPlanned, DeliverySucceeded, RedeliveryAsked } from '../../events/deliveries.ts';
import type { DataOf } from '../../events/event.ts';
import { aggregate, type EventMeta } from '../kernel/aggregate.ts';

/** One attempt, as the log of deliveries tells it. */
interface Attempt {
  /** ISO instant. */
  readonly at: string;
  readonly status: number | null;
  /** Nothing where it succeeded. */
  readonly fault: DeliveryFault | null;
}

/** 投递 of one notice to one recipient's endpoint; `null` before it is planned. */
export type DeliveryState =
  | (Pick<DataOf<typeof DeliveryPlanned>, 'about' | 'recipient' | 'event' | 'version'> & {
      readonly plannedAt: string;
      readonly status: 'due' | 'delivered' | 'given-up';
      /** Attempts since it was planned, or asked for again. */
      readonly attempts: number;
      readonly firstOn: string | null;
      /** ISO instant from which the next attempt is due. */
      readonly dueAt: string;
      /** The last ones, the newest last. */
      readonly log: readonly Attempt[];
    })
  | null;

/** Attempts that the log keeps. */
const LOGGED = 12;

const begun = (before: DeliveryState, data: DataOf<typeof DeliveryPlanned> | DataOf<typeof RedeliveryAsked>, { recordedAt }: EventMeta): DeliveryState => ({
  about: data.about,
  recipient: data.recipient,
  event: data.event,
  version: data.version,
  plannedAt: before?.plannedAt ?? recordedAt,
  status: 'due',
  attempts: 0,
  firstOn: null,
  dueAt: recordedAt,
  log: before?.log ?? [],
});

/** An attempt was made: its line of the log, and what it changes beside. */
const attempted = (
  state: DeliveryState,
  { attempt, status, fault = null }: { readonly attempt: number; readonly status: number | null; readonly fault?: DeliveryFault | null },
  { recordedAt, occurredOn }: EventMeta,
  change: Partial<Pick<NonNullable<DeliveryState>, 'status' | 'dueAt'>>,
): DeliveryState =>
  state && {
    ...state,
    attempts: attempt,
    firstOn: state.firstOn ?? occurredOn,
    log: [...state.log, { at: recordedAt, status, fault }].slice(-LOGGED),
    ...change,
  };

/** How many are to be delivered to an agency, by the name under which the dispatch finds its lanes. */
export const DUE = 'deliveries/due/';
const moved = (recipient: string, by: number) => [{ counter: `${DUE}${recipient}`, by }];

export const delivery = aggregate({
  name: 'deliveries/delivery',
  title: '投递',
  initial: null as DeliveryState,
  events: [DeliveryPlanned, RedeliveryAsked, DeliverySucceeded, DeliveryFailed, DeliveryGivenUp],
  evolve: {
    DeliveryPlanned: (state, data, meta) => begun(state, data, meta),
    RedeliveryAsked: (state, data, meta) => begun(state, data, meta),
    DeliverySucceeded: (state, data, meta) => attempted(state, data, meta, { status: 'delivered' }),
    DeliveryFailed: (state, data, meta) => attempted(state, data, meta, { dueAt: data.nextDueAt }),
    DeliveryGivenUp: (state, data, meta) => attempted(state, data, meta, { status: 'given-up' }),
  },
  listings: (state) => {
    if (!state) return [];
    const { version: _, dueAt, ...told } = state;
    const { about, recipient, event, plannedAt, status } = state;
    const item = { ...told, log: told.log.map((each) => ({ ...each })), nextDueAt: status === 'due' ? dueAt : null };
    const entry = { partition: recipient, sort: `${plannedAt}/${about}`, item };
    return [
      { listing: 'deliveries/log', ...entry },
      ...(status === 'delivered' ? [] : [{ listing: 'deliveries/undelivered', ...entry }]),
      ...(status === 'due'
        ? [{ listing: 'deliveries/due', partition: recipient, sort: `${dueAt}/${about}`, item: { about, recipient, event, attempt: state.attempts + 1 } }]
        : []),
    ];
  },
  counters: {
    DeliveryPlanned: ({ recipient }) => moved(recipient, 1),
    RedeliveryAsked: ({ recipient }) => moved(recipient, 1),
    DeliverySucceeded: ({ recipient }) => moved(recipient, -1),
    DeliveryGivenUp: ({ recipient }) => moved(recipient, -1),
  },
});
