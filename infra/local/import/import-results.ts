import type { Kernel } from '../../../functions/kernel/kernel.ts';
import { cellsOf, normal } from './cells.ts';
import { foreignness, isMarkedUtf8, recordDecoder } from './encoding.ts';
import { inStreams } from './in-streams.ts';
import { type Columns, columnsOf, type Fault, isFault, lineOf, type ResultInput, reasonOf } from './proficiency-lines.ts';
import { type Recording, recordResult } from './record-result.ts';
import { type FileRecord, RECORD_AT_MOST, splitRecords } from './records.ts';
import type { Report } from './report.ts';
import { InvalidFile, type Source } from './source.ts';

/** Lines on their way at once: enough for those that wait for the disk to share its commits. */
const ABREAST = 64;

/** A line of the file: a result, or why it is none. */
type Read = { readonly line: number } & ({ readonly input: ResultInput } | Fault);

/** A table (结果表) whose header is in order, before the first of its lines was read. */
export interface ResultTable {
  readonly lines: AsyncIterable<Read>;
}

/** Reads the header. Throws {@link InvalidFile} where the file holds no table of results. */
export async function openResults({ content, beginning }: Pick<Source, 'content' | 'beginning'>): Promise<ResultTable> {
  const foreign = foreignness(beginning);
  if (foreign !== undefined) throw new InvalidFile(foreign);
  const rows = rowsOf(splitRecords(content), recordDecoder({ utf8: isMarkedUtf8(beginning) }));
  const header = await rows.next();
  const cells = header.done || isFault(header.value) ? [] : header.value.cells;
  const columns = columnsOf(cells);
  if (isFault(columns)) throw new InvalidFile(columns.fault);
  const first = await rows.next();
  if (first.done) throw new InvalidFile('文件只有表头，没有结果');
  return { lines: linesOf(columns, first.value, rows) };
}

/** Records every line's result once, in the order of the file for each institution and item; what is refused is told with its line. */
export async function importResults(
  kernel: Kernel,
  { lines }: ResultTable,
  recording: Recording,
  report: Report,
  tell: (lines: number) => void = () => undefined,
): Promise<void> {
  await inStreams(withoutDoubles(lines), {
    abreast: ABREAST,
    streamOf: (read) => (isFault(read) ? undefined : `${read.input.institution}/${read.input.item}`),
    work: async (read) => (isFault(read) ? read.fault : recordResult(kernel, read.input, recording)),
    settle: ({ line, ...read }, outcome) => {
      if (outcome === 'accepted' || outcome === 'known') report.done(outcome);
      else report.refuse(line, typeof outcome === 'string' ? outcome : reasonOf(outcome, (read as { input: ResultInput }).input));
      tell(line);
    },
  });
}

type Row = { readonly line: number } & ({ readonly cells: readonly string[] } | Fault);

const FAULTS = {
  'too-long': `一条记录超过 ${RECORD_AT_MOST / 1024} KB`,
  quotes: '引号没有成对，不是规范的 CSV',
} as const;
const FOREIGN = '编码与文件其他部分不一致';

/** Every record that is not blank (空行). */
async function* rowsOf(records: AsyncIterable<FileRecord>, decode: (bytes: Uint8Array) => string | undefined): AsyncGenerator<Row> {
  for await (const record of records) {
    const row = rowOf(record, decode);
    if (isFault(row) || row.cells.some((cell) => normal(cell) !== '')) yield row;
  }
}

function rowOf(record: FileRecord, decode: (bytes: Uint8Array) => string | undefined): Row {
  const { line } = record;
  if ('fault' in record) return { line, fault: FAULTS[record.fault] };
  const text = decode(record.bytes);
  if (text === undefined) return { line, fault: FOREIGN };
  const cells = cellsOf(text);
  return cells === undefined ? { line, fault: FAULTS.quotes } : { line, cells };
}

async function* linesOf(columns: Columns, first: Row, rows: AsyncIterable<Row>): AsyncGenerator<Read> {
  const read = (row: Row): Read => {
    if (isFault(row)) return row;
    const line = lineOf(columns, row.cells);
    return { line: row.line, ...(isFault(line) ? line : { input: line }) };
  };
  yield read(first);
  for await (const row of rows) yield read(row);
}

/** A second line for one institution, item and year is refused: which of the two is right, the file does not say. */
async function* withoutDoubles(lines: AsyncIterable<Read>): AsyncGenerator<Read> {
  const seen = new Map<string, number>();
  for await (const read of lines) {
    if (isFault(read)) {
      yield read;
      continue;
    }
    const { institution, item, year } = read.input;
    const key = `${institution}/${item}/${year}`;
    const before = seen.get(key);
    if (before === undefined) seen.set(key, read.line);
    yield before === undefined ? read : { line: read.line, fault: `与第 ${before} 行重复：同一机构、项目、年度只能有一个结果` };
  }
}
