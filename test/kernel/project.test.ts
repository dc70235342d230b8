import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Kernel } from '../../functions/kernel/kernel.ts';
import { type CommitRecord, Throttled } from '../../functions/kernel/ports.ts';
import { project, projectBatch, projectedThrough, rebuild } from '../../functions/kernel/project.ts';
import { MemoryViewStore } from '../simulation/memory-store.ts';
import { buildShelf, count, moveBox, openBox } from '../support/made-context.ts';
import { type Made, setUpMade } from '../support/made-kernel.ts';

/** Two boxes that were moved about: five commits of theirs, none projected yet. */
async function moved() {
  const made = await setUpMade();
  await made.done(openBox, { box: '1', shelf: 'a' });
  await made.done(openBox, { box: '2', shelf: 'a' });
  for (const [box, shelf] of [
    ['1', 'b'],
    ['2', 'b'],
    ['1', 'c'],
  ] as const)
    await made.done(moveBox, { box, shelf });
  const records = (await made.ledger.feed(undefined, 100)).records.filter(({ stream }) => stream.startsWith('made/box/'));
  return { made, records };
}

const shown = (views: MemoryViewStore) => ({ rows: views.allRows().filter(({ listing }) => listing !== 'kernel/progress'), counters: views.allCounters() });
const on = async (made: Pick<Made, 'kernel'>, views: MemoryViewStore, records: readonly CommitRecord[]) => {
  for (const record of records) await project({ ...made.kernel, views }, record);
  return shown(views);
};

describe('a projection', () => {
  test('puts a stream under the listings of its state, and moves it when the state moves', async () => {
    const { made, records } = await moved();
    const views = new MemoryViewStore();
    await on(made, views, records.slice(0, 2));
    expect((await views.rows('made/boxes', 'a', { limit: 10 })).rows.map(({ item }) => item.box)).toEqual(['1', '2']);
    await on(made, views, records);
    expect((await views.rows('made/boxes', 'a', { limit: 10 })).rows).toEqual([]);
    expect((await views.rows('made/boxes', 'b', { limit: 10 })).rows.map(({ item }) => item.box)).toEqual(['2']);
    expect((await views.row('made/boxes', 'c', '1'))?.item).toEqual({ box: '1', shelf: 'c', openedOn: '2026-03-04' });
  });

  test('counts each event once, and keeps a row of each commit for the trace', async () => {
    const { made, records } = await moved();
    const { rows, counters } = await on(made, new MemoryViewStore(), records);
    expect(counters).toEqual([
      { counter: 'made/moved-to/b', value: 2 },
      { counter: 'made/moved-to/c', value: 1 },
      { counter: 'made/opened/a', value: 2 },
    ]);
    expect(rows.filter(({ listing }) => listing === 'kernel/trace')).toHaveLength(5);
  });

  test('is the same however often, in whatever order and with whatever gaps the commits come', async () => {
    const { made, records } = await moved();
    const expected = await on(made, new MemoryViewStore(), records);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3, 4, 0, 1, 2, 3, 4]), async (order) => {
        const newest = [4, 3];
        const delivered = [...order, ...newest].map((at) => records[at] as CommitRecord);
        expect(await on(made, new MemoryViewStore(), delivered)).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });

  test('of a commit that was projected is known, and writes nothing', async () => {
    const { made, records } = await moved();
    const parts = { ...made.kernel, views: new MemoryViewStore() };
    expect(await project(parts, records[4] as CommitRecord)).toBe('projected');
    expect(await project(parts, records[4] as CommitRecord)).toBe('known');
    expect(await project(parts, records[0] as CommitRecord)).toBe('known');
  });

  test('by two at once is once', async () => {
    const { made, records } = await moved();
    const expected = await on(made, new MemoryViewStore(), records);
    const views = new MemoryViewStore();
    await Promise.all([...records, ...records.toReversed()].map((record) => project({ ...made.kernel, views }, record)));
    expect(shown(views)).toEqual(expected);
  });

  test('that crashed before or after any write is made good by the next delivery', async () => {
    const { made, records } = await moved();
    const expected = await on(made, new MemoryViewStore(), records);
    for (let crash = 1; crash <= 5; crash += 1) {
      for (const when of ['before', 'after']) {
        const views = new MemoryViewStore();
        let applied = 0;
        const crashing = new Proxy(views, {
          get: (target, name: keyof MemoryViewStore) =>
            name !== 'apply'
              ? (...args: unknown[]) => (target[name] as (...all: unknown[]) => unknown)(...args)
              : async (step: Parameters<typeof target.apply>[0]) => {
                  applied += 1;
                  if (applied === crash && when === 'before') throw new Throttled('made up');
                  const outcome = await target.apply(step);
                  if (applied === crash) throw new Throttled('made up');
                  return outcome;
                },
        });
        await expect(on(made, crashing, records)).rejects.toThrow(Throttled);
        expect(await on(made, views, records)).toEqual(expected);
      }
    }
  });

  test.each([1, 2])('of a stream whose version %i the ledger lacks fails, and does not try for ever', async (lost) => {
    const { made, records } = await moved();
    const { ledger } = made.kernel;
    const without = {
      ...ledger,
      read: async (...asked: Parameters<typeof ledger.read>) => (await ledger.read(...asked)).filter(({ version }) => version !== lost),
    };
    const last = records[4] as CommitRecord;
    await expect(project({ ...made.kernel, ledger: without, views: new MemoryViewStore() }, last)).rejects.toThrow(`lacks version ${lost} of ${last.stream}`);
  });

  test('shows the state of the commit projected, not of the newest', async () => {
    const { made, records } = await moved();
    const views = new MemoryViewStore();
    await project({ ...made.kernel, views }, records[0] as CommitRecord);
    expect((await views.row('made/boxes', 'a', '1'))?.item).toMatchObject({ shelf: 'a' });
  });
});

