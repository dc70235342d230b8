import { itemTitle } from '../../events/items.ts';
import { chineseDay } from '../kernel/chinese-dates.ts';
import { basisLine, decisionPage, lastDay } from '../kernel/decision-page.ts';
import { escaped } from '../kernel/page.ts';
import type { Json } from '../kernel/ports.ts';
import type { RectificationOrder } from './rectification.ts';

/** 责令限期整改决定书: the item, the two years, by which document adopted here, until when; and whether it was cancelled since. */
export function orderPage(answer: Json): string {
  const order = answer as unknown as RectificationOrder;
  const { start, rawDue, alertDue } = order.dates;
  const lines = [
    ...(order.cancelledOn === null ? [] : [`（本决定已于${chineseDay(order.cancelledOn)}撤销：能力验证结果更正后，连续两年不合格不再成立。）`]),
    `鉴定项目：${escaped(itemTitle(order.item))}。`,
    `认定情形：${order.years.map((year) => `${year}年度`).join('、')}连续两年能力验证不合格。`,
    basisLine(order.basis),
    '决定事项：责令限期整改上列鉴定项目，并在期限内提交整改情况和证据。',
    `整改期限：至${lastDay(order.dates)}届满。期限自${chineseDay(start)}的次日起计算，计算所得末日为${chineseDay(rawDue)}，末日以前的最后工作日为${chineseDay(alertDue)}。`,
  ];
  return decisionPage(order, { title: '责令限期整改决定书', lines, on: order.orderedOn });
}
