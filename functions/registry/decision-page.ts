import { itemTitle } from '../../events/items.ts';
import { chineseDay } from '../kernel/chinese-dates.ts';
import { basisLine, decisionPage } from '../kernel/decision-page.ts';
import { escaped } from '../kernel/page.ts';
import type { Json } from '../kernel/ports.ts';
import type { CancellationDecision } from './cancellation.ts';

const OUTCOMES: Readonly<Record<CancellationDecision['outcome'], { readonly title: string; readonly decided: string }>> = {
  cancel: { title: '注销鉴定业务决定书', decided: '自决定之日起注销上列鉴定项目，你机构的其他鉴定业务不受影响' },
  keep: { title: '不予注销鉴定业务决定书', decided: '对上列鉴定项目不予注销' },
};

/** 注销决定书: the item, how the institution was told and heard, by which document, and whether it was withdrawn since. */
export function decisionDocument(answer: Json): string {
  const decision = answer as unknown as CancellationDecision;
  const { noticedOn, heldOn, decidedOn, withdrawnOn } = decision;
  const { title, decided } = OUTCOMES[decision.outcome];
  const heard = heldOn === null ? '你机构在期限内没有申请陈述、申辩' : `${chineseDay(heldOn)}听取了陈述、申辩`;
  const lines = [
    ...(withdrawnOn === null ? [] : [`（本决定已于${chineseDay(withdrawnOn)}撤销：能力验证结果更正后，所依据的整改不再成立。）`]),
    `鉴定项目：${escaped(itemTitle(decision.item))}。`,
    `办理经过：${noticedOn === null ? '' : `${chineseDay(noticedOn)}作出注销预先告知；`}${heard}。`,
    basisLine(decision.basis),
    `决定事项：${decided}。`,
  ];
  return decisionPage(decision, { title, lines, on: decidedOn });
}