describe('a rebuild', () => {
  test('equals what was kept', async () => {
    const { made } = await moved();
    await made.province.settle();
    const kept = shown(made.views);
    const views = new MemoryViewStore();
    await views.apply({ stream: 'made/box/gone', from: 0, to: 1, rows: [{ listing: 'made/boxes', partition: 'a', sort: 'gone', item: {} }], counters: [] });
    const commits = (await made.commits()).length;
    expect(await rebuild({ ...made.kernel, views })).toBe(commits);
    expect(shown(views)).toEqual(kept);
    expect(commits).toBeGreaterThan(5);
  });

  test('says that the views are complete through no instant until it has come to its end', async () => {
    const { made, records } = await moved();
    await projectBatch(made.kernel, records);
    const told: (string | null)[] = [];
    const { ledger } = made.kernel;
    const feed: typeof ledger.feed = async (...asked) => {
      // What another projects meanwhile does not tell of what is not there yet.
      await projectBatch(made.kernel, records.slice(-1));
      told.push(await projectedThrough(made.views));
      return ledger.feed(...asked);
    };
    await rebuild({ ...made.kernel, ledger: { ...ledger, feed } });
    expect(told).toEqual([null]);
    expect(await projectedThrough(made.views)).toBe(records.at(-1)?.recordedAt);
  });
});

