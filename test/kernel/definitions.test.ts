import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { defineEvent, type NewEvent } from '../../events/event.ts';
import { aggregate } from '../../functions/kernel/aggregate.ts';
import { command } from '../../functions/kernel/command.ts';
import { aggregateOf, aggregateOfStream, define, eventOf } from '../../functions/kernel/definitions.ts';
import { routesOf } from '../../functions/kernel/http/routes.ts';
import { everyKind } from '../../functions/kernel/rights.ts';
import { tally } from '../support/made-aggregates.ts';
import { boxes, count, MADE, openBox, PARTS, printLabels, remindDue } from '../support/made-context.ts';
import { Counted, LabelPrinted, ShelfBuilt } from '../support/made-events.ts';
import { setUpMade } from '../support/made-kernel.ts';

type Parts = Parameters<typeof define>[0];

const Foreign = defineEvent({ context: 'elsewhere', name: 'Foreign', title: '虚构', means: 'Made up.', restsOn: '虚构', data: z.object({}) });
const writing = (name: string, event: typeof Foreign) => aggregate({ name, title: '虚构', initial: null, events: [event], evolve: { Foreign: () => null } });
const unlisted = { ...tally, name: 'made/unlisted' };

describe('what is declared', () => {
  test('is found by its name', () => {
    expect(MADE.commands.get('made/open-box')).toBe(openBox);
    expect(eventOf(MADE, 'Counted')).toBe(Counted);
    expect(aggregateOf(MADE, 'made/tally')).toEqual({ aggregate: tally, fingerprint: 'folded-by-the-first-code' });
    expect(aggregateOfStream(MADE, 'made/tally/a%2Fb').aggregate).toBe(tally);
    expect(() => aggregateOf(MADE, 'made/none')).toThrow('no file declares the aggregate made/none');
  });

  test.each<[string, Partial<Parts>, string]>([
    ['two commands of one name', { commands: [...PARTS.commands, { ...count }] }, 'two files declare the command made/count'],
    ['two reactions of one name', { reactions: [printLabels, { ...printLabels }] }, 'two files declare the reaction made/print-label'],
    ['two queries of one name', { queries: [boxes, { ...boxes }] }, 'two files declare the query made/boxes'],
    ['two schedules of one name', { schedules: [remindDue, { ...remindDue }] }, 'two files declare the schedule made/remind-due'],
    ['two aggregates of one name', { aggregates: [...PARTS.aggregates, { ...tally }] }, 'two files declare the aggregate made/tally'],
    ['two events of one name', { events: [...PARTS.events, { ...Counted }] }, 'two files declare the event Counted'],
    [
      'an event that the catalogue does not list',
      { events: PARTS.events.filter((event) => event !== ShelfBuilt) },
      'made/shelf writes ShelfBuilt, which the catalogue does not list',
    ],
    [
      'an event of a foreign context',
      { events: [...PARTS.events, Foreign], aggregates: [...PARTS.aggregates, writing('made/thief', Foreign)] },
      'made/thief writes Foreign of the context elsewhere',
    ],
    ['an aggregate without a fingerprint', { aggregates: [...PARTS.aggregates, unlisted] }, 'made/unlisted has no fingerprint'],
    [
      'a command on an aggregate of no file',
      { commands: [...PARTS.commands, { ...count, name: 'made/stray', aggregate: unlisted }] },
      'made/stray decides on made/unlisted, which no file declares',
    ],
    [
      'a reaction whose command is on an aggregate of no file',
      { reactions: [{ ...printLabels, command: { ...printLabels.command, aggregate: unlisted } }] },
      'decides on made/unlisted, which no file declares',
    ],
    [
      'a schedule whose command is on an aggregate of no file',
      { schedules: [{ ...remindDue, command: { ...remindDue.command, aggregate: unlisted } }] },
      'decides on made/unlisted, which no file declares',
    ],
    [
      'a reaction to an event of no file',
      { reactions: [{ ...printLabels, hears: [Foreign] }] },
      'made/print-label hears Foreign, which the catalogue does not list',
    ],
  ])('%s is refused with its place', (_, change, fault) => {
    expect(() => define({ ...PARTS, ...change })).toThrow(fault);
  });

  test('routes follow: POST for what an agency may give, GET for what it may ask, none for the system’s', () => {
    const routes = routesOf(MADE).map(({ method, path }) => `${method} ${path}`);
    expect(routes).toContain('POST /v1/made/open-box');
    expect(routes).toContain('GET /v1/made/boxes');
    expect(routes).not.toContain('POST /v1/made/print-label');
    const elsewhere = define({ ...PARTS, queries: [{ ...boxes, route: '/v1/shelves/{shelf}' }] });
    expect(routesOf(elsewhere).map(({ path }) => path)).toContain('/v1/shelves/{shelf}');
  });
});

describe('what a rule returns', () => {
  const deciding = (events: readonly NewEvent[]) =>
    command({ name: 'made/odd', title: '虚构', aggregate: tally, input: z.strictObject({}), who: everyKind, key: () => 't', decide: () => events });

  test.each<[string, readonly NewEvent[], RegExp]>([
    ['an event that the aggregate may not write', [LabelPrinted.of({ box: '1', printedOn: '2026-03-04' })], /made\/tally does not know LabelPrinted/],
    ['data that is not the event’s', [{ ...Counted.of({ tally: 't', by: 1 }), data: { tally: 't', by: 'one' } }], /by/],
  ])('%s is a fault of the code: thrown, and nothing is written', async (_, events, fault) => {
    const made = await setUpMade();
    const before = made.snapshot();
    await expect(made.run(deciding(events), {})).rejects.toThrow(fault);
    expect(made.snapshot()).toEqual(before);
  });

  test('is written without what the event’s schema does not know', async () => {
    const made = await setUpMade();
    await made.done(deciding([{ ...Counted.of({ tally: 't', by: 1 }), data: { tally: 't', by: 1, citizenNumber: '虚构' } }]), {});
    expect((await made.commits('made/tally/t'))[0]?.events[0]?.data).toEqual({ tally: 't', by: 1 });
  });

  test('several events are one commit, each under an id of its own that only this call has', async () => {
    const made = await setUpMade();
    const twice = deciding([Counted.of({ tally: 't', by: 1 }), Counted.of({ tally: 't', by: 2 })]);
    const [one, other] = [await made.done(twice, {}), await made.done(twice, {})];
    expect(one).toMatchObject({ version: 1, events: [{ type: 'Counted' }, { type: 'Counted' }] });
    expect(new Set([...one.events, ...other.events].map(({ id }) => id)).size).toBe(4);
    expect((await made.ledger.head('made/tally/t'))?.state).toBe('{"count":6}');
  });
});
