import type { ListingRow, ViewStore } from '../../functions/kernel/ports.ts';

/** What a query or a schedule may read, over rows and counters that a test names. */
export function viewsOf(all: readonly ListingRow[], counters: Readonly<Record<string, number>> = {}): Pick<ViewStore, 'row' | 'rows' | 'counter' | 'counters'> {
  const inOrder = (a: ListingRow, b: ListingRow) => (a.sort < b.sort ? -1 : 1);
  return {
    row: async (listing, partition, sort) => all.find((row) => row.listing === listing && row.partition === partition && row.sort === sort),
    rows: async (listing, partition, { after, until, limit, newestFirst = false }) => {
      const own = all.filter((row) => row.listing === listing && row.partition === partition).toSorted(inOrder);
      const turned = newestFirst ? own.toReversed() : own;
      const found = turned.filter(
        ({ sort }) =>
          (after === undefined || (newestFirst ? sort < after : sort > after)) && (until === undefined || (newestFirst ? sort >= until : sort <= until)),
      );
      const rows = found.slice(0, limit);
      const last = rows.at(-1);
      return { rows, ...(found.length > limit && last ? { next: last.sort } : {}) };
    },
    counter: async (counter) => counters[counter] ?? 0,
    counters: async (prefix) =>
      Object.entries(counters)
        .filter(([counter]) => counter.startsWith(prefix))
        .map(([counter, value]) => ({ counter, value })),
  };
}
