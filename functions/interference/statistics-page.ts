import type { DeadlineKind } from '../../events/deadlines.ts';
import { chineseMinute } from '../kernel/chinese-dates.ts';
import { escaped, page } from '../kernel/page.ts';
import { ACT_FIGURES, FIGURES } from './figures.ts';
import { ACT_WORDS, BUREAU_WORDS, chinesePeriod, FIGURE_WORDS, OVERDUE_WORDS } from './inspection-words.ts';
import { type Overdue, type Statistics, sum } from './statistics.ts';

const STYLE = `
@page { size: A4 landscape; margin: 12mm 10mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 277mm; padding: 6mm 0; font: 10.5pt/1.45 "Songti SC", SimSun, "Noto Serif CJK SC", "Noto Sans CJK SC", serif; color: #000; background: #fff; }
h1 { margin: 0; font: 700 18pt/1.4 SimHei, "Noto Sans CJK SC", sans-serif; text-align: center; }
h2 { margin: 6mm 0 2mm; font: 700 12pt/1.4 SimHei, "Noto Sans CJK SC", sans-serif; break-after: avoid; }
.about { display: flex; justify-content: space-between; margin: 3mm 0 2mm; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; font-size: 9pt; font-variant-numeric: tabular-nums; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { border: 0.3mm solid #000; padding: 1mm 0.8mm; text-align: center; overflow-wrap: anywhere; }
th { font-weight: 700; background: #f2f2f2; print-color-adjust: exact; }
th.narrow { line-height: 1.25; }
col.wide { width: 14mm; }
td { white-space: nowrap; }
td.name, th.name { text-align: left; width: 52mm; padding-left: 1.5mm; white-space: normal; }
td.name small { display: block; font: 7.5pt/1.2 Consolas, monospace; }
td.none { color: #888; }
tfoot { display: table-row-group; }
tfoot td { font-weight: 700; }
.bureau { background: #faf3e6; print-color-adjust: exact; }
.notes { margin: 3mm 0 0; padding-left: 1.4em; font-size: 9pt; }
@media screen { body { padding: 10mm; max-width: 297mm; } }
`;

const number = (value: number, kind = ''): string =>
  value === 0 ? `<td class="none ${kind}">0</td>` : `<td${kind === '' ? '' : ` class="${kind}"`}>${value}</td>`;
/** Four characters in two lines of two, so that many columns fit. */
const narrow = (words: string, kind = ''): string => {
  const half = Math.ceil(words.length / 2);
  return `<th class="narrow ${kind}" scope="col">${escaped(words.slice(0, half))}<br>${escaped(words.slice(half))}</th>`;
};
const named = ({ name, id }: { readonly name: string; readonly id: string }): string =>
  `<td class="name">${escaped(name)}${name === id ? '' : `<small>${escaped(id)}</small>`}</td>`;

/** Columns whose sums have many digits. */
const WIDE: ReadonlySet<string> = new Set(['cases', 'rows']);
const BUREAU_FIGURES = Object.keys(BUREAU_WORDS) as (keyof typeof BUREAU_WORDS)[];

function figures({ items, totals }: Statistics): string {
  const cells = (line: Statistics['totals']): string =>
    FIGURES.map((figure) => number(line[figure])).join('') +
    (line.atBureau ? BUREAU_FIGURES.map((figure) => number(line.atBureau?.[figure] ?? 0, 'bureau')).join('') : '');
  const rows = items.map((line) => `<tr>${named({ name: line.name, id: line.institution })}${cells(line)}</tr>`);
  const groups = totals.atBureau
    ? `<tr><th class="name" rowspan="2" scope="col">鉴定机构</th><th colspan="${FIGURES.length}" scope="colgroup">机构可知的情况</th><th class="bureau" colspan="${BUREAU_FIGURES.length}" scope="colgroup">主管机关掌握的情况（不得告知机构，不得列入通报）</th></tr><tr>`
    : '<tr><th class="name" scope="col">鉴定机构</th>';
  const heads =
    FIGURES.map((figure) => narrow(FIGURE_WORDS[figure])).join('') +
    (totals.atBureau ? BUREAU_FIGURES.map((figure) => narrow(BUREAU_WORDS[figure], 'bureau')).join('') : '');
  const columns =
    FIGURES.map((figure) => (WIDE.has(figure) ? '<col class="wide">' : '<col>')).join('') + (totals.atBureau ? '<col>'.repeat(BUREAU_FIGURES.length) : '');
  return `<table><colgroup><col>${columns}</colgroup><thead>${groups}${heads}</tr></thead><tbody>${rows.join('')}</tbody><tfoot><tr><td class="name">合计（${items.length} 家）</td>${cells(totals)}</tr></tfoot></table>`;
}

