import type { DataOf } from '../../events/event.ts';
import type { CircularIssued, InstitutionFigures } from '../../events/interference.ts';
import { chineseDay } from '../kernel/chinese-dates.ts';
import { escaped, page } from '../kernel/page.ts';
import { FIGURES } from './figures.ts';
import { chinesePeriod, FIGURE_WORDS } from './inspection-words.ts';
import { totalsOf } from './statistics.ts';

/** 通报 as the query answers it. */
export type CircularDocument = Omit<DataOf<typeof CircularIssued>, 'lines'> & {
  readonly bureauName: string;
  readonly lines: readonly (InstitutionFigures & { readonly institution: string; readonly name: string })[];
};

const STYLE = `
@page { size: A4 portrait; margin: 25mm 22mm 22mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 166mm; font: 15pt/1.75 FangSong, STFangsong, "Noto Serif CJK SC", "Noto Sans CJK SC", serif; color: #000; background: #fff; }
header { border-bottom: 0.8mm solid #c00; padding-bottom: 5mm; text-align: center; color: #c00; font-weight: 700; }
header .bureau { font: 700 32pt/1.3 "FZXiaoBiaoSong-B05S", SimSun, "Noto Serif CJK SC", "Noto Sans CJK SC", serif; letter-spacing: 0.08em; }
header .kind { margin-top: 2mm; font: 700 20pt/1.3 "FZXiaoBiaoSong-B05S", SimSun, "Noto Serif CJK SC", "Noto Sans CJK SC", serif; letter-spacing: 0.6em; text-indent: 0.6em; }
h1 { margin: 10mm 0 8mm; font: 700 20pt/1.45 "FZXiaoBiaoSong-B05S", SimSun, "Noto Serif CJK SC", "Noto Sans CJK SC", serif; text-align: center; text-wrap: balance; }
h2 { margin: 4mm 0 1mm; font: 400 15pt/1.75 SimHei, "Noto Sans CJK SC", sans-serif; text-indent: 2em; break-after: avoid; }
p { margin: 0; text-indent: 2em; text-align: justify; overflow-wrap: anywhere; }
p.to, p.flat { text-indent: 0; }
table { width: 100%; margin: 3mm 0 2mm; border-collapse: collapse; table-layout: fixed; font: 9.5pt/1.35 SimSun, "Noto Serif CJK SC", "Noto Sans CJK SC", serif; font-variant-numeric: tabular-nums; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { border: 0.25mm solid #000; padding: 1.2mm 0.6mm; text-align: center; overflow-wrap: anywhere; }
th { font-weight: 700; }
th.name, td.name { width: 43mm; text-align: left; padding-left: 1.5mm; }
tfoot { display: table-row-group; }
tfoot td { font-weight: 700; white-space: nowrap; }
th.wide { width: 13mm; }
.signed { margin: 14mm 0 0; text-align: right; text-indent: 0; break-inside: avoid; break-before: avoid; }
.signed div { display: inline-block; text-align: center; margin-right: 2em; }
footer { margin-top: 10mm; border-top: 0.25mm solid #000; padding-top: 2mm; font-size: 10pt; line-height: 1.5; break-inside: avoid; }
@media screen { body { padding: 20mm 0; } }
`;

const paragraphs = (text: string): string =>
  text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => `<p>${escaped(line.trim())}</p>`)
    .join('');

const head = (words: string, wide: boolean): string =>
  `<th${wide ? ' class="wide"' : ''} scope="col">${words.slice(0, Math.ceil(words.length / 2))}<br>${words.slice(Math.ceil(words.length / 2))}</th>`;

/** 情况通报 as an officer prints it. It bears no seal, and says so. */
export const circularPage = ({ circular, bureauName, from, to, lines, text, measures, issuedOn, basis }: CircularDocument): string => {
  const title = `关于${chinesePeriod({ from, to })}记录和报告干预司法鉴定活动情况的通报`;
  const cells = (figures: InstitutionFigures): string => FIGURES.map((figure) => `<td>${figures[figure]}</td>`).join('');
  const rows = lines.map((line) => `<tr><td class="name">${escaped(line.name)}</td>${cells(line)}</tr>`).join('');
  return page({
    title,
    style: STYLE,
    body: `<header><div class="bureau">${escaped(bureauName)}</div><div class="kind">情况通报</div></header>
<h1>${title}</h1>
<p class="to">各有关司法鉴定机构：</p>
<h2>一、总体情况</h2>${paragraphs(text)}
<h2>二、各机构情况</h2>
<table><thead><tr><th class="name" scope="col">鉴定机构</th>${FIGURES.map((figure) => head(FIGURE_WORDS[figure], figure === 'cases' || figure === 'rows')).join('')}</tr></thead><tbody>${rows}</tbody><tfoot><tr><td class="name">合计（${lines.length}家）</td>${cells(totalsOf(lines, FIGURES))}</tr></tfoot></table>
<h2>三、工作要求</h2>${paragraphs(measures)}
<div class="signed"><div>${escaped(bureauName)}<br>${chineseDay(issuedOn)}</div></div>
<footer><p class="flat">依据：${escaped(basis.document)}${escaped(basis.article)}。“机构待办”“尚未补签”“逾期事项”为统计时的情况，不限于通报期间。</p><p class="flat">本件依电子文书打印，未加盖印章。通报编号：${circular}</p></footer>`,
  });
};
