import { describe, expect, test } from 'vitest';
import { LIMITS } from '../../functions/kernel/limits.ts';
import { LimitExceeded, type ProjectionStep, type ViewStore } from '../../functions/kernel/ports.ts';
import { row, step } from './samples.ts';

const CASE = 'interference/record/case-1';
const LISTING = 'interference/record';
const OPEN = 'interference/records/open';

/** The part of the views' contract that is about what they refuse. */
export function viewLimitsContract(name: string, makeStore: () => ViewStore | Promise<ViewStore>): void {
  describe(`${name}: view store, limits`, () => {
    const text = (size: number) => `鉴${'x'.repeat(size - 3)}`;
    /** A row whose item's JSON has that size. */
    const sized = (size: number) => row('a', { item: { t: text(size - '{"t":""}'.length) } });

    test.each<[keyof typeof LIMITS, string, (size: number) => ProjectionStep]>([
      ['name', "the stream's name", (size) => step(text(size), { rows: [row('a')] })],
      ['name', 'a sort', (size) => step(CASE, { rows: [row('a'), row(text(size))] })],
      ['name', 'a partition with its listing', (size) => step(CASE, { rows: [row('a'), row('b', { partition: text(size - LISTING.length) })] })],
      ['name', 'a listing with its partition', (size) => step(CASE, { rows: [row('a'), row('b', { listing: text(size - 'open'.length) })] })],
      ['name', "a counter's name", (size) => step(CASE, { rows: [row('a')], counters: [{ counter: text(size), by: 1 }] })],
      ['rows', 'one stream', (size) => step(CASE, { rows: Array.from({ length: size }, (_, at) => row(at === 0 ? 'a' : `a${at}`)) })],
      ['row', "a row's item", (size) => step(CASE, { rows: [sized(size)] })],
      ['counters', 'one step', (size) => step(CASE, { rows: [row('a')], counters: Array.from({ length: size }, (_, at) => ({ counter: `c${at}`, by: 1 })) })],
    ])('%s, of %s: taken to the last, refused beyond with nothing written', async (what, _, made) => {
      const store = await makeStore();
      const beyond = made(LIMITS[what] + 1);
      const refusal = await store.apply(beyond).catch((cause: unknown) => cause);
      expect(refusal).toBeInstanceOf(LimitExceeded);
      expect(refusal).toMatchObject({ what, limit: LIMITS[what], actual: LIMITS[what] + 1 });
      expect(await store.mark(beyond.stream)).toBeUndefined();
      expect(await store.row(LISTING, 'open', 'a')).toBeUndefined();
      expect(await store.counters('')).toEqual([]);

      const most = made(LIMITS[what]);
      expect(await store.apply(most)).toBe('applied');
      expect((await store.mark(most.stream))?.rows).toHaveLength(most.rows.length);
      for (const one of most.rows) expect(await store.row(one.listing, one.partition, one.sort)).toEqual(one);
      for (const { counter } of most.counters) expect(await store.counter(counter)).toBe(1);
    });

    test('the largest step that the limits allow is taken', async () => {
      const store = await makeStore();
      const partition = 'p'.repeat(LIMITS.name - LISTING.length);
      const rows = Array.from({ length: LIMITS.rows }, (_, at) => ({ ...sized(LIMITS.row), partition, sort: `${at}`.padEnd(LIMITS.name) }));
      const counters = Array.from({ length: LIMITS.counters }, (_, at) => ({ counter: `${at}`.padEnd(LIMITS.name), by: 1 }));
      expect(await store.apply(step(CASE, { rows, counters }))).toBe('applied');
      const moved = rows.map((one) => ({ ...one, partition: 'q'.repeat(partition.length) }));
      expect(await store.apply(step(CASE, { from: 1, to: 2, rows: moved, counters }))).toBe('applied');
      expect(await store.row(LISTING, partition, '7'.padEnd(LIMITS.name))).toBeUndefined();
      expect(await store.row(LISTING, 'q'.repeat(partition.length), '7'.padEnd(LIMITS.name))).toEqual(moved[7]);
    });

    test('what no name can be is looked for in vain, and is a bound all the same', async () => {
      const store = await makeStore();
      await store.apply(step(CASE, { rows: [row('m')], counters: [{ counter: 'm', by: 1 }] }));
      const [a, z] = ['a', 'z'].map((one) => one.repeat(2 * LIMITS.name)) as [string, string];
      expect([await store.mark(a), await store.row(LISTING, 'open', a), await store.row(LISTING, a, 'm')]).toEqual([undefined, undefined, undefined]);
      expect([await store.rows(LISTING, a, { limit: 1 }), await store.counter(a), await store.counters(a)]).toEqual([{ rows: [] }, 0, []]);
      const sorts = async (bounds: { after?: string; until?: string; newestFirst?: boolean }) =>
        (await store.rows(LISTING, 'open', { limit: 1, ...bounds })).rows.map(({ sort }) => sort);
      expect([await sorts({ after: a }), await sorts({ after: z }), await sorts({ until: a }), await sorts({ until: z })]).toEqual([['m'], [], [], ['m']]);
      expect([await sorts({ after: '' }), await sorts({ until: '' })]).toEqual([['m'], []]);
      expect([await sorts({ after: '', newestFirst: true }), await sorts({ until: '', newestFirst: true })]).toEqual([[], ['m']]);
    });

    test.each<[string, ProjectionStep]>([
      ['an empty name', step('', { rows: [row('a')] })],
      ['half a surrogate pair', step(CASE, { rows: [row('a'), row('\udc00')] })],
      ['a row twice', step(CASE, { rows: [row('a'), row('b'), row('a')] })],
      ['half a count', step(CASE, { rows: [row('a')], counters: [{ counter: OPEN, by: 0.5 }] })],
      ['a step to where it comes from', step(CASE, { to: 0, rows: [row('a')] })],
    ])('%s is thrown back and nothing written', async (_, wrong) => {
      const store = await makeStore();
      await expect(store.apply(wrong)).rejects.toThrow(TypeError);
      expect(await store.rows(LISTING, 'open', { limit: 10 })).toEqual({ rows: [] });
      expect(await store.counter(OPEN)).toBe(0);
    });
  });
}
