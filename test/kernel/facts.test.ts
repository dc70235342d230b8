import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { command, lookUp, need } from '../../functions/kernel/command.ts';
import { define } from '../../functions/kernel/definitions.ts';
import type { Append, AppendOutcome } from '../../functions/kernel/ports.ts';
import { everyKind } from '../../functions/kernel/rights.ts';
import { MemoryLedgerStore } from '../simulation/memory-store.ts';
import { shelf, tally } from '../support/made-aggregates.ts';
import { closeShelf, count, moveBox, openBox, PARTS } from '../support/made-context.ts';
import { Counted, ShelfFact, TallyFact } from '../support/made-events.ts';
import { accepted, post, refusal, setUpMade } from '../support/made-kernel.ts';

const BOX = { box: '1', shelf: 'a' };

describe('a fact', () => {
  test('that is required and missing is a 404 that points at the field, and nothing is written', async () => {
    const made = await setUpMade();
    const before = made.snapshot();
    const { status, body } = await post(made, 'open-box', { box: '1', shelf: 'none' });
    expect(status).toBe(404);
    expect(body).toMatchObject({ code: 'not_found', detail: '架不存在', errors: [{ pointer: '/shelf', message: '架不存在' }] });
    expect(made.snapshot()).toEqual(before);
  });

  test('that may be absent is told as absent, at version 0, and recorded so', async () => {
    const made = await setUpMade();
    await made.done(openBox, BOX);
    const [commit] = await made.commits('made/box/1');
    expect(commit?.facts).toContainEqual({ stream: 'made/tally/all', version: 0, guarded: false });
  });

  test('a rule sees no more of another stream than the fact names', async () => {
    const seen: unknown[] = [];
    const look = command({
      name: 'made/look',
      title: '看',
      aggregate: tally,
      input: z.strictObject({}),
      who: everyKind,
      key: () => 't',
      facts: () => ({ shelf: need({ ...ShelfFact, schema: z.object({ closed: z.boolean() }) }, 'a', '/') }),
      decide: (_, __, { facts }) => {
        seen.push(facts.shelf);
        return [];
      },
    });
    const made = await setUpMade({ definitions: define({ ...PARTS, commands: [...PARTS.commands, look] }) });
    await made.done(look, {});
    expect(seen).toEqual([{ state: { closed: false }, version: 1 }]);
  });
});

describe('between reading and writing', () => {
  test('a lost race on the stream is decided again, on what is there now', async () => {
    const made = await setUpMade();
    made.rivals.push(() => made.run(count, { tally: 't', by: 10 }));
    expect(await made.done(count, { tally: 't', by: 1 })).toMatchObject({ version: 2 });
    expect((await made.ledger.head('made/tally/t'))?.state).toBe('{"count":11}');
  });

  test('a guarded fact that moved is decided again: what became unlawful is refused', async () => {
    const made = await setUpMade();
    made.rivals.push(() => made.run(closeShelf, { shelf: 'a' }));
    expect(refusal(await made.run(openBox, BOX))).toMatchObject({ refused: 'rule', code: 'shelf_closed', pointer: '/shelf', cure: '换一个架' });
    expect(await made.commits('made/box/1')).toEqual([]);
  });

  test('a fact that is not guarded may lag: the act stands and says on which version it rested', async () => {
    const made = await setUpMade();
    made.rivals.push(() => made.run(count, { tally: 'all', by: 1 }));
    await made.done(openBox, BOX);
    const [commit] = await made.commits('made/box/1');
    expect(commit?.facts).toContainEqual({ stream: 'made/tally/all', version: 0, guarded: false });
    expect((await made.ledger.head('made/tally/all'))?.version).toBe(1);
  });

  test('nothing to do is guarded by its own stream: what moved meanwhile is decided again', async () => {
    const made = await setUpMade();
    await made.done(openBox, BOX);
    made.rivals.push(() => made.run(moveBox, { box: '1', shelf: 'b' }));
    expect(await made.done(moveBox, { box: '1', shelf: 'a' })).toMatchObject({ version: 3, events: [{ type: 'BoxMoved' }] });
  });

  test('a race that is lost every time ends in a 429, not in a loop', async () => {
    let appends = 0;
    const ledger = new (class extends MemoryLedgerStore {
      override async append(write: Append): Promise<AppendOutcome> {
        if (!write.commit?.stream.startsWith('made/tally/')) return super.append(write);
        appends += 1;
        return { ok: false, conflict: 'version', at: write.commit.stream };
      }
    })();
    const made = await setUpMade({ ledger });
    const { status, headers, body } = await post(made, 'count', { tally: 't', by: 1 });
    expect({ status, code: body.code, after: headers['retry-after'] }).toEqual({ status: 429, code: 'throttled', after: '1' });
    expect(appends).toBeGreaterThan(1);
  });
});

describe('one read a stream', () => {
  const fact = (guard: boolean) => lookUp(TallyFact, 't', { guard });
  const repeated = command({
    name: 'made/repeat',
    title: '重复',
    aggregate: tally,
    input: z.strictObject({ tally: z.string() }),
    who: everyKind,
    key: (input) => input.tally,
    facts: () => ({ one: fact(false), guarded: fact(true), shelf: need(ShelfFact, 'a', '/') }),
    moreFacts: () => ({ other: fact(false), shelf: need(ShelfFact, 'a', '/', { guard: true }) }),
    decide: (_, input, { facts, more }) => {
      if (facts.one.version !== more.other.version || facts.one.version !== facts.guarded.version) throw new Error('one stream at two versions');
      return [Counted.of({ tally: input.tally, by: 1 })];
    },
  });

  test('also where several facts name it, and where it is the own one; each stands in the commit and among the guards once', async () => {
    const made = await setUpMade();
    await made.done(repeated, { tally: 'other' });
    expect(made.calls.toSorted()).toEqual(['append made/tally/other', 'head made/shelf/a', 'head made/tally/other', 'head made/tally/t']);
    expect((await made.commits('made/tally/other'))[0]?.facts).toEqual([
      { stream: 'made/tally/t', version: 0, guarded: true },
      { stream: 'made/shelf/a', version: 1, guarded: true },
    ]);
    made.calls.length = 0;
    await made.done(repeated, { tally: 't' });
    expect(made.calls.toSorted()).toEqual(['append made/tally/t', 'head made/shelf/a', 'head made/tally/t']);
  });

  test('each attempt reads anew', async () => {
    const made = await setUpMade();
    made.rivals.push(() => made.run(count, { tally: 't', by: 5 }));
    accepted(await made.run(repeated, { tally: 't' }));
    expect((await made.ledger.head(`${tally.name}/t`))?.state).toBe('{"count":6}');
  });

  test('guards name each stream once', async () => {
    const made = await setUpMade();
    const guards: string[][] = [];
    made.rivals.push(async (write) => guards.push(write.guards.map(({ stream }) => stream)));
    await made.done(repeated, { tally: 'other' });
    expect(guards).toEqual([['made/tally/t', `${shelf.name}/a`]]);
  });
});
