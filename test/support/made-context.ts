import * as z from 'zod';
import { command, lookUp, need } from '../../functions/kernel/command.ts';
import { conflict, notFound, refuse } from '../../functions/kernel/decision.ts';
import { define } from '../../functions/kernel/definitions.ts';
import { page, query } from '../../functions/kernel/query.ts';
import { reaction } from '../../functions/kernel/reaction.ts';
import { everyKind } from '../../functions/kernel/rights.ts';
import { schedule } from '../../functions/kernel/schedule.ts';
import { streamName } from '../../functions/kernel/stream.ts';
import { AGGREGATES, BASIS, type Box, ball, box, copy, label, reminder, sack, shelf, tally } from './made-aggregates.ts';
import {
  BallBounced,
  BoxMoved,
  BoxOpened,
  BoxShown,
  CopyMade,
  Counted,
  Filled,
  LabelPrinted,
  MADE_EVENTS,
  Reminded,
  ShelfBuilt,
  ShelfClosed,
  ShelfFact,
  TallyFact,
} from './made-events.ts';

const bureau = { kind: 'justice-bureau', roles: ['officer', 'leader'] } as const;
const institution = { kind: 'institution', roles: ['appraiser'] } as const;

const openBoxDefinition = {
  title: '开箱',
  aggregate: box,
  input: z.strictObject({
    box: z.string().min(1),
    shelf: z.string().min(1),
    copies: z.int().min(0).default(0),
    story: z.string().optional(),
    occurredOn: z.iso.date().optional(),
  }),
  who: [bureau, institution],
  key: (input: { box: string }) => input.box,
  occurredOn: (input: { occurredOn?: string | undefined }) => input.occurredOn,
  facts: (input: { shelf: string }) => ({
    shelf: need(ShelfFact, input.shelf, '/shelf', { guard: true }),
    tally: lookUp(TallyFact, 'all'),
  }),
};

export const openBox = command({
  ...openBoxDefinition,
  name: 'made/open-box',
  decide: (state, { box: name, shelf: on, copies, story }, { facts, occurredOn }) => {
    if (state) return conflict('already_open', '箱已打开', '/box');
    if (facts.shelf.state.closed) return refuse('shelf_closed', '架已封闭', BASIS, { cure: '换一个架', pointer: '/shelf' });
    return [BoxOpened.of({ box: name, shelf: on, copies, openedOn: occurredOn, basis: BASIS }, story === undefined ? undefined : { story })];
  },
});

/** As {@link openBox}, by someone whose name is itself restricted. */
export const whisperBox = command({
  ...openBoxDefinition,
  name: 'made/whisper-box',
  sealsActor: true,
  decide: (state, { box: name, shelf: on, copies, story = '' }, { actor, occurredOn }) =>
    state
      ? conflict('already_open', '箱已打开', '/box')
      : [BoxOpened.of({ box: name, shelf: on, copies, openedOn: occurredOn, basis: BASIS }, { story, teller: actor.person })],
});

export const moveBox = command({
  name: 'made/move-box',
  title: '移箱',
  aggregate: box,
  input: z.strictObject({ box: z.string().min(1), shelf: z.string() }),
  who: [bureau],
  key: (input) => input.box,
  decide: (state, input) => {
    if (!state) return notFound('箱', '/box');
    return state.shelf === input.shelf ? [] : [BoxMoved.of(input)];
  },
});

export const showBox = command({
  name: 'made/show-box',
  title: '查阅箱',
  aggregate: box,
  input: z.strictObject({ box: z.string().min(1), purpose: z.string() }),
  who: [{ ...bureau, relation: { title: '该架所属机关', holds: ({ state, actor }) => (state as Box)?.shelf !== 'lost' && actor.division === '360000' } }],
  key: (input) => input.box,
  decide: (state, input) => (state ? [BoxShown.of(input)] : notFound('箱', '/box')),
  discloses: {
    streams: ({ input }) => [streamName('made/box', [input.box])],
    answer: (opened) => opened.map(({ name, restricted }) => ({ name, story: (restricted as { story: string }).story })),
  },
});

const shelfInput = z.strictObject({ shelf: z.string().min(1) });
export const buildShelf = command({
  name: 'made/build-shelf',
  title: '立架',
  aggregate: shelf,
  input: shelfInput,
  who: [bureau],
  key: (input) => input.shelf,
  decide: (state, input) => (state.shelf ? [] : [ShelfBuilt.of(input)]),
});
export const closeShelf = command({
  name: 'made/close-shelf',
  title: '封架',
  aggregate: shelf,
  input: shelfInput,
  who: [bureau],
  key: (input) => input.shelf,
  decide: (state, input) => (state.closed ? conflict('closed', '架已封闭') : [ShelfClosed.of(input)]),
});

export const count = command({
  name: 'made/count',
  title: '计数',
  aggregate: tally,
  input: z.strictObject({ tally: z.string().min(1), by: z.int() }),
  who: [bureau, institution],
  key: (input) => input.tally,
  decide: (_, input) => (input.by === 0 ? [] : [Counted.of(input)]),
});

