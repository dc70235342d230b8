import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DynamoDataKeyStore } from '../../functions/kernel/dynamodb/data-key-store.ts';
import { DynamoLedgerStore, SETTLE_MS } from '../../functions/kernel/dynamodb/ledger-store.ts';
import { DynamoViewStore } from '../../functions/kernel/dynamodb/view-store.ts';
import { type Append, type Clock, type LedgerStore, Throttled } from '../../functions/kernel/ports.ts';
import { runScenario } from '../scenarios/run-scenario.ts';
import { MemoryLedgerStore, MemoryViewStore } from '../simulation/memory-store.ts';
import { startTestDynamoDb, type TestDynamoDb } from '../support/dynamodb-local.ts';
import { type InProcessHost, inProcessHost } from '../support/in-process-host.ts';
import { withDynamoDb } from '../support/with-dynamodb.ts';
import { anyAppend, anyStep } from './any.ts';
import { dataKeyStoreContract } from './data-key-store.contract.ts';
import { ledgerStoreContract } from './ledger-store.contract.ts';
import { commit, names, write } from './samples.ts';
import { viewStoreContract } from './view-store.contract.ts';

/** After everything that the samples record. */
const SAMPLES_OVER: Clock = { now: () => Date.parse('2026-03-07T00:00:00.000Z') };
const SINCE = '2026-02-27';

