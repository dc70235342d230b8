import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from 'vitest';
import { DynamoDataKeyStore } from '../../../functions/kernel/dynamodb/data-key-store.ts';
import { DynamoLedgerStore } from '../../../functions/kernel/dynamodb/ledger-store.ts';
import { DynamoViewStore } from '../../../functions/kernel/dynamodb/view-store.ts';
import { Throttled } from '../../../functions/kernel/ports.ts';
import { commit, receipt, row, step, write } from '../../contract/samples.ts';

type Sent = { readonly input: Readonly<Record<string, unknown>> };

/** A client that gives these answers, the last one for ever, and what it was sent. */
function answering(...answers: readonly unknown[]) {
  const sent: Sent['input'][] = [];
  const pauses: number[] = [];
  const send = async ({ input }: Sent) => {
    const answer = answers[Math.min(sent.length, answers.length - 1)];
    sent.push(input);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const patience = { attempts: 3, pause: async (attempt: number) => void pauses.push(attempt) };
  const parts = { client: { send } as unknown as DynamoDBDocumentClient, table: 't', patience };
  return {
    sent,
    pauses,
    ledger: new DynamoLedgerStore({ ...parts, clock: { now: () => 0 }, since: '2026-01-01', settleMs: 0 }),
    views: new DynamoViewStore(parts),
    keys: new DynamoDataKeyStore(parts),
  };
}

const cancelled = (...codes: readonly string[]) =>
  new TransactionCanceledException({ $metadata: {}, message: 'cancelled', CancellationReasons: codes.map((Code) => ({ Code })) });

const named = (name: string) => Object.assign(new Error(name), { name });

/** Its operations: the receipt, the commit, its predecessor, the guard. */
const APPEND = write({ commit: commit('a/b/c', 2), receipts: [receipt('r')], guards: [{ stream: 'd/e/f', version: 0 }] });
const [FAILED, BUSY, NONE] = ['ConditionalCheckFailed', 'TransactionConflict', 'None'];

describe('an append that DynamoDB cancelled', () => {
  test.each([
    ['the receipt before all', [FAILED, FAILED, FAILED, FAILED], 'receipt', 'r'],
    ['the taken version before the guard', [NONE, FAILED, NONE, FAILED], 'version', 'a/b/c'],
    ['the missing predecessor before the guard', [NONE, NONE, FAILED, FAILED], 'version', 'a/b/c'],
    ['the guard alone', [NONE, NONE, NONE, FAILED], 'guard', 'd/e/f'],
    ['the receipt, though another item was busy', [FAILED, BUSY, NONE, NONE], 'receipt', 'r'],
  ] as const)('tells %s', async (_, codes, conflict, at) => {
    const { ledger, sent } = answering(cancelled(...(codes as readonly string[])));
    expect(await ledger.append(APPEND)).toEqual({ ok: false, conflict, at });
    expect(sent).toHaveLength(1);
  });

  test('is tried again while a weightier item is busy, since the port tells the receipt first', async () => {
    const { ledger, sent, pauses } = answering(cancelled(BUSY, FAILED, NONE, NONE), cancelled(FAILED, FAILED, NONE, NONE));
    expect(await ledger.append(APPEND)).toEqual({ ok: false, conflict: 'receipt', at: 'r' });
    expect([sent.length, pauses]).toEqual([2, [1]]);
    expect(sent[1]?.ClientRequestToken).toBe(sent[0]?.ClientRequestToken);
  });

  test.each([BUSY, 'ThrottlingError', 'ProvisionedThroughputExceeded'])('for %s again and again is throttled', async (code) => {
    const { ledger, pauses } = answering(cancelled(NONE, code, NONE, NONE));
    await expect(ledger.append(APPEND)).rejects.toThrow(Throttled);
    expect(pauses).toEqual([1, 2]);
  });

  test('for a reason that no caller can wait out is thrown as it is', async () => {
    const malformed = cancelled(NONE, 'ValidationError', NONE, NONE);
    const { ledger, sent } = answering(malformed);
    await expect(ledger.append(APPEND)).rejects.toBe(malformed);
    expect(sent).toHaveLength(1);
  });

  test('is one transaction with a token, so that a retry of the SDK writes once', async () => {
    const { ledger, sent } = answering({});
    expect(await ledger.append(APPEND)).toEqual({ ok: true });
    expect(sent).toHaveLength(1);
    expect(sent[0]?.TransactItems).toHaveLength(4);
    expect(sent[0]?.ClientRequestToken).toMatch(/^[\da-f-]{36}$/);
  });

  test('joins the instant of a predecessor that was written by a faster clock', async () => {
    const before = { feedAt: { S: '2026-03-09T00:00:00.000Z#0#1' } };
    const behind = new TransactionCanceledException({
      $metadata: {},
      message: 'cancelled',
      CancellationReasons: [{}, {}, { Code: FAILED, Item: before }, {}],
    });
    const { ledger, sent } = answering(behind, {});
    expect(await ledger.append(APPEND)).toEqual({ ok: true });
    const [, put] = (sent[1]?.TransactItems ?? []) as { Put: { Item: { feed: string; feedAt: string; recordedAt: string } } }[];
    expect(put?.Put.Item.feed).toMatch(/^feed#2026-03-09#\d$/);
    expect(put?.Put.Item.feedAt).toMatch(/^2026-03-09T00:00:00\.000Z#/);
    expect(put?.Put.Item.recordedAt).toBe(APPEND.commit?.recordedAt);
  });
});

describe('what asks to come back later', () => {
  const throttling = ['ThrottlingException', 'ProvisionedThroughputExceededException', 'RequestLimitExceeded', 'TransactionInProgressException'];
  test.each(throttling)('%s is throttled in every store', async (name) => {
    const { ledger, views, keys } = answering(named(name));
    const calls = [
      ledger.head('a'),
      ledger.receipt('a'),
      ledger.append(APPEND),
      ledger.read('a'),
      views.mark('a'),
      views.apply(step('a')),
      views.counter('a'),
      views.clear(),
      keys.get('a'),
      keys.putIfAbsent('a', 'w'),
      keys.destroy('a'),
    ];
    for (const answer of await Promise.allSettled(calls)) expect(answer).toMatchObject({ status: 'rejected', reason: { name: 'Throttled' } });
  });

  test('a server that does not answer is, too', async () => {
    const { ledger } = answering(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }));
    await expect(ledger.head('a')).rejects.toThrow(Throttled);
  });

  test('any other error is thrown as it is', async () => {
    const error = named('ResourceNotFoundException');
    const { ledger, views, keys } = answering(error);
    for (const call of [ledger.head('a'), ledger.append(APPEND), views.apply(step('a')), keys.putIfAbsent('a', 'w')]) await expect(call).rejects.toBe(error);
  });
});

describe('batches', () => {
  const shard = (value: number) => ({ pk: 'counter#0', sk: 'c', value });

  test('what a batch left over is asked for until all is there', async () => {
    const { views, sent } = answering(
      { Responses: { t: [shard(1)] }, UnprocessedKeys: { t: { Keys: [{ pk: 'counter#1', sk: 'c' }] } } },
      { Responses: { t: [shard(2)] } },
    );
    expect(await views.counter('c')).toBe(3);
    expect(sent[1]).toMatchObject({ RequestItems: { t: { Keys: [{ pk: 'counter#1', sk: 'c' }] } } });
  });

  test('a batch of which nothing is ever processed is throttled', async () => {
    const Keys = Array.from({ length: 8 }, (_, at) => ({ pk: `counter#${at}`, sk: 'c' }));
    const { views, pauses } = answering({ UnprocessedKeys: { t: { Keys } } });
    await expect(views.counter('c')).rejects.toThrow(Throttled);
    expect(pauses).toEqual([1, 2]);
  });

  test('clearing removes what a batch left over', async () => {
    const keys = [
      { pk: 'a', sk: '1' },
      { pk: 'a', sk: '2' },
    ];
    const { views, sent } = answering({ Items: keys }, { UnprocessedItems: { t: [{ DeleteRequest: { Key: keys[1] } }] } }, {});
    await views.clear();
    expect(sent.map(({ RequestItems }) => (RequestItems as { t: unknown[] } | undefined)?.t.length)).toEqual([undefined, 2, 1, undefined]);
  });

  test('clearing gives up where others write faster than it removes', async () => {
    const { views } = answering(...Array.from({ length: 50 }, () => [{ Items: [{ pk: 'a', sk: '1' }] }, {}]).flat());
    await expect(views.clear()).rejects.toThrow(Throttled);
  });
});

describe('a step that DynamoDB cancelled', () => {
  test('has moved where its mark did, and is tried again where a counter is busy', async () => {
    const counters = [{ counter: 'c', by: 1 }];
    expect(await answering(cancelled(FAILED, NONE)).views.apply(step('a', { counters }))).toBe('moved');
    const { views, sent } = answering(cancelled(NONE, NONE, BUSY), {});
    expect(await views.apply(step('a', { rows: [row('x')], counters }))).toBe('applied');
    expect(sent).toHaveLength(2);
  });
});
