import { describe, expect, test } from 'vitest';
import type { Clock, LedgerStore } from '../../functions/kernel/ports.ts';
import { commit, grow, names, receipt, tail, write } from './samples.ts';

const CASE = 'interference/record/case-1';

/** The part of the ledger's contract that is about following it. */
export function ledgerFeedContract(name: string, makeStore: (clock?: Clock) => LedgerStore | Promise<LedgerStore>): void {
  describe(`${name}: ledger store, feed`, () => {
    test('an empty feed ends where it begins', async () => {
      const store = await makeStore();
      const page = await store.feed(undefined, 10);
      expect(page).toMatchObject({ records: [], end: true });
      await grow(store, CASE, 1);
      expect(names((await tail(store, 1, { from: page.position })).records)).toEqual([`${CASE}@1`]);
    });

    test('pages follow one another without a record lost or told twice, and the position stays at the end', async () => {
      const store = await makeStore();
      await grow(store, 'a', 5);
      await grow(store, 'b', 4);
      await store.append(write({ receipts: [receipt('no commit, no record')] }));
      await tail(store, 9);
      const seen: string[] = [];
      let page = await store.feed(undefined, 2);
      while (page.records.length > 0) {
        expect(page.records.length).toBeLessThanOrEqual(2);
        expect(await store.feed(page.position, 100)).toMatchObject({ end: true });
        seen.push(...names(page.records));
        if (seen.length < 9) expect(page.end).toBe(false);
        const { position } = page;
        page = await store.feed(position, 2);
        if (page.records.length === 0) expect(page).toEqual({ records: [], position, end: true });
      }
      expect(seen.toSorted()).toEqual(['a@1', 'a@2', 'a@3', 'a@4', 'a@5', 'b@1', 'b@2', 'b@3', 'b@4']);
      expect(seen.filter((one) => one.startsWith('a'))).toEqual(['a@1', 'a@2', 'a@3', 'a@4', 'a@5']);
      await expect(store.feed(undefined, 0)).rejects.toThrow(RangeError);
    });

    test('the feed carries the records whole', async () => {
      const store = await makeStore();
      const written = commit(CASE, 1, { bytes: Uint8Array.from([0, 255, 254]) });
      await store.append(write({ commit: written }));
      expect((await tail(store, 1)).records).toEqual([written]);
    });

    test('a reader that follows while eight writers write has seen everything, each stream in order', async () => {
      const clock = { at: Date.parse('2026-03-02T01:00:00.000Z'), now: () => clock.at };
      const store = await makeStore(clock);
      const [writers, each] = [8, 25];
      const streams = Array.from({ length: writers }, (_, at) => `interference/record/${at}`);
      const following = tail(store, writers * each, { page: 7 });
      for (let version = 1; version <= each; version += 1) {
        const recordedAt = new Date(clock.at).toISOString();
        await Promise.all(streams.map((stream) => store.append(write({ commit: commit(stream, version, { recordedAt }) }))));
        clock.at += 60_000;
      }
      const { records, position } = await following;
      const versions = Map.groupBy(records, ({ stream }) => stream);
      for (const stream of streams) expect(versions.get(stream)?.map(({ version }) => version)).toEqual(Array.from({ length: each }, (_, at) => at + 1));
      expect(await store.feed(position, 100)).toMatchObject({ records: [], end: true });
      // What was behind a position then is behind it now.
      expect(names((await tail(store, writers * each)).records).toSorted()).toEqual(names(records).toSorted());
    });

    test('a day begins at midnight in Shanghai', async () => {
      const store = await makeStore();
      const instants = [
        '2026-03-01T15:59:59.999Z',
        '2026-03-01T16:00:00.000Z',
        '2026-03-02T15:59:59.999Z',
        '2026-03-02T16:00:00.000Z',
        '2026-03-05T01:00:00.000Z',
      ];
      for (const [at, recordedAt] of instants.entries()) await store.append(write({ commit: commit(`s${at}`, 1, { recordedAt }) }));
      const from = async (day: string, count: number) => {
        const { records, position } = await tail(store, count, { from: await store.feedFrom(day) });
        expect(await store.feed(position, 10)).toMatchObject({ records: [], end: true });
        return records.map(({ stream }) => stream);
      };
      expect(await from('2025-12-31', 5)).toEqual(['s0', 's1', 's2', 's3', 's4']);
      expect(await from('2026-03-01', 5)).toEqual(['s0', 's1', 's2', 's3', 's4']);
      expect(await from('2026-03-02', 4)).toEqual(['s1', 's2', 's3', 's4']);
      expect(await from('2026-03-03', 2)).toEqual(['s3', 's4']);
      expect(await from('2026-03-04', 1)).toEqual(['s4']);
      const future = await store.feedFrom('2026-03-06');
      expect(await store.feed(future, 10)).toMatchObject({ records: [], end: true });
      await store.append(write({ commit: commit('s5', 1, { recordedAt: '2026-03-05T16:00:00.000Z' }) }));
      expect(names((await tail(store, 1, { from: future })).records)).toEqual(['s5@1']);
    });
  });
}
