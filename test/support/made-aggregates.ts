import { aggregate } from '../../functions/kernel/aggregate.ts';
import { BallBounced, BoxMoved, BoxOpened, BoxShown, CopyMade, Counted, Filled, LabelPrinted, Reminded, ShelfBuilt, ShelfClosed } from './made-events.ts';

/** A context made for tests (虚构): one of everything that a context can declare, and nothing of any trade. */
export const BASIS = { document: '虚构〔2026〕1号', article: '第一条', status: 'law' } as const;

export type Box = { readonly box: string; readonly shelf: string; readonly openedOn: string } | null;

export const box = aggregate({
  name: 'made/box',
  title: '箱',
  initial: null as Box,
  events: [BoxOpened, BoxMoved, BoxShown],
  evolve: {
    BoxOpened: (_, { box: name, shelf, openedOn }) => ({ box: name, shelf, openedOn }),
    BoxMoved: (state, { shelf }) => state && { ...state, shelf },
    BoxShown: (state) => state,
  },
  keyScope: ([name]) => `box/${name}`,
  listings: (state) => (state ? [{ listing: 'made/boxes', partition: state.shelf, sort: state.box, item: { ...state } }] : []),
  counters: {
    BoxOpened: ({ shelf }) => [{ counter: `made/opened/${shelf}`, by: 1 }],
    BoxMoved: ({ shelf }) => [{ counter: `made/moved-to/${shelf}`, by: 1 }],
  },
});

export const shelf = aggregate({
  name: 'made/shelf',
  title: '架',
  initial: { shelf: '', closed: false },
  events: [ShelfBuilt, ShelfClosed],
  evolve: { ShelfBuilt: (_, data) => ({ shelf: data.shelf, closed: false }), ShelfClosed: (state) => ({ ...state, closed: true }) },
});

export const label = aggregate({
  name: 'made/label',
  title: '签',
  initial: { printed: 0 },
  events: [LabelPrinted],
  evolve: { LabelPrinted: ({ printed }) => ({ printed: printed + 1 }) },
});

export const copy = aggregate({
  name: 'made/copy',
  title: '副本',
  initial: { made: 0 },
  events: [CopyMade],
  evolve: { CopyMade: ({ made }) => ({ made: made + 1 }) },
});

export const ball = aggregate({
  name: 'made/ball',
  title: '球',
  initial: { left: -1 },
  events: [BallBounced],
  evolve: { BallBounced: (_, { left }) => ({ left }) },
});

export const tally = aggregate({
  name: 'made/tally',
  title: '计数',
  initial: { count: 0 },
  events: [Counted],
  evolve: { Counted: ({ count }, { by }) => ({ count: count + by }) },
});

/** Holds all that it was ever told: what no aggregate may do. */
export const sack = aggregate({
  name: 'made/sack',
  title: '袋',
  initial: '',
  events: [Filled],
  evolve: { Filled: (state, { text }) => (text.startsWith('keep:') ? state + text.slice(5) : state) },
  listings: (state) =>
    Array.from({ length: Number(/^rows=(\d+)/.exec(state)?.[1] ?? 0) }, (_, at) => ({ listing: 'made/sacks', partition: 'all', sort: `${at}`, item: {} })),
});

export const reminder = aggregate({
  name: 'made/reminder',
  title: '提醒',
  initial: null,
  events: [Reminded],
  evolve: { Reminded: () => null },
});

export const AGGREGATES = [box, shelf, label, copy, ball, tally, sack, reminder] as const;
