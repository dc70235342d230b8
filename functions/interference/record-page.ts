import { escaped, page } from '../kernel/page.ts';
import { type Box, boxesFor, type PrintedForm, type SealedBlock, type ShownBlock } from './printed-form.ts';
import { divide, type Room } from './room.ts';

type Block = ShownBlock | SealedBlock;

/** What found no room in its box: it goes on here (续页). */
interface Continued {
  readonly label: string;
  readonly text: string;
}

const TITLE = '干预司法鉴定活动记录表';
const NOTE = '注：多于 2 名鉴定人或其他人员的案件，请自行增加附表。';
const GOES_ON = '（下接续页）';

/** Text line of the form: 139 mm of characters of 10.5 pt, less two that a line may give to the next one for its punctuation. */
const LINE = 35;
/** Room of each place where a text stands, as the style sheet below sets its height. `indent`: what is printed before it on its first line. */
const ROOM = {
  header: { lines: 2, width: LINE, indent: 0 },
  interferer: { lines: 2, width: LINE, indent: 17 },
  content: { lines: 2, width: LINE, indent: 32 },
  account: { lines: 8, width: LINE, indent: 5 },
  remarks: { lines: 5, width: LINE, indent: 0 },
} as const satisfies Record<string, Room>;

const ARTICLE_THREE = { plead: '（一）', 'private-meeting': '（二）', coerce: '（三）', other: '（四）' } as const;

/** Where a text stands; what does not fit is said to go on, and kept for the continuation. */
function put(text: string, room: Room, label: string, rest: Continued[]): string {
  const { here, over } = divide(text, room, GOES_ON);
  if (over === '') return `<bdi>${escaped(here)}</bdi>`;
  rest.push({ label, text: over });
  return `<bdi>${escaped(here)}</bdi><span class="on">${GOES_ON}</span>`;
}

type Tick = 'ticked' | 'blank' | 'sealed';

const TICKS: Readonly<Record<Tick, { readonly says: string; readonly mark: string }>> = {
  ticked: { says: '已勾选', mark: '<path d="M3.2 8.4 6.8 12 13 3.8" fill="none" stroke="currentColor" stroke-width="1.9"/>' },
  blank: { says: '未勾选', mark: '' },
  sealed: { says: '封存', mark: '<path d="M1.5 8 8 1.5M1.5 14.5 14.5 1.5M8 14.5 14.5 8" stroke="currentColor" stroke-width=".7"/>' },
};

/** Drawn, for not every font has ☐ and ☑. */
const square = (tick: Tick): string =>
  `<svg class="box ${tick}" viewBox="0 0 16 16" role="img" aria-label="${TICKS[tick].says}"><rect x="1.5" y="1.5" width="13" height="13" fill="none" stroke="currentColor" stroke-width="1.1"/>${TICKS[tick].mark}</svg>`;

function boxed({ box, label, ticked, text }: Box<string>, sealed: boolean, fill: (text: string) => string): string {
  const tick = square(sealed ? 'sealed' : ticked ? 'ticked' : 'blank');
  if (box !== 'other') return `<span class="choice">${tick}${label}</span>`;
  return `<span class="choice">${tick}${label}</span>${text === null ? '<span class="line"></span>' : `<u>${fill(text)}</u>`}`;
}

const place = (number: number, label: string): string => `第 ${number} 栏\n${label}`;

function accountOf({ persons, account }: Pick<ShownBlock, 'persons' | 'account'>): string {
  const named = persons.map(({ label, name, organ }) => `${name ?? '姓名不明'}（${organ === null ? '' : `${organ}，`}${label}）`);
  return [...(named.length === 0 ? [] : [`干预人：${named.join('；')}。`]), account ?? ''].join('\n');
}

const chineseDay = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number);
  return `${year} 年 ${month} 月 ${date} 日`;
};

const signature = (block: Block | undefined): string =>
  `<div class="signature">鉴定人或其他人员签名：${block ? `<span class="signer">${escaped(block.signer)}</span>` : '<span class="line"></span>'}<span class="day">${
    block ? chineseDay(block.signedOn) : '<i></i>年<i></i>月<i></i>日'
  }</span></div>`;

