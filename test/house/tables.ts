import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { citationOf } from '../../events/documents.ts';
import { isLine, type Line, type Silence } from '../../functions/notifications/line.ts';
import { routingTable } from '../../functions/notifications/routing-table.ts';
import { ACTS, type ActRule } from '../../functions/notifications/tellings.ts';

/** A table of a README that is drawn from the data that the code decides by (由数据生成的表). */
export interface Table {
  /** Path from the root. */
  readonly file: string;
  /** Names its place: between `<!-- table: name -->` and `<!-- end: name -->`. */
  readonly name: string;
  readonly markdown: () => string;
}

type Cells = readonly string[];

/** A Markdown table; what would end a cell is escaped. */
export const markdownTable = (heads: Cells, rows: readonly Cells[]): string =>
  [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.map((each) => each.replaceAll('|', '\\|')).join(' | ')} |`).join('\n');

/** What a cell says: itself, or the title of how it is picked. */
const said = (cell: unknown): string => {
  if (Array.isArray(cell)) return cell.join('、');
  return typeof cell === 'object' && cell !== null && 'title' in cell ? `_${cell.title}_` : String(cell);
};
const conditioned = (text: string, when: string | undefined): string => (when === undefined ? text : `${text}: ${when}`);

const lineCells = ({ event, when, recipients, sender, purpose, withheld, particulars, mustSign, article, document }: Line): Cells => [
  conditioned(`\`${event.name}\``, when?.title),
  recipients.title,
  sender === 'system' ? '系统' : said(sender),
  said(purpose),
  said(withheld),
  Object.keys(particulars).join('、'),
  typeof mustSign === 'boolean' ? (mustSign ? 'yes' : '–') : said(mustSign),
  document === undefined ? article : `${citationOf(document)} ${article}`,
];
const silenceCells = ({ event, when, nobody }: Silence): Cells => [conditioned(`\`${event.name}\``, when), nobody];
const actCells = ([act, { words, purpose, alsoWithheld, hidesCase }]: [string, ActRule]): Cells => [
  `\`${act}\``,
  words,
  purpose,
  alsoWithheld.join('、') || '–',
  hidesCase ? 'no' : 'yes',
];

const NOTIFICATIONS = 'functions/notifications/README.md';

export const TABLES: readonly Table[] = [
  {
    file: NOTIFICATIONS,
    name: 'notices',
    markdown: () =>
      markdownTable(
        [
          'event',
          'who is told',
          'from',
          'purpose 事由',
          'withheld 未告知',
          'particulars 内容',
          'to sign for',
          'article (of 司办通〔2020〕56号 where no document is named)',
        ],
        routingTable.filter(isLine).map(lineCells),
      ),
  },
  {
    file: NOTIFICATIONS,
    name: 'acts',
    markdown: () => markdownTable(['act of art. 8', '办理事项', 'purpose 事由', 'also withheld', 'names the case'], Object.entries(ACTS).map(actCells)),
  },
  {
    file: NOTIFICATIONS,
    name: 'silences',
    markdown: () =>
      markdownTable(
        ['event of which nobody is told', 'why'],
        routingTable.filter((row) => !isLine(row)).map((row) => silenceCells(row as Silence)),
      ),
  },
];

/** The text with the table in its place. Throws where the place is missing. */
export function drawn(text: string, { file, name, markdown }: Table): string {
  const place = new RegExp(`(<!-- table: ${name} -->\n)[\\s\\S]*?(<!-- end: ${name} -->)`);
  if (!place.test(text)) throw new Error(`${file}: no place for the table “${name}”: <!-- table: ${name} --> … <!-- end: ${name} -->`);
  return text.replace(place, (_, begin: string, end: string) => `${begin}\n${markdown()}\n\n${end}`);
}

const root = fileURLToPath(new URL('../../', import.meta.url));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--write')) {
    for (const table of TABLES) writeFileSync(root + table.file, drawn(readFileSync(root + table.file, 'utf8'), table));
  } else console.log('--write: draws the tables of the READMEs anew from the data that the code decides by');
}
