import { describe, expect, test } from 'vitest';
import { audit } from '../../functions/kernel/audit.ts';
import { busEntries, publish, republish } from '../../functions/kernel/publish.ts';
import { count, moveBox, openBox } from '../support/made-context.ts';
import { setUpMade } from '../support/made-kernel.ts';

/** A box that was opened years ago and is only now told of. */
async function imported() {
  const made = await setUpMade();
  await made.done(openBox, { box: '1', shelf: 'a', copies: 2, occurredOn: '2021-05-06' }, { history: true });
  await made.province.settle();
  return made;
}

describe('imported history', () => {
  test('stands in the ledger as what it is, with the day of the fact and the rules of that day', async () => {
    const made = await imported();
    expect((await made.commits('made/box/1'))[0]).toMatchObject({
      history: true,
      occurredOn: '2021-05-06',
      recordedAt: '2026-03-04T02:00:00.000Z',
      policy: 'national/2020-07-01',
    });
  });

  test('causes nothing: not on the bus, no consequence, no debt in the audit', async () => {
    const made = await imported();
    expect(made.province.onBus.map(({ detailType }) => detailType)).toEqual(['ShelfBuilt']);
    expect((await made.commits()).map(({ command }) => command.name)).toEqual(['made/build-shelf', 'made/open-box']);
    expect(await audit(made.kernel)).toMatchObject({ commits: 2, owed: 0, missing: [] });
    const record = (await made.ledger.read('made/box/1'))[0];
    expect(record && busEntries('360000', record)).toEqual([]);
    expect(record && (await publish(made.kernel, [record]))).toEqual([]);
    const before = made.province.onBus.length;
    await republish(made.kernel, '2026-03-04');
    expect(made.province.onBus.slice(before).map(({ detailType }) => detailType)).toEqual(['ShelfBuilt']);
  });

  test('counts: it is folded, listed, counted and traced, and later commands are decided on it', async () => {
    const made = await imported();
    expect((await made.views.row('made/boxes', 'a', '1'))?.item).toEqual({ box: '1', shelf: 'a', openedOn: '2021-05-06' });
    expect(await made.views.counter('made/opened/a')).toBe(1);
    expect(made.views.allRows().filter(({ listing }) => listing === 'kernel/trace')).toHaveLength(2);
    expect(await made.done(moveBox, { box: '1', shelf: 'b' })).toMatchObject({ version: 2 });
  });

  test('what comes after it is no history', async () => {
    const made = await imported();
    await made.done(moveBox, { box: '1', shelf: 'b' });
    expect((await made.commits('made/box/1'))[1]).not.toHaveProperty('history');
    await made.province.settle();
    expect(made.province.onBus.map(({ detailType }) => detailType)).toEqual(['ShelfBuilt', 'BoxMoved']);
  });

  test('told twice under one key is one', async () => {
    const made = await setUpMade();
    for (let time = 0; time < 2; time += 1) await made.run(count, { tally: 't', by: 1 }, { history: true, key: 'k' });
    expect(await made.commits('made/tally/t')).toHaveLength(1);
  });
});
