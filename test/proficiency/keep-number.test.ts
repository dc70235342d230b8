import { describe, expect, test } from 'vitest';
import { DecisionNumbered } from '../../events/sanctions.ts';
import { execute } from '../../functions/kernel/execute.ts';
import { makeKeyRing } from '../../functions/kernel/seal.ts';
import drawUpRectification from '../../functions/proficiency/commands/draw-up-rectification.ts';
import keepNumber from '../../functions/proficiency/commands/keep-number.ts';
import orderRectification from '../../functions/proficiency/commands/order-rectification.ts';
import keepOn from '../../functions/proficiency/reactions/keep-number.ts';
import { rectification } from '../../functions/proficiency/rectification.ts';
import { loadDefinitions } from '../../infra/local/load-definitions.ts';
import { given } from '../support/given.ts';
import { heard, id } from '../support/heard.ts';
import { memoryStores } from '../support/in-process-host.ts';
import { MASTER } from '../support/key-ring.ts';
import { Province, SetClock } from '../support/province.ts';
import {
  ADOPTED,
  BUREAU,
  cancelled,
  DATES,
  DAY,
  drawnUp,
  INSTITUTION,
  ITEM,
  NUMBER,
  numberKept,
  OF,
  officer,
  ordered,
  PLAN,
  RECTIFICATION,
  REGISTRAR,
} from './made.ts';

const kept = { rectification: RECTIFICATION, ...NUMBER, basis: PLAN };
const numbered = (document: Parameters<typeof DecisionNumbered.of>[0]['document']) =>
  heard(DecisionNumbered, {
    ...NUMBER,
    institution: INSTITUTION,
    bureau: BUREAU,
    matter: RECTIFICATION,
    item: ITEM,
    document,
    toTell: [REGISTRAR],
    decidedOn: DAY,
    series: '虚构司法局鉴改',
    year: 2026,
    ordinal: 1,
    basis: PLAN,
  });

describe('X12: where an order to rectify is read, its number is found', () => {
  test('given an order numbered, then both sides find the number in the list and in the order', () => {
    const { stream } = given(rectification, drawnUp, ordered()).when(keepNumber, kept).thenEvents(numberKept());
    expect(stream.rows().map(({ listing, partition, item }) => [listing, partition, item.number])).toEqual(
      [BUREAU, INSTITUTION].flatMap((agency) => [
        ['proficiency/rectifications', agency, NUMBER.number],
        ['proficiency/order', agency, NUMBER.number],
      ]),
    );
  });

  test('given an order not numbered yet, then it has none', () => {
    const { stream } = given(rectification, drawnUp).when(orderRectification, { rectification: RECTIFICATION }, { actor: officer, policy: ADOPTED });
    expect(stream.rows().map(({ item }) => item.number)).toEqual([null, null, null, null]);
  });

  test('X7: given it is cancelled before it is numbered, then it is still cancelled, and has its number', () => {
    const { stream } = given(rectification, drawnUp, ordered(), cancelled).when(keepNumber, kept);
    expect(stream.state()).toMatchObject({ status: 'cancelled', document: { number: NUMBER.number } });
  });

  test('given a number of an order to rectify, then its rectification keeps it; of a decision on striking off, then none does', () => {
    expect(keepOn.targets(numbered({ kind: 'rectification', failedYear: 2025, dates: DATES }))).toEqual([kept]);
    expect(keepOn.targets(numbered({ kind: 'cancellation', outcome: 'cancel' }))).toEqual([]);
  });

  test('given two orders of one bureau in one province, then each is served and kept under a number of its own', async () => {
    const clock = new SetClock(`${DAY}T02:00:00.000Z`);
    const { ledger, views, dataKeys } = memoryStores();
    const province = new Province({ definitions: await loadDefinitions(), ledger, views, clock, keyRing: makeKeyRing({ dataKeys, master: MASTER, clock }) });
    for (const each of [id('d1'), id('d2')]) {
      const call = { actor: 'system', receipt: `schedule/made/${each}` } as const;
      await execute(province.kernel, drawUpRectification, { ...OF, rectification: each }, call);
      await execute(province.kernel, orderRectification, { rectification: each }, { ...call, receipt: `${call.receipt}/order` });
    }
    await province.settle();
    const [first, second] = await Promise.all([id('d1'), id('d2')].map((each) => views.row('proficiency/order', INSTITUTION, each)));
    const numbers = [first, second].map((row) => row?.item.number);
    expect(numbers.toSorted()).toEqual([`${BUREAU}鉴改〔2026〕1号`, `${BUREAU}鉴改〔2026〕2号`]);
    const inbox = await views.rows('notifications/inbox', INSTITUTION, { limit: 10 });
    expect(inbox.rows.map(({ item }) => (item.particulars as { 文号?: string }).文号).toSorted()).toEqual(numbers.toSorted());
  });
});
