import { expect, test } from 'vitest';
import { SqliteLedgerStore } from '../../../../infra/local/sqlite/sqlite-ledger-store.ts';
import { commit, names, receipt, tail, write } from '../../../contract/samples.ts';
import { temporaryDatabase } from './temporary-database.ts';

test.each(['', 'x', '-1', '1.5', '1e3'])('%j is no position of this store', async (position) => {
  await expect(new SqliteLedgerStore(temporaryDatabase()).feed(position, 10)).rejects.toThrow('not a position of this store');
});

test('an append that SQLite itself refuses leaves nothing, takes no place in the feed and harms no other of its group', async () => {
  const database = temporaryDatabase();
  const store = new SqliteLedgerStore(database);
  database.sql.exec(`CREATE TEMP TRIGGER refuse AFTER INSERT ON commits WHEN new.stream = 'b' BEGIN SELECT raise(ABORT, 'made up'); END`);
  const appends = ['a', 'b', 'c'].map((stream) => store.append(write({ commit: commit(stream), receipts: [receipt(stream)] })));
  const settled = await Promise.allSettled(appends);
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect((await store.receipts('')).map(({ key }) => key)).toEqual(['a', 'c']);
  const { records, position } = await tail(store, 2);
  expect([names(records), position]).toEqual([['a@1', 'c@1'], '2']);
});
