import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { SqliteLedgerStore } from '../../infra/local/sqlite/sqlite-ledger-store.ts';
import { SqliteViewStore } from '../../infra/local/sqlite/sqlite-view-store.ts';
import { temporaryDatabase } from '../infra/local/sqlite/temporary-database.ts';
import { MemoryLedgerStore, MemoryViewStore } from '../simulation/memory-store.ts';
import { anyAppend, anyStep } from './any.ts';

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