describe('a batch', () => {
  const batchOf = async (size: number) => {
    const made = await setUpMade();
    for (let at = 0; at < size; at += 1) {
      made.clock.at += 1000;
      await made.done(buildShelf, { shelf: `s${at}` });
    }
    return { made, records: (await made.ledger.feed(undefined, 100)).records.slice(1) };
  };
  const through = (record: CommitRecord | undefined) => record?.recordedAt ?? null;

  test('tells the first record that failed; the other streams go on', async () => {
    const { made, records } = await batchOf(4);
    const broken = records.map((record, at) => (at === 2 ? { ...record, bytes: Buffer.from('{'), stream: 'made/shelf/broken' } : record));
    expect(await projectBatch(made.kernel, broken)).toBe(2);
    expect(await made.views.mark('made/shelf/s1')).toBeDefined();
    expect(await made.views.mark('made/shelf/s3')).toBeDefined();
    expect(await projectedThrough(made.views)).toBe(through(records[1]));
    expect(made.province.lines.at(-1)).toContain('projection-failed');
    expect(await projectBatch(made.kernel, records.slice(2))).toBeUndefined();
    expect(await projectedThrough(made.views)).toBe(through(records[3]));
  });

  test('leaves a stream at the record that failed, and tells the first of several', async () => {
    const { made, records } = await moved();
    const of = (record: CommitRecord | undefined) => `${record?.stream}@${record?.version}`;
    const asked: string[] = [];
    const failing = new Set([of(records[3]), of(records[2])]);
    const views = new Proxy(new MemoryViewStore(), {
      get: (target, name: keyof MemoryViewStore) => async (step: { stream: string; to: number }) => {
        if (name === 'apply') asked.push(`${step.stream}@${step.to}`);
        if (name === 'apply' && failing.has(asked.at(-1) ?? '')) throw new Throttled('made up');
        return (target[name] as (...all: unknown[]) => unknown).call(target, step);
      },
    });
    expect(await projectBatch({ ...made.kernel, views }, records)).toBe(2);
    expect(asked.filter((step) => step.startsWith('made/box/'))).toEqual([0, 1, 2, 3].map((at) => of(records[at])));
  });

  test('has no more streams at work than it may', async () => {
    for (const abreast of [1, 3, 50]) {
      const { made, records } = await batchOf(6);
      const atWork = { now: 0, most: 0 };
      const views = new Proxy(made.views, {
        get:
          (target, name: keyof MemoryViewStore) =>
          async (...args: unknown[]) => {
            if (name === 'apply') atWork.now += 1;
            atWork.most = Math.max(atWork.most, atWork.now);
            await Promise.resolve();
            if (name === 'apply') atWork.now -= 1;
            return (target[name] as (...all: unknown[]) => unknown).apply(target, args);
          },
      });
      expect(await projectBatch({ ...made.kernel, views }, records, '0', abreast)).toBeUndefined();
      expect(atWork.most).toBe(Math.min(abreast, records.length));
    }
  });

  test('whose first record failed says nothing about how far the views are', async () => {
    const { made, records } = await batchOf(1);
    expect(await projectBatch(made.kernel, [{ ...(records[0] as CommitRecord), bytes: Buffer.from('{') }])).toBe(0);
    expect(await projectedThrough(made.views)).toBeNull();
  });

  test('delivered again does not take the instant back; of several shards the slowest tells it', async () => {
    const { made, records } = await batchOf(3);
    const kernel: Kernel = made.kernel;
    await projectBatch(kernel, records.slice(0, 3), '0');
    await projectBatch(kernel, records.slice(0, 1), '0');
    expect(await projectedThrough(made.views)).toBe(through(records[2]));
    await projectBatch(kernel, records.slice(1, 2), '1');
    expect(await projectedThrough(made.views)).toBe(through(records[1]));
  });
});

describe('an answer of a query', () => {
  const get = (made: Made, query: string) => made.api.request({ method: 'GET', path: '/v1/made/boxes', query, headers: { authorization: 'clerk' } });

  test('says through which minute the views are known to be complete, and no finer: null before the first', async () => {
    const { made } = await moved();
    expect((await get(made, 'shelf=a')).body).toEqual({ items: [], next: null, asOf: null });
    await made.province.settle();
    made.clock.at += 59_999;
    await made.done(count, { tally: 't', by: 1 });
    await made.province.settle();
    expect((await get(made, 'shelf=c')).body).toEqual({
      items: [{ box: '1', shelf: 'c', openedOn: '2026-03-04' }],
      next: null,
      asOf: '2026-03-04T02:00:00.000Z',
    });
  });

  test('goes on from its cursor to the end, each item once', async () => {
    const made = await setUpMade();
    for (const box of ['1', '2', '3', '案']) await made.done(openBox, { box, shelf: 'a' });
    await made.province.settle();
    const seen: string[] = [];
    let cursor = '';
    for (let page = 0; page < 4; page += 1) {
      const { body } = await get(made, `shelf=a&limit=3${cursor}`);
      seen.push(...body.items.map(({ box }: { box: string }) => box));
      if (body.next === null) break;
      cursor = `&cursor=${body.next}`;
    }
    expect(seen).toEqual(['1', '2', '3', '案']);
  });
});
