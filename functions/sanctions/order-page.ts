import { chineseDay } from '../kernel/chinese-dates.ts';
import { basisLine, decisionPage, lastDay } from '../kernel/decision-page.ts';
import { escaped } from '../kernel/page.ts';
import type { Json } from '../kernel/ports.ts';
import { capacityOf } from './breaches.ts';
import { KIND, MEASURES } from './ladder.ts';
import type { OrderDocument } from './order.ts';
import { BREACH_WORDS, CAPACITY_WORDS } from './words.ts';

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
  const verified = correctedOn === null ? '' : `已于${chineseDay(correctedOn)}核实改正。`;
  return `改正期限：${lastDay(correction)}。${verified}`;
}

/**
 * 行政处理决定书: whom it concerns by role, what was found, by which article, the measures with what of them is revoked. The provisions name no
 * remedy, so that the document names none.
 */
export function orderPage(answer: Json): string {
  const order = answer as unknown as OrderDocument;
  const lines = [
    `责任主体：${escaped(order.issuedTo)}（${CAPACITY_WORDS[capacityOf(order.subject)]}）。`,
    `认定情形：${BREACH_WORDS[order.breach]}，计${order.acts}次。`,
    basisLine(order.basis),
    `处理措施（${KIND}）：`,
    ...order.measures.map(measureLine),
    correctionLine(order),
  ].filter((line) => line !== undefined);
  return decisionPage(order, { title: '行政处理决定书', lines, on: order.issuedOn });
}