/** Events of any number and size, kept in the state or not. */
export const fill = command({
  name: 'made/fill',
  title: '装袋',
  aggregate: sack,
  input: z.strictObject({ sack: z.string().min(1), texts: z.array(z.string()).optional(), sizes: z.array(z.int()).optional() }),
  who: [bureau],
  key: (input) => input.sack,
  decide: (_, { sack: name, texts = [], sizes = [] }) => [...texts, ...sizes.map((size) => 'x'.repeat(size))].map((text) => Filled.of({ sack: name, text })),
});

export const printLabel = command({
  name: 'made/print-label',
  title: '印签',
  aggregate: label,
  input: z.strictObject({ box: z.string(), shelf: z.string() }),
  who: 'system',
  key: (input) => input.box,
  decide: (_, { box: name, shelf: on }, { occurredOn }) => {
    if (on === 'unlabelled') return [];
    if (on === 'forbidden') return refuse('no_labels_here', '此架不贴签', BASIS);
    return [LabelPrinted.of({ box: name, printedOn: occurredOn })];
  },
});

export const makeCopy = command({
  name: 'made/make-copy',
  title: '制副本',
  aggregate: copy,
  input: z.strictObject({ box: z.string(), copy: z.int() }),
  who: 'system',
  key: (input) => [input.box, String(input.copy)],
  decide: (_, input) => [CopyMade.of(input)],
});

export const bounce = command({
  name: 'made/bounce',
  title: '弹球',
  aggregate: ball,
  input: BallBounced.data,
  who: [bureau],
  key: (input) => input.ball,
  decide: (_, input) => [BallBounced.of(input)],
});

export const remind = command({
  name: 'made/remind',
  title: '提醒',
  aggregate: reminder,
  input: z.strictObject({ box: z.string() }),
  who: 'system',
  key: (input) => input.box,
  decide: (_, input) => [Reminded.of(input)],
});

/** One target. */
export const printLabels = reaction({
  name: 'made/print-label',
  title: '开箱后印签',
  hears: [BoxOpened],
  since: '2026-01-01',
  command: printLabel,
  targets: ({ data }) => [{ box: data.box, shelf: data.shelf }],
});

/** As many targets as the event says. */
export const makeCopies = reaction({
  name: 'made/make-copies',
  title: '开箱后制副本',
  hears: [BoxOpened],
  since: '2026-01-01',
  command: makeCopy,
  targets: ({ data }) => Array.from({ length: data.copies }, (_, at) => ({ box: data.box, copy: at + 1 })),
});

/** Hears what it brings about. */
/** Beside the usual reactions: a label leads to a copy, so that the tree has two levels below the command. */
export const copyOfLabel = reaction({
  name: 'made/copy-label',
  title: '虚构',
  hears: [LabelPrinted],
  since: '2026-01-01',
  command: makeCopy,
  targets: ({ data }) => [{ box: data.box, copy: 99 }],
});

export const bounceOn = reaction({
  name: 'made/bounce-on',
  title: '球弹起又落下',
  hears: [BallBounced],
  since: '2026-01-01',
  command: bounce,
  targets: ({ data }) => (data.left === 0 ? [] : [{ ball: data.ball, left: data.left - 1 }]),
});

/** Whatever stands on the shelf `due`, two a page. */
export const remindDue = schedule({
  name: 'made/remind-due',
  title: '到期提醒',
  everyMinutes: 60,
  command: remind,
  due: async (views, { today }, after) => {
    const found = await views.rows('made/boxes', 'due', { limit: 2, ...(after === undefined ? {} : { after }) });
    const due = found.rows.map(({ item }) => ({ input: { box: item.box }, once: `${item.box}/${today}` }));
    return { due, ...(found.next === undefined ? {} : { next: found.next }) };
  },
});

export const boxes = query({
  name: 'made/boxes',
  title: '箱一览',
  parameters: z.strictObject({ shelf: z.string(), cursor: z.string().optional(), limit: z.coerce.number().int().min(1).max(100).optional() }),
  who: everyKind,
  read: ({ shelf: on, cursor, limit }, { views }) => page(views, 'made/boxes', on, { cursor, limit }),
});

/** Every part of the made context, for tests that change one of them. */
export const PARTS = {
  events: MADE_EVENTS,
  aggregates: AGGREGATES,
  commands: [openBox, whisperBox, moveBox, showBox, buildShelf, closeShelf, count, fill, printLabel, makeCopy, bounce, remind],
  reactions: [printLabels, makeCopies, bounceOn],
  queries: [boxes],
  schedules: [remindDue],
  dispatches: [],
  fingerprints: new Map(AGGREGATES.map(({ name }) => [name, 'folded-by-the-first-code'])),
} satisfies Parameters<typeof define>[0];

export const MADE = define(PARTS);
