import type { Basis } from '../../events/basis.ts';
import type { ThreeDates } from '../../events/common.ts';
import { chineseDay } from './chinese-dates.ts';
import { escaped, page } from './page.ts';

const STYLE = `
@page { size: A4; margin: 37mm 26mm 35mm 28mm }
body { font: 16pt/28pt FangSong, STFangsong, "Noto Serif CJK SC", serif; color: #000; max-width: 156mm; margin: 0 auto }
h1 { font: 22pt/1.4 SimSun, STSong, "Noto Serif CJK SC", serif; text-align: center; margin: 0 0 8mm }
.number { text-align: right; margin: 0 0 6mm }
p { margin: 0; text-indent: 2em }
.to, .number, .signed { text-indent: 0 }
.signed { text-align: right; margin-top: 28pt; white-space: pre-line; break-inside: avoid; break-before: avoid }
del { text-decoration: line-through }
`;

/** What every decision document says; until it is numbered the number is `null` and the names may be ids. */
interface Decided {
  readonly number: string | null;
  readonly issuedBy: string;
  readonly issuedTo: string;
}

/** A decision document (决定书) on A4, its margins and type as GB/T 9704—2012 sets them. `title` and `lines` are markup that its maker answers for. */
export const decisionPage = (
  { number, issuedBy, issuedTo }: Decided,
  { title, lines, on }: { readonly title: string; readonly lines: readonly string[]; readonly on: string },
): string =>
  page({
    title: `${title} ${number ?? ''}`.trimEnd(),
    style: STYLE,
    body: [
      `<h1>${escaped(issuedBy)}<br>${title}</h1>`,
      `<p class="number">${escaped(number ?? '（文号编制中）')}</p>`,
      `<p class="to">${escaped(issuedTo)}：</p>`,
      ...lines.map((line) => `<p>${line}</p>`),
      `<p class="signed">${escaped(issuedBy)}\n${chineseDay(on)}</p>`,
    ].join('\n'),
  });

/** 处理依据, with the reading that the decision rests on, as markup. */
export const basisLine = ({ document, article, reading }: Basis): string =>
  `处理依据：${escaped(document)}${escaped(article)}${reading === undefined ? '' : `（解释口径：${escaped(reading)}）`}。`;

/** The last day of a deadline, and whether it may still move. */
export const lastDay = ({ legalDue, beyondCalendar }: ThreeDates): string =>
  `${chineseDay(legalDue)}${beyondCalendar ? '（该日期超出已公布的放假安排，暂只按周末推算）' : ''}`;
