import { chineseDay } from '../kernel/chinese-dates.ts';
import { escaped, page } from '../kernel/page.ts';
import type { Json } from '../kernel/ports.ts';
import { capacityOf } from './breaches.ts';
import { KIND, MEASURES } from './ladder.ts';
import type { OrderDocument } from './order.ts';
import { BREACH_WORDS, CAPACITY_WORDS } from './words.ts';

const STYLE = `
@page { size: A4; margin: 37mm 26mm 35mm 28mm }
body { font: 16pt/28pt FangSong, STFangsong, "Noto Serif CJK SC", serif; color: #000; max-width: 156mm; margin: 0 auto }
h1 { font: 22pt/1.4 SimSun, STSong, "Noto Serif CJK SC", serif; text-align: center; margin: 0 0 8mm }
.number { text-align: right; margin: 0 0 6mm }
p { margin: 0; text-indent: 2em }
.to, .number, .signed { text-indent: 0 }
.signed { text-align: right; margin-top: 14mm; white-space: pre-line; break-inside: avoid }
del { text-decoration: line-through }
`;

const WITHDRAWN = { own: '所依据的认定已撤回', earlier: '在先的认定已撤回，次数不再达到规定' } as const;

function measureLine({ measure, revoked }: OrderDocument['measures'][number], at: number): string {
  const line = `（${'一二三四'[at]}）${MEASURES[measure].title}`;
  if (!revoked) return line;
  const by = revoked.number === null ? '' : `，撤销决定文号：${escaped(revoked.number)}`;
  return `<del>${line}</del>（已撤销：${chineseDay(revoked.on)}，${revoked.ownFinding ? WITHDRAWN.own : WITHDRAWN.earlier}${by}）`;
}

/** 改正期限 for as long as the order to correct stands; none where there was none or it is revoked. */
function correctionLine({ measures, correction, correctedOn }: OrderDocument): string | undefined {
  if (!measures.some(({ measure, revoked }) => measure === 'order-to-correct' && revoked === null)) return undefined;
  const warning = correction.beyondCalendar ? '（该日期超出已公布的放假安排，暂只按周末推算）' : '';
  const verified = correctedOn === null ? '' : `已于${chineseDay(correctedOn)}核实改正。`;
  return `改正期限：${chineseDay(correction.legalDue)}${warning}。${verified}`;
}

/**
 * 行政处理决定书 on A4, its margins and type as GB/T 9704—2012 sets them: number, whom it concerns by role, what was found, by which article,
 * the measures with what of them is revoked. The provisions name no remedy, so that the document names none.
 */
export function orderPage(answer: Json): string {
  const order = answer as unknown as OrderDocument;
  const { document, article, reading } = order.basis;
  const lines = [
    `责任主体：${escaped(order.issuedTo)}（${CAPACITY_WORDS[capacityOf(order.subject)]}）。`,
    `认定情形：${BREACH_WORDS[order.breach]}，计${order.acts}次。`,
    `处理依据：${escaped(document)}${escaped(article)}${reading === undefined ? '' : `（解释口径：${escaped(reading)}）`}。`,
    `处理措施（${KIND}）：`,
    ...order.measures.map(measureLine),
    correctionLine(order),
  ].filter((line) => line !== undefined);
  return page({
    title: `行政处理决定书 ${order.number ?? ''}`.trimEnd(),
    style: STYLE,
    body: [
      `<h1>${escaped(order.issuedBy)}<br>行政处理决定书</h1>`,
      `<p class="number">${escaped(order.number ?? '（文号编制中）')}</p>`,
      `<p class="to">${escaped(order.issuedTo)}：</p>`,
      ...lines.map((line) => `<p>${line}</p>`),
      `<p class="signed">${escaped(order.issuedBy)}\n${chineseDay(order.issuedOn)}</p>`,
    ].join('\n'),
  });
}
