import * as fc from 'fast-check';
import { commit, row, step, write } from './samples.ts';

const few = (...names: string[]) => fc.constantFrom(...names);
const version = fc.integer({ min: 0, max: 4 });

/** Appends to two streams that mostly stand against one another. */
export const anyAppend = fc
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

/** Steps of two streams that mostly come from the wrong version. */
export const anyStep = fc
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
