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

test('a head that was kept is the newest durable one, whatever became of the writes after it', async () => {
  const database = temporaryDatabase();
  const store = new SqliteLedgerStore(database);
  const append = (stream: string, version: number) => store.append(write({ commit: commit(stream, version) }));
  const heads = async () => (await Promise.all(['a', 'b'].map((stream) => store.head(stream)))).map((head) => head?.version);
  database.sql.exec(`CREATE TEMP TRIGGER refuse AFTER INSERT ON commits WHEN new.version = 3 BEGIN SELECT raise(ABORT, 'made up'); END`);
  await Promise.all([append('a', 1), append('b', 1)]);
  expect([await heads(), await heads()]).toEqual([
    [1, 1],
    [1, 1],
  ]);
  const seen = append('a', 2).then(heads);
  await append('b', 2);
  expect([await seen, await heads()]).toEqual([
    [2, 2],
    [2, 2],
  ]);
  await Promise.allSettled([append('a', 3), append('b', 3)]);
  expect(await heads()).toEqual([2, 2]);
});

test('keeps no more heads than it says, and finds the others all the same', async () => {
  const store = new SqliteLedgerStore(temporaryDatabase());
  const streams = Array.from({ length: 1002 }, (_, at) => `s${at}`);
  await Promise.all(streams.map((stream) => store.append(write({ commit: commit(stream) }))));
  for (let round = 0; round < 2; round += 1) for (const stream of streams) expect((await store.head(stream))?.stream).toBe(stream);
});