function acts({ items, totals }: Statistics): string {
  if (!totals.atBureau) return '';
  const cells = (line: Statistics['totals']): string => ACT_FIGURES.map((figure) => number(line.atBureau?.[figure] ?? 0, 'bureau')).join('');
  const some = items.filter(({ atBureau }) => atBureau && ACT_FIGURES.some((figure) => atBureau[figure] > 0));
  const rows = some.map((line) => `<tr>${named({ name: line.name, id: line.institution })}${cells(line)}</tr>`);
  return `<h2>按第八条作出的处理（件次）</h2><table><thead><tr><th class="name" scope="col">报告涉及的鉴定机构</th>${ACT_FIGURES.map((figure) => `<th class="bureau" scope="col">${ACT_WORDS[figure]}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody><tfoot><tr><td class="name">合计</td>${cells(totals)}</tr></tfoot></table>`;
}

function overdue({ items, bureaus = [] }: Statistics): string {
  const holders: readonly { name: string; id: string; overdue: number; byKind: Overdue }[] = [
    ...bureaus.map(({ bureau, name, overdue: all, overdueByKind }) => ({ name, id: bureau, overdue: all, byKind: overdueByKind })),
    ...items.map(({ institution, name, overdue: all, overdueByKind }) => ({ name, id: institution, overdue: all, byKind: overdueByKind })),
  ].filter((each) => each.overdue > 0);
  if (holders.length === 0) return '<h2>逾期事项</h2><p>没有逾期未办的事项。</p>';
  const kinds = (Object.keys(OVERDUE_WORDS) as DeadlineKind[]).filter((kind) => holders.some(({ byKind }) => (byKind[kind] ?? 0) > 0));
  const rows = holders.map(
    ({ name, id, overdue: all, byKind }) => `<tr>${named({ name, id })}${kinds.map((kind) => number(byKind[kind] ?? 0)).join('')}${number(all)}</tr>`,
  );
  const totals = kinds.map((kind) => number(sum(holders.map(({ byKind }) => byKind[kind] ?? 0)))).join('') + number(sum(holders.map((each) => each.overdue)));
  return `<h2>逾期事项</h2><table><thead><tr><th class="name" scope="col">应当办理的单位</th>${kinds.map((kind) => `<th scope="col">${escaped(OVERDUE_WORDS[kind] ?? '')}</th>`).join('')}<th scope="col">合计</th></tr></thead><tbody>${rows.join('')}</tbody><tfoot><tr><td class="name">合计</td>${totals}</tr></tfoot></table>`;
}

const notesOn = (atBureau: boolean): readonly string[] => [
  '案件、记录、报告和处理按事实发生的月份计入；补录的计入其发生的月份。',
  `“机构待办”“尚未补签”“逾期事项”${atBureau ? '“等待处理”“正在办理”“保护未决”' : ''}为数据截至时的情况，不限于统计期间。`,
  '“及时”没有规定天数的，逾期只作提醒，不作违规认定。',
  '依据：司办通〔2020〕56号印发通知第二段。',
];

/** 检查统计 on A4 across. */
export const statisticsPage = (statistics: Statistics & { readonly asOf: string | null }): string => {
  const { from, to, of, asOf } = statistics;
  const title = '记录和报告干预司法鉴定活动情况检查统计表';
  return page({
    title: `${title}（${chinesePeriod({ from, to })}）`,
    style: STYLE,
    body: `<h1>${title}</h1><div class="about"><span>单位：${escaped(of)}</span><span>期间：${chinesePeriod({ from, to })}</span><span>${asOf === null ? '' : `数据截至：${chineseMinute(asOf)}`}</span></div>${figures(statistics)}${acts(statistics)}${overdue(statistics)}<ol class="notes">${notesOn(
      statistics.totals.atBureau !== undefined,
    )
      .map((note) => `<li>${note}</li>`)
      .join('')}</ol>`,
  });
};