withDynamoDb('the DynamoDB stores', () => {
  let local: TestDynamoDb;
  beforeAll(async () => {
    local = await startTestDynamoDb();
  }, 60_000);
  afterAll(() => local?.stop());

  const ledger = async (clock: Clock, more: { settleMs?: number } = {}) =>
    new DynamoLedgerStore({ client: local.client, table: await local.makeTable('ledger'), clock, since: SINCE, ...more });

  ledgerStoreContract('DynamoDB', (clock) => (clock ? ledger(clock) : ledger(SAMPLES_OVER, { settleMs: 0 })));
  viewStoreContract('DynamoDB', async () => new DynamoViewStore({ client: local.client, table: await local.makeTable('views') }));
  dataKeyStoreContract('DynamoDB', async () => new DynamoDataKeyStore({ client: local.client, table: await local.makeTable('keys') }));

  describe('DynamoDB: ledger store, feed with many writers', () => {
    const at = (recordedAt: string, stream: string, version = 1) => write({ commit: commit(stream, version, { recordedAt }) });

    test('a commit is held back until it has settled, and what was decided longer ago than half of that is not written', async () => {
      const clock = { at: Date.parse('2026-03-02T01:00:00.000Z'), now: () => clock.at };
      const store = await ledger(clock);
      expect(await store.append(at('2026-03-02T01:00:00.000Z', 'a'))).toEqual({ ok: true });
      clock.at += SETTLE_MS / 2;
      expect(await store.append(at('2026-03-02T01:00:00.000Z', 'b'))).toEqual({ ok: true });
      clock.at += 1;
      await expect(store.append(at('2026-03-02T01:00:00.000Z', 'c'))).rejects.toThrow(Throttled);
      expect(await store.head('c')).toBeUndefined();
      clock.at = Date.parse('2026-03-02T01:00:00.000Z') + SETTLE_MS - 1;
      expect(await store.feed(undefined, 10)).toMatchObject({ records: [], end: true });
      clock.at += 1;
      expect(names((await store.feed(undefined, 10)).records).toSorted()).toEqual(['a@1', 'b@1']);
    });

    test('a stream never goes backwards in the feed, also where a later writer has an earlier clock or an earlier day', async () => {
      const store = await ledger(SAMPLES_OVER, { settleMs: 0 });
      await store.append(at('2026-03-03T01:00:00.000Z', 'a'));
      expect(await store.append(at('2026-03-03T00:59:59.999Z', 'a', 2))).toEqual({ ok: true });
      expect(await store.append(at('2026-03-01T01:00:00.000Z', 'a', 3))).toEqual({ ok: true });
      expect(await store.append(at('2026-03-03T01:00:00.001Z', 'a', 4))).toEqual({ ok: true });
      expect(names((await store.feed(undefined, 10)).records)).toEqual(['a@1', 'a@2', 'a@3', 'a@4']);
      expect(names((await store.feed(await store.feedFrom('2026-03-03'), 10)).records)).toEqual(['a@1', 'a@2', 'a@3', 'a@4']);
      expect((await store.head('a'))?.recordedAt).toBe('2026-03-03T01:00:00.001Z');
      const behind = at('2026-03-01T01:00:00.000Z', 'a', 5);
      expect(await store.append({ ...behind, guards: [{ stream: 'a', version: 2 }] })).toEqual({ ok: false, conflict: 'guard', at: 'a' });
      expect(await store.append({ ...behind, guards: [{ stream: 'a', version: 3 }] })).toEqual({ ok: false, conflict: 'guard', at: 'a' });
      expect(await store.append({ ...behind, guards: [{ stream: 'a', version: 4 }] })).toEqual({ ok: true });
    });

    test('a commit that says to be older than the ledger is in the feed all the same', async () => {
      const store = await ledger(SAMPLES_OVER, { settleMs: 0 });
      await store.append(at('2020-01-01T00:00:00.000Z', 'a'));
      expect(names((await store.feed(await store.feedFrom('2019-01-01'), 10)).records)).toEqual(['a@1']);
    });

    test.each(['', '12', '2026-03-01', '2026-03-01|||', '2026-03-01|||||', '2026-03-01||||x'])('the position “%s” is thrown back', async (position) => {
      const store = await ledger(SAMPLES_OVER);
      await expect(store.feed(position, 10)).rejects.toThrow(RangeError);
    });

    test.each(['', 'reaction', 'reaction/1/a:b:', 'reaction/1/a:b'])(
      'receipts by the prefix “%s”, which no partition holds, are thrown back',
      async (prefix) => {
        const store = await ledger(SAMPLES_OVER);
        await expect(store.receipts(prefix)).rejects.toThrow(TypeError);
      },
    );
  });

  test('memory and DynamoDB answer any appends alike, one after another, and end with the same ledger', async () => {
    const property = fc.asyncProperty(fc.array(anyAppend, { minLength: 10, maxLength: 20 }), async (appends) => {
      const [memory, store] = [new MemoryLedgerStore(), await ledger(SAMPLES_OVER, { settleMs: 0 })];
      for (const one of appends) expect(await store.append(one)).toEqual(await memory.append(one));
      for (const stream of ['a', 'b']) expect(await store.read(stream)).toEqual(await memory.read(stream));
      for (const { key, body } of memory.allReceipts()) expect(await store.receipt(key)).toEqual({ key, body });
      const inStream = async (of: LedgerStore) => Map.groupBy((await of.feed(undefined, 100)).records, ({ stream }) => stream);
      expect(await inStream(store)).toEqual(await inStream(memory));
    });
    await fc.assert(property, { numRuns: 15 });
  });

  test('memory and DynamoDB answer any steps alike, one after another, and end with the same views', async () => {
    const property = fc.asyncProperty(fc.array(anyStep, { minLength: 10, maxLength: 20 }), async (steps) => {
      const [memory, store] = [new MemoryViewStore(), new DynamoViewStore({ client: local.client, table: await local.makeTable('views') })];
      for (const one of steps) expect(await store.apply(one)).toEqual(await memory.apply(one));
      const pages = await Promise.all(['p', 'q'].map((partition) => store.rows('interference/record', partition, { limit: 1000 })));
      expect(pages.flatMap(({ rows }) => rows)).toEqual(memory.allRows());
      expect(await store.counters('')).toEqual(memory.allCounters());
      for (const stream of ['a', 'b']) expect(await store.mark(stream)).toEqual(await memory.mark(stream));
    });
    await fc.assert(property, { numRuns: 15 });
  });

  const SLICE = 'slice-from-call-to-integrity-file.yaml';
  test(`the kernel runs over DynamoDB: ${SLICE}`, async () => {
    const text = readFileSync(fileURLToPath(new URL(`../scenarios/${SLICE}`, import.meta.url)), 'utf8');
    await runScenario(SLICE, text, { makeHost: (province) => hostOnDynamoDb(local, province) });
  }, 60_000);
});

/** A host whose clock ticks with every append: with one writer and nothing held back, no two commits may share an instant. */
async function hostOnDynamoDb(local: TestDynamoDb, province: string): Promise<InProcessHost> {
  const clock = { now: (): number => host.clock.now() };
  const store = new DynamoLedgerStore({ client: local.client, table: await local.makeTable('ledger'), clock, since: '2026-01-01', settleMs: 0 });
  const append = store.append.bind(store);
  const host = await inProcessHost(province, {
    ledger: Object.assign(store, {
      append: async (asked: Append) => {
        host.clock.at += 1;
        return append(asked);
      },
    }),
    views: new DynamoViewStore({ client: local.client, table: await local.makeTable('views') }),
    dataKeys: new DynamoDataKeyStore({ client: local.client, table: await local.makeTable('keys') }),
    close: () => {},
  });
  return host;
}
