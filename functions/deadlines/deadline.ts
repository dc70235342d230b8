import { hash } from 'node:crypto';
import { DeadlineApproaching, DeadlineClosed, DeadlineOpened, DeadlinePassed, DeadlineRecomputed } from '../../events/deadlines.ts';
import type { DataOf } from '../../events/event.ts';
import { aggregate } from '../kernel/aggregate.ts';
import { addDays } from '../kernel/calendar.ts';

/** 期限: one of a source and a kind. What closes it may arrive before it opens, and is kept. */
export interface DeadlineState {
  readonly opened: Omit<DataOf<typeof DeadlineOpened>, 'metBy'> | null;
  readonly closed: 'met' | 'cancelled' | null;
  readonly approached: boolean;
  readonly passed: boolean;
}

/** Short name of a deadline in listings, evenly spread. */
export const placeOf = (key: readonly string[]): string => hash('sha256', JSON.stringify(key), 'hex').slice(0, 32);

/** Shards of what the sweep reads: the first character of a place. */
export const SHARDS: readonly string[] = [...'0123456789abcdef'];

const statusOf = ({ approached, passed }: DeadlineState) => (passed ? 'passed' : approached ? 'approaching' : 'running');

/** First day on which a look can say something new. */
const lookOn = ({ dates }: NonNullable<DeadlineState['opened']>, approached: boolean): string => (approached ? addDays(dates.legalDue, 1) : dates.alertDue);

export const deadline = aggregate({
  name: 'deadlines/deadline',
  title: '期限',
  initial: { opened: null, closed: null, approached: false, passed: false } as DeadlineState,
  events: [DeadlineOpened, DeadlineApproaching, DeadlinePassed, DeadlineClosed, DeadlineRecomputed],
  evolve: {
    DeadlineOpened: (state, { metBy: _, ...opened }) => ({ ...state, opened }),
    DeadlineApproaching: (state) => ({ ...state, approached: true }),
    DeadlinePassed: (state) => ({ ...state, passed: true }),
    DeadlineClosed: (state, { how }) => ({ ...state, closed: how }),
    DeadlineRecomputed: (state, { dates, calendar }) => ({ ...state, opened: state.opened && { ...state.opened, dates, calendar } }),
  },
  listings: (state, key) => {
    const { opened, closed, approached, passed } = state;
    if (!opened || closed) return [];
    const { source, kind, holder, nature, dates, term, calendar, basis } = opened;
    const place = placeOf(key);
    const shard = place.slice(0, 1);
    const look = { source, kind };
    return [
      {
        listing: 'deadlines/agenda',
        partition: holder,
        sort: `${dates.legalDue}/${place}`,
        item: { source, kind, nature, dates, calendar, basis, status: statusOf(state) },
      },
      ...(passed ? [{ listing: 'deadlines/overdue', partition: holder, sort: `${kind}/${place}`, item: { kind } }] : []),
      ...(passed ? [] : [{ listing: 'deadlines/to-look-at', partition: shard, sort: `${lookOn(opened, approached)}/${place}`, item: look }]),
      ...(passed || !dates.beyondCalendar || term === null
        ? []
        : [{ listing: 'deadlines/beyond-calendar', partition: shard, sort: `${calendar}/${place}`, item: look }]),
    ];
  },
  // Whichever of opening and closing comes second to the stream changes nothing about how many are open: right in either order, and without an opening.
  counters: {
    DeadlineOpened: ({ holder }, _, { version }) => [{ counter: `deadlines/open/${holder}`, by: version === 1 ? 1 : 0 }],
    DeadlineClosed: ({ holder }, _, { version }) => [{ counter: `deadlines/open/${holder}`, by: version === 1 ? 0 : -1 }],
  },
});
