import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { SqliteLedgerStore } from '../../infra/local/sqlite/sqlite-ledger-store.ts';
import { SqliteViewStore } from '../../infra/local/sqlite/sqlite-view-store.ts';
import { temporaryDatabase } from '../infra/local/sqlite/temporary-database.ts';
import { MemoryLedgerStore, MemoryViewStore } from '../simulation/memory-store.ts';
import { commit, row, step, write } from './samples.ts';

const few = (...names: string[]) => fc.constantFrom(...names);
const version = fc.integer({ min: 0, max: 4 });

const anyAppend = fc
  .record({
    commit: fc.option(fc.record({ stream: few('a', 'b'), version, hour: fc.integer({ min: 0, max: 47 }) }), { nil: undefined }),
    receipts: fc.uniqueArray(few('r', 'r%', 'r😀', 'r\uff5e', 's', 't', 'u'), { maxLength: 2 }),
    guards: fc.array(fc.record({ stream: few('a', 'b', 'c'), version }), { maxLength: 2 }),
  })
  .filter(({ commit: made, receipts }) => made !== undefined || receipts.length > 0)
  .map(({ commit: made, receipts, guards }) => {
    const recordedAt = (hour: number) => new Date(Date.UTC(2026, 2, 1, hour)).toISOString();
    return write({
      receipts: receipts.map((key) => ({ key, body: { key } })),
      guards,
      ...(made && { commit: commit(made.stream, made.version, { recordedAt: recordedAt(made.hour) }) }),
    });
  });

const anyStep = fc
  .record({
    stream: few('a', 'b'),
    from: fc.integer({ min: 0, max: 4 }),
    rows: fc.uniqueArray(fc.record({ partition: few('p', 'q'), sort: few('1', '2', '😀', '\uff5e') }), {
      maxLength: 3,
      selector: (one) => JSON.stringify(one),
    }),
    counters: fc.array(fc.record({ counter: few('m', 'm%', 'n'), by: fc.integer({ min: -3, max: 3 }) }), { maxLength: 3 }),
  })
  .map(({ stream, from, rows, counters }) =>
    step(stream, { from, to: from + 1, counters, rows: rows.map(({ partition, sort }) => row(sort, { partition, item: { of: `${stream}@${from}` } })) }),
  );

test('memory and SQLite answer any appends alike, and end with the same ledger', async () => {
  const database = temporaryDatabase();
  await fc.assert(
    fc.asyncProperty(fc.array(anyAppend, { maxLength: 30 }), async (appends) => {
      const memory = new MemoryLedgerStore();
      database.sql.exec('DROP TRIGGER IF EXISTS commits_remain; DROP TRIGGER IF EXISTS receipts_remain');
      database.sql.exec('DELETE FROM commits; DELETE FROM days; DELETE FROM receipts; DELETE FROM sqlite_sequence');
      const sqlite = new SqliteLedgerStore(database);
      const answers = (store: MemoryLedgerStore | SqliteLedgerStore) => Promise.all(appends.map((one) => store.append(one)));
      expect(await answers(sqlite)).toEqual(await answers(memory));
      for (const after of [undefined, '1', '2']) {
        for (const limit of [1, 2, 3, 100]) expect(await sqlite.feed(after, limit)).toEqual(await memory.feed(after, limit));
      }
      expect(await sqlite.receipts('')).toEqual(memory.allReceipts());
      expect(memory.stream(0, 100)).toEqual((await memory.feed(undefined, 100)).records);
      expect(memory.streams()).toEqual([...new Set(memory.stream(0, 100).map(({ stream }) => stream))].toSorted());
      for (const day of ['2026-02-28', '2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04'])
        expect(await sqlite.feedFrom(day)).toBe(await memory.feedFrom(day));
    }),
    { numRuns: 100 },
  );
});

test('memory and SQLite answer any steps alike, and end with the same views', async () => {
  const sqlite = new SqliteViewStore(temporaryDatabase());
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { maxLength: 30 }), async (steps) => {
      const memory = new MemoryViewStore();
      await sqlite.clear();
      const answers = (store: MemoryViewStore | SqliteViewStore) => Promise.all(steps.map((one) => store.apply(one)));
      expect(await answers(sqlite)).toEqual(await answers(memory));
      const listing = 'interference/record';
      const partitions = await Promise.all(['p', 'q'].map((partition) => sqlite.rows(listing, partition, { limit: 1000 })));
      expect(partitions.flatMap(({ rows }) => rows)).toEqual(memory.allRows());
      expect(await sqlite.counters('')).toEqual(memory.allCounters());
      for (const stream of ['a', 'b']) expect(await sqlite.mark(stream)).toEqual(await memory.mark(stream));
    }),
    { numRuns: 100 },
  );
});
