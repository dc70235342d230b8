import * as z from 'zod';
import { act, check } from '../step.ts';
import { DELEGABLE, DELEGATION_STANDING, oneOf, ROLES, wordFor } from '../words.ts';
import { same, sameItems } from './lists.ts';

const BUREAU_ROLES = ROLES['justice-bureau'] ?? {};
const day = z.iso.date();

export const delegation = [
  act(
    '{人员}给予{委托}',
    z.strictObject({ 受托人: z.string(), 事项: z.array(oneOf(DELEGABLE)), 自: day, 至: day }),
    async (stage, { 人员: who, 委托: name }, { 受托人: to, 事项: commands, 自: from, 至: until }) => {
      const answer = await stage.post(stage.person(who), 'agencies/delegate', { to: stage.person(to).person, commands, from, until });
      if (stage.accepted) stage.name('委托', name, answer.body.correlationId);
    },
  ),
  act('{人员}撤销{委托}', z.strictObject({}), async (stage, { 人员: who, 委托: name }) => {
    await stage.post(stage.person(who), 'agencies/revoke-delegation', { delegation: stage.id('委托', name) });
  }),
  check(
    '{单位}的委托恰有下列各项',
    z.strictObject({ 查询人: z.string().optional(), 委托: z.array(z.strictObject({ 委托: z.string(), 至: z.string(), 状态: z.string() })) }),
    async (stage, { 单位: agency }, { 查询人: person, 委托: expected }) => {
      const { items } = await stage.all(stage.asking(agency, person), 'agencies/delegations');
      sameItems(
        expected,
        items.map((item) => ({ 委托: stage.worded(item.delegation), 至: item.until, 状态: wordFor(DELEGATION_STANDING, item.standing) })),
      );
    },
  ),
  check('{人员}查到{认定}写明双方身份', z.strictObject({ 受托人: z.string(), 委托人: z.string() }), async (stage, { 人员: who, 认定: finding }, expected) => {
    const { body } = await stage.ask(stage.person(who), `trace/${stage.id('认定', finding)}`);
    const [{ roles, onBehalfOf }] = body.tree;
    const words = (of: readonly string[] = []) => of.map((role) => wordFor(BUREAU_ROLES, role)).join('、');
    same({ 说明: '受委托办理', ...expected }, { 说明: onBehalfOf?.title, 受托人: words(roles), 委托人: words(onBehalfOf?.roles) });
  }),
];
