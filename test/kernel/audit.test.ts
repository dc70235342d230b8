import { describe, expect, test } from 'vitest';
import { audit, auditChains, redrive } from '../../functions/kernel/audit.ts';
import { define } from '../../functions/kernel/definitions.ts';
import { Throttled } from '../../functions/kernel/ports.ts';
import { react } from '../../functions/kernel/react.ts';
import { buildShelf, count, makeCopies, openBox, PARTS, printLabels } from '../support/made-context.ts';
import { type Made, setUpMade } from '../support/made-kernel.ts';

/** Boxes were opened, and the bus lost every event. */
async function opened(...boxes: [box: string, copies: number][]): Promise<Made> {
  const made = await setUpMade();
  for (const [box, copies] of boxes) await made.done(openBox, { box, shelf: 'a', copies });
  return made;
}

const missing = async (made: Made, options = {}) =>
  (await audit(made.kernel, options)).missing.map(({ reaction, detail }) => [reaction, (detail as { subject: string }).subject]);
const effects = async (made: Made) =>
  (await made.commits()).filter(({ causationId }) => causationId !== undefined).map(({ stream, version }) => `${stream}@${version}`);

describe('the audit', () => {
  test('names every event and every reaction that hears it and left no receipt', async () => {
    const made = await opened(['1', 0], ['2', 1]);
    await made.done(count, { tally: 't', by: 1 });
    const found = await audit(made.kernel);
    expect(found).toMatchObject({ commits: 4, events: 4, owed: 4 });
    expect(await missing(made)).toEqual([
      ['made/print-label', 'made/box/1'],
      ['made/make-copies', 'made/box/1'],
      ['made/print-label', 'made/box/2'],
      ['made/make-copies', 'made/box/2'],
    ]);
  });

  test('names exactly those: done, nothing, refused and an empty list are receipts all the same', async () => {
    const made = await opened(['1', 0]);
    for (const shelf of ['unlabelled', 'forbidden']) {
      await made.done(buildShelf, { shelf });
      await made.done(openBox, { box: shelf, shelf, copies: 2 });
    }
    const boxes = ['1', 'unlabelled', 'forbidden'];
    expect(await missing(made)).toHaveLength(6);
    for (const box of boxes) await react(made.kernel, printLabels, await made.heard(`made/box/${box}`));
    expect(await missing(made)).toEqual(boxes.map((box) => ['made/make-copies', `made/box/${box}`]));
    await react(made.kernel, makeCopies, await made.heard('made/box/1'));
    expect(await missing(made)).toHaveLength(2);
    await made.province.settle();
    expect(await audit(made.kernel)).toMatchObject({ owed: 6, missing: [] });
  });

  test('names a list of which one target lacks its receipt', async () => {
    const made = await opened(['1', 3]);
    await react(made.kernel, printLabels, await made.heard('made/box/1'));
    made.rivals.push(
      async () => undefined,
      async () => undefined,
      () => Promise.reject(new Throttled('made up')),
    );
    await expect(react(made.kernel, makeCopies, await made.heard('made/box/1'))).rejects.toThrow(Throttled);
    expect(await missing(made)).toEqual([['made/make-copies', 'made/box/1']]);
    const before = await effects(made);
    expect(await redrive(made.kernel, (await audit(made.kernel)).missing)).toBe(1);
    expect((await effects(made)).slice(before.length)).toEqual(['made/copy/1/2@1', 'made/copy/1/3@1']);
    expect(await missing(made)).toEqual([]);
  });

  test('heals exactly what lacks, once, without the bus', async () => {
    const made = await opened(['1', 1], ['2', 0]);
    await react(made.kernel, printLabels, await made.heard('made/box/1'));
    expect(await redrive(made.kernel, (await audit(made.kernel)).missing)).toBe(3);
    expect((await effects(made)).toSorted()).toEqual(['made/copy/1/1@1', 'made/label/1@1', 'made/label/2@1']);
    expect((await audit(made.kernel)).missing).toEqual([]);
    expect(made.province.onBus).toEqual([]);
    await made.province.settle();
    expect(await effects(made)).toHaveLength(3);
  });

  test('drives what it can: one that fails stays missing and keeps no other from its turn', async () => {
    const made = await opened(['1', 0], ['2', 0]);
    made.rivals.push(() => Promise.reject(new Throttled('made up')));
    expect(await redrive(made.kernel, (await audit(made.kernel)).missing)).toBe(3);
    expect(await missing(made)).toEqual([['made/print-label', 'made/box/1']]);
    expect(made.province.lines.at(-1)).toContain('redrive-failed');
  });

  test('looks at no event younger than it is told to wait', async () => {
    const made = await opened(['1', 0]);
    made.clock.at += 60_000;
    expect(await missing(made, { settleMs: 60_001 })).toEqual([]);
    expect(await missing(made, { settleMs: 60_000 })).toHaveLength(2);
  });

  test('begins with the day it is told, in Shanghai', async () => {
    const made = await setUpMade({ now: '2026-03-04T15:59:59.999Z' });
    await made.done(openBox, { box: '1', shelf: 'a' });
    made.clock.at += 1;
    await made.done(openBox, { box: '2', shelf: 'a' });
    expect((await audit(made.kernel, { fromDay: '2026-03-04' })).commits).toBe(3);
    expect(await audit(made.kernel, { fromDay: '2026-03-05' })).toMatchObject({ commits: 1, owed: 2 });
    expect(await audit(made.kernel, { fromDay: '2026-03-06' })).toEqual({ commits: 0, events: 0, owed: 0, missing: [] });
  });

  test('asks nothing of an event older than the reaction', async () => {
    const late = define({ ...PARTS, reactions: PARTS.reactions.map((each) => ({ ...each, since: each === printLabels ? '2026-03-05' : each.since })) });
    const made = await opened(['1', 0]);
    const found = await audit({ ...made.kernel, definitions: late });
    expect(found.missing.map(({ reaction }) => reaction)).toEqual(['made/make-copies']);
    expect(found.owed).toBe(1);
  });

  test('reads page after page', async () => {
    const made = await setUpMade();
    for (let box = 0; box < 501; box += 1) await made.done(openBox, { box: `${box}`, shelf: 'a' });
    const found = await audit(made.kernel);
    expect(found).toMatchObject({ commits: 502, owed: 1002 });
    expect(found.missing).toHaveLength(1002);
  });
});

describe('the audit of chains', () => {
  test('tells every stream whose chain does not hold, and goes on after one that does not', async () => {
    const made = await opened(['1', 0], ['2', 0], ['3', 0]);
    const read: typeof made.ledger.read = async (stream, options) =>
      (await made.ledger.read(stream, options)).map((record) => (/[12]$/.test(stream) ? { ...record, bytes: Buffer.from('{') } : record));
    expect(await auditChains({ ledger: { ...made.kernel.ledger, read } })).toEqual([
      { stream: 'made/box/1', version: 1, fault: 'hash' },
      { stream: 'made/box/2', version: 1, fault: 'hash' },
    ]);
    expect(await auditChains(made.kernel)).toEqual([]);
  });
});
