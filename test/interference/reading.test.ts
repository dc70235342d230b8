import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Reader, readerOf, shownRows } from '../../functions/interference/reading.ts';
import type { Role } from '../../functions/kernel/identity.ts';

const rows = [
  { row: 'own', signer: 'me' },
  { row: 'own, reported', signer: 'me' },
  { row: 'another’s', signer: 'other' },
  { row: 'another’s, reported', signer: 'other' },
];
const reached = new Set(['own, reported', 'another’s, reported']);
const shown = (reader: Reader, person = 'me', to: ReadonlySet<string> = reached) => [...shownRows(rows, { reader, person, reached: to })];

describe('第五条、第十条: who sees which row', () => {
  test('a signer sees his own, reported or not, and no other’s, reported or not', () => {
    expect(shown('signer')).toEqual(['own', 'own, reported']);
    expect(shown('signer', 'nobody')).toEqual([]);
  });
  test('the institution sees its reader’s own rows and those whose report reached it', () => {
    expect(shown('institution')).toEqual(['own', 'own, reported', 'another’s, reported']);
    expect(shown('institution', 'nobody')).toEqual(['own, reported', 'another’s, reported']);
    expect(shown('institution', 'nobody', new Set())).toEqual([]);
  });
  test('the supervising bureau sees all', () => {
    expect(shown('bureau', 'nobody', new Set())).toEqual(rows.map(({ row }) => row));
  });
  test('a row that was not reported to the institution is shown to nobody there but who signed it, whatever else is', () => {
    const anyRow = fc.record({ row: fc.uuid(), signer: fc.constantFrom('a', 'b', 'c') });
    fc.assert(
      fc.property(fc.array(anyRow), fc.array(fc.boolean()), fc.constantFrom<Reader>('signer', 'institution'), (all, flags, reader) => {
        const told = new Set(all.filter((_, at) => flags[at]).map(({ row }) => row));
        for (const row of shownRows(all, { reader, person: 'a', reached: told })) {
          expect(all.find((each) => each.row === row)?.signer === 'a' || told.has(row)).toBe(true);
        }
      }),
    );
  });
});

test.each<[Reader, 'institution' | 'justice-bureau', Role[]]>([
  ['signer', 'institution', ['appraiser']],
  ['institution', 'institution', ['head']],
  ['institution', 'institution', ['staff']],
  ['institution', 'institution', ['appraiser', 'head']],
  ['bureau', 'justice-bureau', ['officer']],
  ['bureau', 'justice-bureau', ['leader']],
])('reads as %s: %s %s', (reader, kind, roles) => {
  expect(readerOf({ kind, roles })).toBe(reader);
});
