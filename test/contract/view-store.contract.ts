import { describe, expect, test } from 'vitest';
import { LIMITS } from '../../functions/kernel/limits.ts';
import type { ViewStore } from '../../functions/kernel/ports.ts';
import { AWKWARD, inByteOrder, row, step } from './samples.ts';
import { viewLimitsContract } from './view-limits.contract.ts';

const CASE = 'interference/record/case-1';
const LISTING = 'interference/record';
const OPEN = 'interference/records/open';

/** What every implementation of {@link ViewStore} keeps to; `makeStore` gives an empty one. */
export function viewStoreContract(name: string, makeStore: () => ViewStore | Promise<ViewStore>): void {
  const sorts = async (store: ViewStore, options: Partial<Parameters<ViewStore['rows']>[2]> = {}, partition = 'open') =>
    (await store.rows(LISTING, partition, { limit: 1000, ...options })).rows.map(({ sort }) => sort);

  describe(`${name}: view store, steps`, () => {
    test('nothing was projected yet', async () => {
      const store = await makeStore();
      expect(await store.mark(CASE)).toBeUndefined();
      expect(await store.row(LISTING, 'open', 'a')).toBeUndefined();
      expect(await store.rows(LISTING, 'open', { limit: 10 })).toEqual({ rows: [] });
      expect(await store.counter(OPEN)).toBe(0);
      expect(await store.counters('')).toEqual([]);
    });

    test('a step writes mark, rows and counters', async () => {
      const store = await makeStore();
      const rows = [row('a', { item: { text: '鉴衡 😀', list: [1, null, { deep: true }] } }), row('b', { listing: 'interference/hand-over', partition: 'p' })];
      expect(await store.apply(step(CASE, { to: 3, rows, counters: [{ counter: OPEN, by: 2 }] }))).toBe('applied');
      expect(await store.mark(CASE)).toEqual({ version: 3, rows: rows.map(({ item: _, ...names }) => names) });
      for (const one of rows) expect(await store.row(one.listing, one.partition, one.sort)).toEqual(one);
      expect(await store.rows(LISTING, 'open', { limit: 10 })).toEqual({ rows: [rows[0]] });
      expect(await store.counter(OPEN)).toBe(2);
    });

    test('a row that is kept stays when the stream moves on, and is written with the step or not at all', async () => {
      const store = await makeStore();
      const kept = row('trace-1', { listing: 'kernel/trace' });
      const missed = row('trace-2', { listing: 'kernel/trace' });
      expect(await store.apply(step(CASE, { rows: [row('a')], kept }))).toBe('applied');
      expect(await store.apply(step(CASE, { from: 0, to: 2, kept: missed }))).toBe('moved');
      expect(await store.apply(step(CASE, { from: 1, to: 2, rows: [] }))).toBe('applied');
      expect(await sorts(store)).toEqual([]);
      expect(await store.row('kernel/trace', 'open', 'trace-1')).toEqual(kept);
      expect(await store.row('kernel/trace', 'open', 'trace-2')).toBeUndefined();
      expect((await store.mark(CASE))?.rows).toEqual([]);
      await expect(store.apply(step(CASE, { from: 2, to: 3, rows: [kept], kept }))).rejects.toThrow(TypeError);
    });

    test.each([
      ['behind the mark', 0, 3],
      ['at a version between', 1, 3],
      ['ahead of the mark', 3, 4],
    ])('a step from a place %s has moved and writes nothing', async (_, from, to) => {
      const store = await makeStore();
      await store.apply(step(CASE, { to: 2, rows: [row('a')], counters: [{ counter: OPEN, by: 1 }] }));
      expect(await store.apply(step(CASE, { from, to, rows: [row('b')], counters: [{ counter: OPEN, by: 5 }] }))).toBe('moved');
      expect((await store.mark(CASE))?.version).toBe(2);
      expect(await sorts(store)).toEqual(['a']);
      expect(await store.counter(OPEN)).toBe(1);
    });

    test('a step from above 0 on a stream without a mark has moved', async () => {
      const store = await makeStore();
      expect(await store.apply(step(CASE, { from: 1, to: 2, rows: [row('a')] }))).toBe('moved');
      expect(await store.mark(CASE)).toBeUndefined();
      expect(await sorts(store)).toEqual([]);
    });

    test('a step told twenty times at once counts once', async () => {
      const store = await makeStore();
      const told = step(CASE, { rows: [row('a')], counters: [{ counter: OPEN, by: 1 }] });
      const answers = await Promise.all(Array.from({ length: 20 }, () => store.apply(told)));
      expect(answers.filter((answer) => answer === 'applied')).toHaveLength(1);
      expect(await store.counter(OPEN)).toBe(1);
    });

    test('forty streams that move one counter at once, each told twice, count forty', async () => {
      const store = await makeStore();
      const move = async (at: number) => {
        const told = step(`${CASE}/${at}`, { rows: [row(`s${at}`)], counters: [{ counter: OPEN, by: 1 }] });
        expect(await store.apply(told)).toBe('applied');
        expect(await store.apply(told)).toBe('moved');
      };
      await Promise.all(Array.from({ length: 40 }, (_, at) => move(at)));
      expect(await store.counter(OPEN)).toBe(40);
      expect(await sorts(store)).toHaveLength(40);
    });

    test('counters fall below zero, and moves of one counter in one step add up', async () => {
      const store = await makeStore();
      const counters = [
        { counter: OPEN, by: 1 },
        { counter: 'other', by: 4 },
        { counter: OPEN, by: -6 },
      ];
      await store.apply(step(CASE, { counters }));
      await store.apply(step(CASE, { from: 1, to: 2, counters: [{ counter: OPEN, by: -1 }] }));
      expect([await store.counter(OPEN), await store.counter('other')]).toEqual([-6, 4]);
    });

    test('rows of the old mark that the step does not name vanish, and only they', async () => {
      const store = await makeStore();
      const before = [row('stays'), row('goes'), row('moves'), row('stays', { listing: 'other/listing' })];
      await store.apply(step('another/stream', { rows: [row('not mine')] }));
      await store.apply(step(CASE, { rows: before }));
      const after = [row('stays', { item: { title: 'anew' } }), row('moves', { partition: 'closed' }), row('moves', { listing: 'other/listing' })];
      expect(await store.apply(step(CASE, { from: 1, to: 2, rows: after }))).toBe('applied');
      expect(await sorts(store)).toEqual(['not mine', 'stays']);
      expect((await store.row(LISTING, 'open', 'stays'))?.item).toEqual({ title: 'anew' });
      expect(await sorts(store, {}, 'closed')).toEqual(['moves']);
      expect((await store.rows('other/listing', 'open', { limit: 10 })).rows.map(({ sort }) => sort)).toEqual(['moves']);
      expect((await store.mark(CASE))?.rows).toHaveLength(3);
      await store.apply(step(CASE, { from: 2, to: 3 }));
      expect(await sorts(store)).toEqual(['not mine']);
      expect(await sorts(store, {}, 'closed')).toEqual([]);
      expect(await store.mark(CASE)).toEqual({ version: 3, rows: [] });
    });

    test('a row that left comes back', async () => {
      const store = await makeStore();
      for (const [from, rows] of [[row('a'), row('b')], [row('b')], [row('a'), row('c')]].entries())
        await store.apply(step(CASE, { from, to: from + 1, rows }));
      expect(await sorts(store)).toEqual(['a', 'c']);
    });

    test('a stream may change forty rows for forty others and move eighteen counters in one step', async () => {
      const store = await makeStore();
      const forty = (kind: string) => Array.from({ length: LIMITS.rows }, (_, at) => row(`${kind}${at}`));
      const counters = Array.from({ length: LIMITS.counters }, (_, at) => ({ counter: `c${at}`, by: 1 }));
      expect(await store.apply(step(CASE, { rows: forty('old'), counters }))).toBe('applied');
      expect(await store.apply(step(CASE, { from: 1, to: 2, rows: forty('new'), counters }))).toBe('applied');
      expect((await sorts(store)).toSorted()).toEqual(
        forty('new')
          .map(({ sort }) => sort)
          .toSorted(),
      );
      expect(await store.counters('c')).toHaveLength(LIMITS.counters);
      expect(await store.counter('c17')).toBe(2);
    });

    test('clearing empties everything, and projecting begins anew', async () => {
      const store = await makeStore();
      const told = step(CASE, { rows: [row('a')], counters: [{ counter: OPEN, by: 3 }] });
      await store.apply(told);
      await store.clear();
      expect(await store.mark(CASE)).toBeUndefined();
      expect(await sorts(store)).toEqual([]);
      expect(await store.row(LISTING, 'open', 'a')).toBeUndefined();
      expect([await store.counter(OPEN), await store.counters('')]).toEqual([0, []]);
      expect(await store.apply(told)).toBe('applied');
      expect([await store.counter(OPEN), await sorts(store)]).toEqual([3, ['a']]);
    });

    test('the caller cannot change what is stored', async () => {
      const store = await makeStore();
      const item = { list: ['as it was'] };
      const mine = row('a', { item });
      const told = { ...step(CASE), rows: [mine], counters: [{ counter: OPEN, by: 1 }] };
      const answer = store.apply(told);
      item.list[0] = 'changed';
      Object.assign(mine, { sort: 'changed' });
      told.rows.push(row('more'));
      expect(await answer).toBe('applied');
      const page = await store.rows(LISTING, 'open', { limit: 10 });
      const mark = await store.mark(CASE);
      for (const found of [...page.rows, await store.row(LISTING, 'open', 'a')]) (found?.item.list as string[])[0] = 'changed';
      Object.assign(mark?.rows[0] ?? {}, { sort: 'changed' });
      expect(await store.rows(LISTING, 'open', { limit: 10 })).toEqual({ rows: [row('a', { item: { list: ['as it was'] } })] });
      expect((await store.mark(CASE))?.rows).toEqual([{ listing: LISTING, partition: 'open', sort: 'a' }]);
    });
  });

  describe(`${name}: view store, listings`, () => {
    const fill = async (all: readonly string[]) => {
      const store = await makeStore();
      const reversed = all.toReversed();
      await Promise.all(reversed.map((sort, at) => store.apply(step(`s${at}`, { rows: [row(sort), row(sort, { partition: 'other' })] }))));
      return store;
    };
    const days = ['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05'];

    test.each<[string, Partial<Parameters<ViewStore['rows']>[2]>, readonly string[]]>([
      ['all', {}, days],
      ['newest first', { newestFirst: true }, days.toReversed()],
      ['after one', { after: '2026-03-02' }, days.slice(2)],
      ['after a place between', { after: '2026-03-02x' }, days.slice(2)],
      ['after the last', { after: '2026-03-05' }, []],
      ['until one', { until: '2026-03-02' }, days.slice(0, 2)],
      ['until a place between', { until: '2026-03-02x' }, days.slice(0, 2)],
      ['until before the first', { until: '2026-03' }, []],
      ['between', { after: '2026-03-01', until: '2026-03-03' }, days.slice(1, 3)],
      ['between nothing', { after: '2026-03-03', until: '2026-03-01' }, []],
      ['newest first, after one', { newestFirst: true, after: '2026-03-04' }, ['2026-03-03', '2026-03-02', '2026-03-01']],
      ['newest first, after a place between', { newestFirst: true, after: '2026-03-04x' }, ['2026-03-04', '2026-03-03', '2026-03-02', '2026-03-01']],
      ['newest first, until one', { newestFirst: true, until: '2026-03-04' }, ['2026-03-05', '2026-03-04']],
      ['newest first, between', { newestFirst: true, after: '2026-03-05', until: '2026-03-03' }, ['2026-03-04', '2026-03-03']],
      ['newest first, before the first', { newestFirst: true, after: '2026-03-01' }, []],
    ])('rows: %s', async (_, options, expected) => {
      const store = await fill(days);
      expect(await sorts(store, options)).toEqual(expected);
      expect((await store.rows(LISTING, 'open', { limit: 1000, ...options })).next).toBeUndefined();
    });

    test.each([false, true])('pages follow one another to the end (newest first: %s), and only the last has no next', async (newestFirst) => {
      const store = await fill(days);
      const pages: string[][] = [];
      let after: string | undefined;
      do {
        const page = await store.rows(LISTING, 'open', { limit: 2, newestFirst, ...(after === undefined ? {} : { after }) });
        pages.push(page.rows.map(({ sort }) => sort));
        after = page.next;
        if (after !== undefined) expect(after).toBe(page.rows.at(-1)?.sort);
      } while (after !== undefined);
      const order = newestFirst ? days.toReversed() : days;
      expect(pages).toEqual([order.slice(0, 2), order.slice(2, 4), order.slice(4)]);
    });

    test('a page that the last row fills has no next, also where `until` ends it', async () => {
      const store = await fill(days);
      expect((await store.rows(LISTING, 'open', { limit: 5 })).next).toBeUndefined();
      expect((await store.rows(LISTING, 'open', { limit: 4 })).next).toBe('2026-03-04');
      expect((await store.rows(LISTING, 'open', { limit: 3, until: '2026-03-03' })).next).toBeUndefined();
      expect((await store.rows(LISTING, 'open', { limit: 2, until: '2026-03-04', newestFirst: true })).next).toBeUndefined();
    });

    test.each([0, -1, 1001, 1.5])('a page of %s rows is thrown back', async (limit) => {
      const store = await fill(days);
      await expect(store.rows(LISTING, 'open', { limit })).rejects.toThrow(RangeError);
    });

    test('the order is that of the UTF-8 bytes, where the order of UTF-16 would differ', async () => {
      const expected = inByteOrder(AWKWARD);
      expect(expected).not.toEqual(AWKWARD.toSorted());
      const store = await fill(AWKWARD);
      expect(await sorts(store)).toEqual(expected);
      expect(await sorts(store, { newestFirst: true })).toEqual(expected.toReversed());
      for (const [at, sort] of expected.entries()) {
        expect(await sorts(store, { after: sort })).toEqual(expected.slice(at + 1));
        expect(await sorts(store, { until: sort, newestFirst: true })).toEqual(expected.slice(at).toReversed());
      }
    });

    test('partitions and listings whose names look alike keep apart', async () => {
      const store = await makeStore();
      for (const [at, partition] of AWKWARD.entries()) await store.apply(step(`s${at}`, { rows: [row('x', { partition, item: { partition } })] }));
      await store.apply(step('t', { rows: [row('b', { listing: 'l', partition: 'a/p' }), row('b', { listing: 'l/a', partition: 'p' })] }));
      for (const partition of AWKWARD) expect((await store.rows(LISTING, partition, { limit: 10 })).rows.map(({ item }) => item)).toEqual([{ partition }]);
      expect((await store.rows('l', 'a/p', { limit: 10 })).rows).toHaveLength(1);
    });

    test('a thousand rows fit a page, and one more is the next', async () => {
      const store = await makeStore();
      const all = Array.from({ length: 1001 }, (_, at) => String(at).padStart(4, '0'));
      for (let at = 0; at < all.length; at += LIMITS.rows)
        await store.apply(step(`s${at}`, { rows: all.slice(at, at + LIMITS.rows).map((sort) => row(sort)) }));
      const page = await store.rows(LISTING, 'open', { limit: 1000 });
      expect(page.rows.map(({ sort }) => sort)).toEqual(all.slice(0, 1000));
      expect(page.next).toBe('0999');
    });

    test('counters come by prefix, taken literally, in order of the bytes of their names', async () => {
      const store = await makeStore();
      const all = [...new Set(AWKWARD.flatMap((start) => ['', 'a', '鉴', '%'].map((end) => `${start}${end}`)))];
      for (const [at, counter] of all.entries()) await store.apply(step(`s${at}`, { counters: [{ counter, by: at + 1 }] }));
      for (const prefix of ['', ...AWKWARD]) {
        const expected = inByteOrder(all.filter((counter) => counter.startsWith(prefix))).map((counter) => ({ counter, value: all.indexOf(counter) + 1 }));
        expect(await store.counters(prefix)).toEqual(expected);
      }
    });
  });

  viewLimitsContract(name, makeStore);
}