/** One 情况记录 of a sheet; `undefined`: nobody has signed it yet. */
function blockRows(block: Block | undefined, at: number, rest: Continued[]): string {
  const sealed = block?.sealed === true;
  const number = block?.number ?? 0;
  const { none, interferers, contents } = block && !block.sealed ? block : boxesFor(at);
  const choices = (boxes: readonly Box<string>[], room: Room, label: string): string =>
    boxes.map((box) => boxed(box, sealed, (text) => put(text, room, place(number, label), rest))).join('<wbr>');
  const account = block === undefined ? '' : block.sealed ? '已签名，内容依规定封存。' : put(accountOf(block), ROOM.account, place(number, '具体情况'), rest);
  return `<tr class="who"><th scope="row" rowspan="3">情况记录${block ? `<small>第 ${number} 栏</small>` : ''}</th><td>
<div class="choice-line"><span class="choice">${square(sealed ? 'sealed' : none ? 'ticked' : 'blank')}无此类情况</span></div>
<div class="choice-line">干预人：${choices(interferers, ROOM.interferer, '干预人（其他）')}</div></td></tr>
<tr class="what"><td><div class="choice-line">干预内容：${choices(contents, ROOM.content, '干预内容（其他）')}</div></td></tr>
<tr class="how"><td><div class="frame"><div class="account${sealed ? ' is-sealed' : ''}">具体情况：${account}</div>${signature(block)}</div></td></tr>`;
}

/** 备注 of one block: what it corrects, that evidence is missing (art. 4: 应当及时固定相关证据), where evidence is kept, the situations of art. 3. */
function remarksOf(block: Block): readonly string[] {
  if (block.sealed) return [];
  const { number, corrects, evidence, articleThree } = block;
  return [
    ...(corrects === null ? [] : [`第 ${number} 栏更正第 ${corrects.number} 栏。`]),
    ...(block.missingEvidence ? [`第 ${number} 栏未附证据。`] : []),
    ...(articleThree.length === 0 ? [] : [`第 ${number} 栏属第三条第${articleThree.map((kind) => ARTICLE_THREE[kind]).join('、')}项情形。`]),
    ...evidence.map(({ kind, keptAt, sha256 }, at) => `第 ${number} 栏证据 ${at + 1}：${kind}，存于${keptAt}，SHA-256 ${sha256}。`),
  ];
}

/** A sheet of the official form: two 情况记录; every further two stand on an 附表 of the same layout. */
function sheet(form: PrintedForm, index: number, blocks: readonly (Block | undefined)[], rest: Continued[]): string {
  const remarks = blocks.flatMap((block) => (block ? remarksOf(block) : []));
  const title = index === 0 ? TITLE : `${TITLE}（附表 ${index}）`;
  const first = index === 0;
  return `<section class="sheet"><h1>${title}</h1>
<table class="form"><colgroup><col class="label"><col></colgroup><tbody>
<tr class="header"><th scope="row">案件编号</th><td>${put(numberOf(form), ROOM.header, '案件编号', first ? rest : [])}</td></tr>
<tr class="header"><th scope="row">鉴定事项</th><td>${put(form.matter, ROOM.header, '鉴定事项', first ? rest : [])}</td></tr>
${blocks.map((block, at) => blockRows(block, at, rest)).join('\n')}
<tr class="remarks"><th scope="row">备注</th><td>${put(remarks.join('\n'), ROOM.remarks, first ? '备注' : `备注（附表 ${index}）`, rest)}</td></tr>
</tbody></table>
<p class="note">${NOTE}</p></section>`;
}

const numberOf = ({ case: number, number: kind }: PrintedForm): string => (kind === 'matter' ? `${number}（受理前事项编号）` : number);

