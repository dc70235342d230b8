import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { inStreams } from '../../../../infra/local/import/in-streams.ts';

async function* from<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items;
}

describe('works in streams', () => {
  test('are done side by side up to so many, in order within a stream, and settled in the order of the items', async () => {
    const items = Array.from({ length: 40 }, (_, at) => at);
    const begun: number[] = [];
    const settled: number[] = [];
    let [running, most] = [0, 0];
    await inStreams(from(items), {
      abreast: 6,
      streamOf: (item) => (item % 5 === 0 ? undefined : `${item % 3}`),
      work: async (item) => {
        begun.push(item);
        running += 1;
        most = Math.max(most, running);
        for (let turns = item % 7; turns >= 0; turns -= 1) await turn();
        running -= 1;
        return item;
      },
      settle: (item, outcome) => {
        expect(outcome).toBe(item);
        settled.push(item);
      },
    });
    expect(settled).toEqual(items);
    for (const stream of [0, 1, 2]) {
      const own = begun.filter((item) => item % 5 !== 0 && item % 3 === stream);
      expect(own).toEqual([...own].sort((one, other) => one - other));
    }
    expect(most).toBeGreaterThan(2);
    expect(most).toBeLessThanOrEqual(6);
  });

  test('end with the first that throws, after those begun have ended', async () => {
    const ended: number[] = [];
    const work = async (item: number) => {
      await turn();
      if (item === 1) throw new Error('made');
      await turn();
      ended.push(item);
    };
    await expect(inStreams(from([0, 1, 2, 3, 4, 5, 6, 7]), { abreast: 3, streamOf: String, work, settle: () => undefined })).rejects.toThrow('made');
    expect(ended).toEqual([0, 2, 3]);
  });
});
