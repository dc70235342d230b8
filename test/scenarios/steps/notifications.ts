import * as z from 'zod';
import type { Stage } from '../stage.ts';
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
});

const inboxOf = async (stage: Stage, agency: string, person: string | undefined, show: 'all' | 'open' = 'all') =>
  stage.all(stage.asking(agency, person), 'notifications/inbox', { show });

export const notifications = [
  act('{人员}签收通知', z.strictObject({ 事由: z.string() }), async (stage, { 人员: who }, { 事由: purpose }) => {
    const { items } = await stage.all(stage.person(who), 'notifications/inbox', { show: 'all' });
    const fitting = items.filter((item) => item.purpose === purpose);
    const [first] = fitting;
    if (!first || fitting.length > 1)
      throw new Misstated(`收件箱中有 ${fitting.length} 件事由为“${purpose}”的通知：${items.map((item) => item.purpose).join('；') || '空'}`);
    await stage.post(stage.person(who), 'notifications/sign-for-notice', { about: first.about });
  }),
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
          内容: stage.worded(particulars),
          文号,
          口径: item.basis.reading,
          来自: item.sender === 'system' ? '系统' : stage.worded(item.sender),
          应当签收: item.mustSign,
          签收日期: item.signedOn ?? undefined,
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
