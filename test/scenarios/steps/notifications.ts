import * as z from 'zod';
import type { Item, Stage } from '../stage.ts';
import { act, check, Mismatch, Misstated } from '../step.ts';
import { same, sameItems } from './lists.ts';

const notice = z.strictObject({
  事由: z.string(),
  依据: z.string(),
  未告知: z.array(z.string()),
  内容: z.record(z.string(), z.string()),
  /** Where it is told which document comes first. */
  文号: z.string().optional(),
  口径: z.string().optional(),
  来自: z.string().optional(),
  应当签收: z.boolean().optional(),
  签收日期: z.string().optional(),
  催办日期: z.string().optional(),
  状态: z.string().optional(),
});

const outgoing = z.strictObject({
  收件单位: z.string(),
  事由: z.string(),
  状态: z.string(),
  签收日期: z.string().optional(),
  催办日期: z.string().optional(),
  上报日期: z.string().optional(),
  答复次数: z.int().optional(),
});

export const inboxOf = async (stage: Stage, agency: string, person: string | undefined, show: 'all' | 'open' = 'all') =>
  stage.all(stage.asking(agency, person), 'notifications/inbox', { show });

/** The one notice of that purpose among these. */
export function oneOf(items: readonly Item[], purpose: string): Item {
  const fitting = items.filter((item) => item.purpose === purpose);
  const [first] = fitting;
  if (!first || fitting.length > 1)
    throw new Misstated(`其中有 ${fitting.length} 件事由为“${purpose}”的通知：${items.map((item) => item.purpose).join('；') || '空'}`);
  return first;
}

/** Number of a notice, which a scenario has no name for. */
const numbered = (particulars: Item): Item =>
  Object.fromEntries(Object.entries(particulars).map(([name, value]) => [name, name === '通知编号' ? value.replace(/^[0-9a-f]{32}$/, '有编号') : value]));

export const notifications = [
  act('{人员}签收通知', z.strictObject({ 事由: z.string() }), async (stage, { 人员: who }, { 事由: purpose }) => {
    const { items } = await stage.all(stage.person(who), 'notifications/inbox', { show: 'all' });
    await stage.post(stage.person(who), 'notifications/sign-for-notice', { about: oneOf(items, purpose).about });
  }),
  act('{人员}答复通知', z.strictObject({ 事由: z.string(), 内容: z.string() }), async (stage, { 人员: who }, { 事由: purpose, 内容: text }) => {
    const { items } = await stage.all(stage.person(who), 'notifications/inbox', { show: 'all' });
    await stage.post(stage.person(who), 'notifications/reply-to-notice', { about: oneOf(items, purpose).about, text });
  }),
  act(
    '{人员}打开{单位}对通知的答复',
    z.strictObject({ 发出单位: z.string().optional(), 事由: z.string(), 目的: z.string() }),
    async (stage, { 人员: who, 单位: agency }, { 发出单位: sender, 事由: purpose, 目的: why }) => {
      const asking = sender === undefined ? stage.person(who) : stage.deskOf(sender);
      const { items } = await stage.all(asking, 'notifications/sent', { show: 'all' });
      const recipient = stage.id('单位', agency);
      const { about } = oneOf(
        items.filter((item) => item.recipient === recipient),
        purpose,
      );
      await stage.post(stage.person(who), 'notifications/disclose-reply', { about, recipient, purpose: why });
    },
  ),
  check(
    '打开的答复恰有下列各项',
    z.strictObject({ 答复: z.array(z.strictObject({ 答复日期: z.string(), 内容: z.string() })) }),
    async (stage, _, { 答复: expected }) => {
      const replies: readonly Item[] = stage.answer?.body.disclosed ?? [];
      sameItems(
        expected,
        replies.map((each) => ({ 答复日期: each.repliedOn, 内容: each.text })),
      );
    },
  ),
  check(
    '{单位}的发件箱恰有下列通知',
    z.strictObject({ 查询人: z.string().optional(), 尚未签收的: z.boolean().default(false), 通知: z.array(outgoing) }),
    async (stage, { 单位: agency }, { 查询人: person, 尚未签收的: open, 通知: expected }) => {
      const { items } = await stage.all(stage.asking(agency, person), 'notifications/sent', { show: open ? 'open' : 'all' });
      sameItems(
        expected,
        items.map((item) => ({
          收件单位: stage.worded(item.recipient),
          事由: item.purpose,
          状态: item.statusText,
          签收日期: item.signedOn ?? undefined,
          催办日期: item.remindedOn ?? undefined,
          上报日期: item.escalatedOn ?? undefined,
          答复次数: item.replies,
        })),
      );
    },
  ),
  check(
    '{单位}的收件箱恰有下列通知',
    z.strictObject({ 查询人: z.string().optional(), 通知: z.array(notice).min(1), 未签收: z.int().optional() }),
    async (stage, { 单位: agency }, { 查询人: person, 通知: expected, 未签收: open }) => {
      const { items, beside } = await inboxOf(stage, agency, person);
      sameItems(
        expected,
        items.map(({ particulars: { 文号, ...particulars }, ...item }) => ({
          事由: item.purpose,
          依据: item.basis.article,
          未告知: item.withheld,
          内容: numbered(stage.worded(particulars)),
          文号,
          口径: item.basis.reading,
          来自: item.sender === 'system' ? '系统' : stage.worded(item.sender),
          应当签收: item.mustSign,
          签收日期: item.signedOn ?? undefined,
          催办日期: item.remindedOn ?? undefined,
          状态: item.statusText,
        })),
      );
      if (open !== undefined) same({ 未签收: open }, { 未签收: beside.open });
    },
  ),
  check('{单位}的收件箱没有通知', z.strictObject({ 查询人: z.string().optional() }), async (stage, { 单位: agency }, { 查询人: person }) => {
    const { items } = await inboxOf(stage, agency, person);
    if (items.length > 0) throw new Mismatch([], stage.worded(items));
  }),
];
