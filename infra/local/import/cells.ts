import { parse } from 'csv-parse/sync';

/** The cells (单元格) of one record as they stand there; `undefined` where it is no CSV. */
export function cellsOf(record: string): readonly string[] | undefined {
  try {
    return parse(record, { relax_column_count: true, record_delimiter: '\n' })[0] ?? [];
  } catch {
    return undefined;
  }
}

/** A cell as it is read: full-width letters, digits and signs are the usual ones (NFKC), blanks around are none of it. */
export const normal = (cell: string): string => cell.normalize('NFKC').trim();
