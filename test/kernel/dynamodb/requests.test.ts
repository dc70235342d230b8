import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodeCommit } from '../../../functions/kernel/ledger.ts';
import { loadDefinitions } from '../../../infra/local/load-definitions.ts';
import type { Order } from '../../bench/bench-province.ts';
import { ordersOf } from '../../bench/commands.ts';
import { reportOf } from '../../bench/dynamodb.ts';
import { type DynamoDbProvince, openDynamoDbProvince } from '../../bench/dynamodb-province.ts';
import { startTestDynamoDb, type TestDynamoDb } from '../../support/dynamodb-local.ts';
import { type Consumed, metered } from '../../support/metered.ts';
import { withDynamoDb } from '../../support/with-dynamodb.ts';

withDynamoDb('the requests of a command', () => {
  let local: TestDynamoDb;
  let province: DynamoDbProvince;
  let consumed: () => Consumed;
  beforeAll(async () => {
    local = await startTestDynamoDb();
    consumed = metered(local.client);
    province = await openDynamoDbProvince(await loadDefinitions(), local);
  });
  afterAll(() => local?.stop());

  /** Requests of one command, and how many streams it read: its own, and those of its facts. */
  async function requestsOf(order: Order) {
    consumed();
    province.written.length = 0;
    const { correlationId } = await province.perform(order);
    const { requests, readUnits, writeUnits } = consumed();
    const commits = province.written.flatMap((each) => ('append' in each && each.append.commit ? [decodeCommit(each.append.commit)] : []));
    expect(commits).toHaveLength(1);
    const streams = new Set(commits.flatMap(({ stream, facts }) => [stream, ...facts.map((fact) => fact.stream)]));
    expect(readUnits).toBeGreaterThan(0);
    expect(writeUnits).toBeGreaterThan(0);
    return { requests, streams: streams.size, correlationId };
  }

  test('a plain command asks once a stream that it reads, and writes once', async () => {
    const { requests, streams } = await requestsOf(ordersOf(province).openCase());
    expect(streams).toBeGreaterThan(1);
    expect(requests).toEqual({ QueryCommand: streams, TransactWriteItemsCommand: 1 });
  });

  test('one that seals looks for its receipt where its stream is new, and for the data key of its scope, and makes that once', async () => {
    const { openCase, signRow } = ordersOf(province);
    const again = openCase();
    await province.perform({ ...again, input: { ...(again.input as object), case: '（2026）虚构鉴9001号' } });
    const row = signRow() as Order;
    const signed = { ...row, input: { ...(row.input as object), case: '（2026）虚构鉴9001号' } };
    const { requests, streams, correlationId } = await requestsOf(signed);
    expect(requests).toEqual({ QueryCommand: streams, GetItemCommand: 3, PutItemCommand: 1, TransactWriteItemsCommand: 1 });
    expect((await requestsOf(reportOf(signed, correlationId))).requests).toMatchObject({ TransactWriteItemsCommand: 1 });
  });
});