/** 续页: what found no room in its box, in the order of the sheets. It breaks where the paper ends, under a heading that is printed again. */
const continuation = (form: PrintedForm, rest: readonly Continued[]): string =>
  `<section class="sheet continuation"><table class="form"><colgroup><col class="label"><col></colgroup>
<thead><tr><td colspan="2" class="heading"><h1>${TITLE}（续页）</h1></td></tr>
<tr><th scope="row">案件编号</th><td><bdi>${escaped(numberOf(form))}</bdi></td></tr></thead>
<tbody>${rest.map(({ label, text }) => `<tr><th scope="row">${label}<small>（接表内）</small></th><td class="text"><bdi>${escaped(text)}</bdi></td></tr>`).join('\n')}</tbody></table></section>`;

const STYLE = `
@page { size: A4; margin: 17mm 20mm 17mm; @bottom-center { content: "第 " counter(page) " 页　共 " counter(pages) " 页"; font: 9pt "Noto Serif CJK SC", "Songti SC", SimSun, serif; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; color: #000; font: 10.5pt/1.45 "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", SimSun, serif; }
.sheet { break-after: page; }
.sheet:last-child { break-after: auto; }
h1 { height: 14mm; margin: 0; text-align: center; font-size: 18pt; line-height: 10mm; font-weight: 700; letter-spacing: .06em; }
.form { width: 170mm; border-collapse: collapse; table-layout: fixed; }
.form .label { width: 27mm; }
.form th, .form td { border: .25mm solid #000; padding: 1mm 2mm; font-weight: 400; vertical-align: middle; }
.form td { text-align: left; overflow-wrap: anywhere; word-break: break-all; white-space: pre-wrap; }
.form th { text-align: center; letter-spacing: .08em; white-space: pre-line; }
.form th small { display: block; margin-top: 1mm; font-size: 8pt; letter-spacing: 0; color: #444; }
.header td { height: 13mm; }
.who td { height: 24mm; white-space: normal; }
.what td { height: 13mm; white-space: normal; }
.how td { height: 52mm; white-space: normal; vertical-align: top; }
.remarks td { height: 29mm; vertical-align: top; }
.choice-line bdi, .account { white-space: pre-wrap; }
.choice { display: inline-block; white-space: nowrap; margin-right: 1em; }
.box { width: 1.05em; height: 1.05em; margin-right: .25em; vertical-align: -.14em; }
.box.sealed { color: #777; }
.line { display: inline-block; width: 16mm; height: 1em; border-bottom: .25mm solid #000; vertical-align: -.1em; }
u { text-underline-offset: .2em; text-decoration-thickness: .25mm; }
.on { color: #444; text-decoration: none; display: inline-block; }
.frame { display: flex; flex-direction: column; min-height: 50mm; }
.account { flex: 1; }
.account.is-sealed { color: #444; }
.signature .line { width: 30mm; }
.signature { display: flex; align-items: baseline; justify-content: flex-end; white-space: nowrap; line-height: 6mm; }
.signer { min-width: 30mm; padding: 0 1mm; border-bottom: .25mm solid #000; font: 7.5pt/1 "Noto Sans Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace; }
.day { margin-left: 5mm; }
.day i { display: inline-block; width: 7mm; }
.note { margin: 2mm 0 0; font-size: 9.5pt; line-height: 5mm; }
.continuation thead { break-inside: avoid; }
.continuation .heading { border: 0; padding: 0; }
.continuation th, .continuation .text { vertical-align: top; }
@media screen {
  body { padding: 8mm; background: #e7e7e4; }
  .sheet { width: 210mm; min-height: 297mm; margin: 0 auto 8mm; padding: 17mm 20mm; background: #fff; box-shadow: 0 .5mm 3mm rgb(0 0 0 / .25); }
}
`;

/**
 * 《干预司法鉴定活动记录表》 as a page to be printed: one A4 for two signers, an 附表 for every further two, 续页 for what is longer than its box.
 * Source: 附件.
 */
export function recordPage(form: PrintedForm): string {
  const rest: Continued[] = [];
  const sheets: string[] = [];
  for (let at = 0; at === 0 || at < form.blocks.length; at += 2) {
    sheets.push(sheet(form, at / 2, [form.blocks[at], form.blocks[at + 1]], rest));
  }
  const body = [...sheets, ...(rest.length === 0 ? [] : [continuation(form, rest)])].join('\n');
  return page({ title: `${TITLE} ${form.case}`, style: STYLE, body });
}
