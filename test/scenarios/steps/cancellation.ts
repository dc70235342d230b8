import * as z from 'zod';
import { act, check } from '../step.ts';
import { CANCELLATION_OUTCOMES, CANCELLATION_STATUS, ITEMS, oneOf, wordFor } from '../words.ts';
import { same, sameItems } from './lists.ts';

export const cancellation = [
  act('{人员}因{整改}申请注销鉴定业务', z.strictObject({}), async (stage, { 人员: who, 整改: name }) => {
    await stage.post(stage.person(who), 'registry/apply-for-cancellation', { rectification: stage.id('整改', name) });
  }),
  act('{人员}预先告知拟因{整改}注销', z.strictObject({}), async (stage, { 人员: who, 整改: name }) => {
    await stage.post(stage.person(who), 'registry/give-cancellation-notice', { cancellation: stage.id('整改', name) });
  }),
  act(
    '{人员}就{整改}申请陈述申辩',
    z.strictObject({ 陈述: z.string().default('虚构的陈述申辩') }),
    async (stage, { 人员: who, 整改: name }, { 陈述: statement }) => {
      await stage.post(stage.person(who), 'registry/request-hearing', { cancellation: stage.id('整改', name), statement });
    },
  ),
  act(
    '{人员}听取{整改}的陈述申辩',
    z.strictObject({ 记录: z.string().default('虚构的听取记录') }),
    async (stage, { 人员: who, 整改: name }, { 记录: account }) => {
      await stage.post(stage.person(who), 'registry/hold-hearing', { cancellation: stage.id('整改', name), account });
    },
  ),
  act('{人员}打开{整改}的陈述申辩材料', z.strictObject({ 目的: z.string() }), async (stage, { 人员: who, 整改: name }, { 目的: purpose }) => {
    await stage.post(stage.person(who), 'registry/disclose-hearing', { cancellation: stage.id('整改', name), purpose });
  }),
  act('{人员}决定{整改}的注销申请', z.strictObject({ 决定: oneOf(CANCELLATION_OUTCOMES) }), async (stage, { 人员: who, 整改: name }, { 决定: outcome }) => {
    await stage.post(stage.person(who), 'registry/decide-cancellation', { cancellation: stage.id('整改', name), outcome });
  }),
  check(
    '{单位}的注销程序恰有下列各项',
    z.strictObject({
      程序: z.array(z.strictObject({ 整改: z.string(), 项目: z.string(), 状态: z.string(), 陈述申辩期限: z.string().optional() })),
    }),
    async (stage, { 单位: agency }, { 程序: expected }) => {
      const { items } = await stage.all(stage.deskOf(agency), 'registry/cancellations');
      sameItems(
        expected,
        items.map((item) => ({
          整改: stage.worded(item.cancellation),
          项目: wordFor(ITEMS, item.item),
          状态: wordFor(CANCELLATION_STATUS, item.status),
          陈述申辩期限: item.hearingUntil ?? undefined,
        })),
      );
    },
  ),
  check(
    '{日期}的名册上{机构}登记下列鉴定项目',
    z.strictObject({ 查询人: z.string(), 项目: z.array(z.string()) }),
    async (stage, { 日期: day, 机构: institution }, { 查询人: who, 项目: expected }) => {
      const { items } = await stage.all(stage.person(who), 'registry/roster', { day });
      const found = items.find(({ uscc }) => uscc === stage.id('单位', institution));
      const scopes: readonly { readonly item: string }[] = found?.scopes ?? [];
      same({ 项目: expected.toSorted() }, { 项目: scopes.map(({ item }) => wordFor(ITEMS, item)).sort() });
    },
  ),
];
