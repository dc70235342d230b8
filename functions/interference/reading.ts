import type { Actor } from '../kernel/identity.ts';

/** 调阅人: a signer, who reads for the case's institution, who reads for its supervising bureau. */
export type Reader = 'signer' | 'institution' | 'bureau';

/** Whoever appraises and leads the institution at once reads for the institution. */
export const readerOf = ({ kind, roles }: Pick<Actor, 'kind' | 'roles'>): Reader => {
  if (kind === 'justice-bureau') return 'bureau';
  return roles.includes('head') || roles.includes('staff') ? 'institution' : 'signer';
};

interface ReadRow {
  readonly row: string;
  readonly signer: string;
}

const own = ({ signer }: ReadRow, person: string): boolean => signer === person;

/** `reached`: rows whose report reached the institution. */
const SHOWN: Readonly<Record<Reader, (row: ReadRow, person: string, reached: ReadonlySet<string>) => boolean>> = {
  signer: own,
  institution: (row, person, reached) => own(row, person) || reached.has(row.row),
  bureau: () => true,
};

/** 可以看到内容的记录: of every other row the reader learns that it is signed, whatever it says (art. 5, 10; a sealed row that looked different from “none” would tell). */
export const shownRows = (
  rows: readonly ReadRow[],
  { reader, person, reached }: { readonly reader: Reader; readonly person: string; readonly reached: ReadonlySet<string> },
): ReadonlySet<string> => new Set(rows.filter((each) => SHOWN[reader](each, person, reached)).map(({ row }) => row));
