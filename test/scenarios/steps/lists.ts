import { Mismatch } from '../step.ts';

const sorted = (items: readonly object[]): object[] => items.toSorted((a, b) => (canonical(a) < canonical(b) ? -1 : 1));

type Fields = Readonly<Record<string, unknown>>;

/** Exactly these, in any order. Each of the found is compared in the fields that any of the expected names. Throws {@link Mismatch}. */
export function sameItems(expected: readonly Fields[], found: readonly Fields[]): void {
  const fields = [...new Set(expected.flatMap((item) => Object.keys(item).filter((key) => item[key] !== undefined)))];
  const compared = found.map((item) => (fields.length === 0 ? item : Object.fromEntries(fields.map((field) => [field, item[field]]))));
  const wanted = expected.map((item) => Object.fromEntries(fields.map((field) => [field, item[field]])));
  same(sorted(wanted), sorted(compared));
}

/** Throws {@link Mismatch} unless the two are the same as JSON with sorted keys. */
export function same(expected: unknown, found: unknown): void {
  if (canonical(expected) !== canonical(found)) throw new Mismatch(expected, found);
}

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, each) =>
    typeof each === 'object' && each !== null && !Array.isArray(each) ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1))) : each,
  ) ?? 'null';
