import { LIMITS } from './limits.ts';
import { type Append, LimitExceeded, type ProjectionStep, type RowName } from './ports.ts';

/**
 * What every store refuses before it writes. Beyond a size it throws {@link LimitExceeded}; what no correct caller
 * sends (an empty write, a key twice, half a surrogate pair in a name) is a TypeError.
 */

/** The JSON texts of the receipts' bodies, in order, of a write that the ledger takes. */
export function checkAppend({ commit, receipts, guards }: Append): readonly string[] {
  if (!commit && receipts.length === 0) throw new TypeError('append: neither a commit nor a receipt');
  atMost('items', (commit ? 2 : 0) + receipts.length + guards.length);
  if (new Set(receipts.map(({ key }) => key)).size < receipts.length) throw new TypeError('receipt: given twice');
  let total = 0;
  if (commit) {
    const state = atMost('state', utf8(commit.state));
    total += nameSize(commit.stream) + atMost('commit', commit.bytes.byteLength + state);
  }
  for (const { stream, version } of guards) {
    if (!Number.isSafeInteger(version) || version < 0) throw new TypeError('guard: a version is a whole number from 0');
    total += nameSize(stream);
  }
  const bodies = receipts.map(({ key, body }) => {
    const text = JSON.stringify(body);
    total += nameSize(key) + atMost('receipt', utf8(text));
    return text;
  });
  atMost('write', total);
  return bodies;
}

/**
 * The JSON texts of the rows' items, in order, the row that is kept with its text, and the counters with the sum of their moves, of a step that the views take. The limits of
 * its parts keep it below `write`.
 */
export function checkStep({ stream, from, to, rows, kept, counters }: ProjectionStep): {
  items: readonly string[];
  kept: readonly { row: RowName; item: string }[];
  moves: ReadonlyMap<string, number>;
} {
  if (to <= from) throw new TypeError('step: goes to a later version than it comes from');
  atMost('rows', rows.length);
  const all = kept ? [...rows, kept] : rows;
  if (all.some((row, at) => all.findIndex((other) => sameRow(row, other)) < at)) throw new TypeError('row: given twice');
  nameSize(stream);
  const texts = all.map(({ listing, partition, sort, item }) => {
    atMost('name', nameSize(listing) + nameSize(partition));
    nameSize(sort);
    const text = JSON.stringify(item);
    atMost('row', utf8(text));
    return text;
  });
  const moves = new Map<string, number>();
  for (const { counter, by } of counters) {
    if (!Number.isSafeInteger(by)) throw new TypeError('counter: moves by a whole number');
    nameSize(counter);
    moves.set(counter, (moves.get(counter) ?? 0) + by);
  }
  atMost('counters', moves.size);
  return { items: texts.slice(0, rows.length), kept: kept ? [{ row: kept, item: texts.at(-1) as string }] : [], moves };
}

/** A page asked for: a whole number of entries from 1, and no more than `most` where the port says so. Throws RangeError. */
export function checkPage(limit: number, most = Number.MAX_SAFE_INTEGER): number {
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > most) throw new RangeError(`limit: ${limit} is not a whole number from 1 to ${most}`);
  return limit;
}

/** Whether two names are one row's: a store removes the rows of the old mark of which this holds for none of the new. */
export function sameRow(one: RowName, other: RowName): boolean {
  return one.sort === other.sort && one.partition === other.partition && one.listing === other.listing;
}

/** Rows that one page of a listing may hold. */
export const LARGEST_ROW_PAGE = 1000;

function atMost(what: keyof typeof LIMITS, actual: number): number {
  if (actual > LIMITS[what]) throw new LimitExceeded(what, LIMITS[what], actual);
  return actual;
}

function nameSize(text: string): number {
  if (text === '' || !text.isWellFormed()) throw new TypeError('name: is empty, or holds half a surrogate pair');
  return atMost('name', utf8(text));
}

function utf8(text: string): number {
  return Buffer.byteLength(text);
}
