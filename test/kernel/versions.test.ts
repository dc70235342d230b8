import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { type AnyEventDefinition, defineEvent, UnknownVersion, upcast } from '../../events/event.ts';
import { aggregate } from '../../functions/kernel/aggregate.ts';
import { audit } from '../../functions/kernel/audit.ts';
import { command } from '../../functions/kernel/command.ts';
import { type Definitions, define } from '../../functions/kernel/definitions.ts';
import { project, rebuild } from '../../functions/kernel/project.ts';
import { react } from '../../functions/kernel/react.ts';
import { type AnyReaction, reaction } from '../../functions/kernel/reaction.ts';
import { MemoryViewStore } from '../simulation/memory-store.ts';
import { setUpMade } from '../support/made-kernel.ts';

/** A context with one event at a version, as the code of that day had it: v2 tells cents instead of yuan, v3 the currency too. */
function contextAt(version: 1 | 2 | 3) {
  const upcasts = {
    1: ({ yuan, ...rest }: Record<string, unknown>) => ({ ...rest, cents: Number(yuan) * 100 }),
    2: (data: Record<string, unknown>) => ({ ...data, currency: 'CNY' }),
  };
  const data = { 1: z.object({ yuan: z.int() }), 2: z.object({ cents: z.int() }), 3: z.object({ cents: z.int(), currency: z.string() }) }[version];
  const Paid: AnyEventDefinition = defineEvent({ context: 'made', name: 'Paid', version, title: '虚构', means: 'Made up.', restsOn: '虚构', data, upcasts });
  const amountOf = (paid: unknown) => ({ total: Number((paid as { yuan?: number; cents?: number })[version === 1 ? 'yuan' : 'cents']) });
  const purse = aggregate({
    name: 'made/purse',
    title: '钱包',
    initial: { total: 0 },
    events: [Paid],
    evolve: { Paid: (state: { total: number }, paid: unknown) => ({ total: state.total + amountOf(paid).total }) },
    counters: { Paid: (paid: unknown) => [{ counter: 'made/paid/all', by: amountOf(paid).total }] },
  });
  const pay = command({
    name: 'made/pay',
    title: '付',
    aggregate: purse,
    input: z.record(z.string(), z.json()),
    who: [{ kind: 'justice-bureau', roles: ['officer'] }],
    key: () => 'p',
    decide: (_, input) => [Paid.of(input)],
  });
  const heard: unknown[] = [];
  const note: AnyReaction = reaction({
    name: 'made/note',
    title: '记',
    hears: [Paid],
    since: '2026-01-01',
    command: { ...pay, name: 'made/note', key: () => 'noted', who: 'system', decide: () => [] } as typeof pay,
    targets: (event) => {
      heard.push(event.data);
      return [{}];
    },
  });
  const definitions = define({
    events: [Paid],
    aggregates: [purse],
    commands: [pay],
    reactions: [note],
    queries: [],
    schedules: [],
    dispatches: [],
    fingerprints: new Map([['made/purse', `version-${version}`]]),
  });
  return { definitions, pay, note, heard };
}

/** A ledger on which the code of version 1 wrote one payment of three yuan. */
async function written() {
  const made = await setUpMade();
  const old = contextAt(1);
  const at = (definitions: Definitions) => ({ ...made.kernel, definitions });
  Object.assign(made.kernel, { definitions: old.definitions });
  await made.done(old.pay, { yuan: 3 });
  const detail = await made.heard('made/purse/p');
  return { made, at, detail };
}

describe('an event of an older version', () => {
  test.each([2, 3] as const)('is upcast step by step when newer code (v%i) folds it', async (version) => {
    const { made, at } = await written();
    const now = contextAt(version);
    Object.assign(made.kernel, at(now.definitions));
    await made.done(now.pay, version === 2 ? { cents: 5 } : { cents: 5, currency: 'CNY' });
    expect(JSON.parse((await made.ledger.head('made/purse/p'))?.state ?? '')).toEqual({ total: 305 });
    expect((await made.commits('made/purse/p')).map(({ events }) => events[0]?.version)).toEqual([1, version]);
  });

  test('is upcast when it is heard, counted and rebuilt', async () => {
    const { made, at, detail } = await written();
    const now = contextAt(3);
    await react(at(now.definitions), now.note, detail);
    expect(now.heard).toEqual([{ cents: 300, currency: 'CNY' }]);
    const views = new MemoryViewStore();
    await project({ ...at(now.definitions), views }, (await made.ledger.read('made/purse/p'))[0] as never);
    expect(await views.counter('made/paid/all')).toBe(300);
    const other = new MemoryViewStore();
    const ledger = { ...made.kernel.ledger, feed: async () => ({ records: await made.ledger.read('made/purse/p'), position: '1', end: true }) };
    await rebuild({ ...at(now.definitions), ledger, views: other });
    expect(await other.counter('made/paid/all')).toBe(300);
    expect((await audit(at(now.definitions))).missing).toEqual([]);
  });

  test('stays as it was written: nothing of the ledger changes', async () => {
    const { made, at } = await written();
    const before = await made.ledger.read('made/purse/p');
    const now = contextAt(2);
    Object.assign(made.kernel, at(now.definitions));
    await made.done(now.pay, { cents: 5 });
    expect((await made.ledger.read('made/purse/p')).slice(0, 1)).toEqual(before);
  });
});

describe('an event of a newer version', () => {
  test('is thrown by older code that would have to fold, hear or count it; nothing is guessed and nothing written', async () => {
    const { made, at } = await written();
    const now = contextAt(2);
    Object.assign(made.kernel, at(now.definitions));
    await made.done(now.pay, { cents: 5 });
    const detail = await made.heard('made/purse/p', 2);
    const old = contextAt(1);
    Object.assign(made.kernel, at(old.definitions));
    const before = made.snapshot();
    await expect(made.run(old.pay, { yuan: 1 })).rejects.toThrow(UnknownVersion);
    await expect(react(made.kernel, old.note, detail)).rejects.toThrow(UnknownVersion);
    const record = (await made.ledger.read('made/purse/p'))[1];
    await expect(project({ ...made.kernel, views: new MemoryViewStore() }, record as never)).rejects.toThrow(UnknownVersion);
    expect(made.snapshot()).toEqual(before);
  });
});

describe('a definition', () => {
  const of = (version: number, upcasts: Record<number, (data: Record<string, unknown>) => Record<string, unknown>>) =>
    defineEvent({ context: 'made', name: 'Paid', version, title: '虚构', means: 'Made up.', restsOn: '虚构', data: z.object({}), upcasts });
  const same = (data: Record<string, unknown>) => data;

  test.each([
    [2, {}, 'Paid: no upcast from version 1'],
    [3, { 1: same }, 'Paid: no upcast from version 2'],
    [3, { 2: same }, 'Paid: no upcast from version 1'],
  ])('of version %i without an upcast from each version below is refused', (version, upcasts, fault) => {
    expect(() => of(version, upcasts)).toThrow(fault);
  });

  test('with all of them is taken, and upcasts from each version on', () => {
    const definition = of(3, { 1: (data) => ({ ...data, second: true }), 2: (data) => ({ ...data, third: true }) });
    expect(upcast(definition, 1, { a: 1 })).toEqual({ a: 1, second: true, third: true });
    expect(upcast(definition, 2, { a: 1 })).toEqual({ a: 1, third: true });
    expect(upcast(definition, 3, { a: 1 })).toEqual({ a: 1 });
    for (const version of [0, 4, 1.5, Number.NaN]) expect(() => upcast(definition, version, {})).toThrow(UnknownVersion);
  });
});
