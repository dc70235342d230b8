import * as z from 'zod';
import type { Item, Stage } from '../stage.ts';
import { act, check } from '../step.ts';
import { BREACHES, MEASURES, ORDER_STATUS, oneOf, SUBJECT_ROLES, wordFor } from '../words.ts';
import { sameItems } from './lists.ts';

/** 责任主体: an appraiser by name, or in what capacity at which institution. */
export const subject = z.union([z.string(), z.strictObject({ 单位: z.string(), 身份: oneOf(SUBJECT_ROLES) })]);
type Subject = z.output<typeof subject>;

export const subjectOf = (stage: Stage, of: Subject) =>
  typeof of === 'string'
    ? { kind: 'appraiser' as const, id: stage.id('人员', of) }
    : { kind: 'institution' as const, id: stage.id('单位', of.单位), role: of.身份 };

const subjectWords = (stage: Stage, { kind, id, role }: Item): string =>
  kind === 'appraiser' ? stage.worded(id) : `${stage.worded(id)}（${wordFor(SUBJECT_ROLES, role)}）`;

export const sanctions = [
  act(
    '{人员}作出{认定}',
    z.strictObject({ 责任主体: subject, 所在机构: z.string(), 情形: oneOf(BREACHES), 次数: z.int().default(1), 事实: z.string().default('虚构的检查发现') }),
    async (stage, { 人员: who, 认定: name }, { 责任主体: of, 所在机构: institution, 情形: breach, 次数: acts, 事实: account }) => {
      const answer = await stage.post(stage.person(who), 'sanctions/find-breach', {
        subject: subjectOf(stage, of),
        institution: stage.id('单位', institution),
        breach,
        acts,
        account,
      });
      // A command of an agency names what it writes: its own id is the finding's.
      if (stage.accepted) stage.name('认定', name, answer.body.correlationId);
    },
  ),
  act('{人员}撤回{认定}', z.strictObject({ 责任主体: subject, 理由: z.string() }), async (stage, { 人员: who, 认定: name }, { 责任主体: of, 理由: reason }) => {
    await stage.post(stage.person(who), 'sanctions/withdraw-finding', { subject: subjectOf(stage, of), finding: stage.id('认定', name), reason });
  }),
  act('{人员}核实{认定}已经改正', z.strictObject({}), async (stage, { 人员: who, 认定: name }) => {
    await stage.post(stage.person(who), 'sanctions/verify-correction', { finding: stage.id('认定', name) });
  }),
  check(
    '{单位}的行政处理决定恰有下列各项',
    z.strictObject({
      查询人: z.string().optional(),
      决定: z.array(
        z.strictObject({
          认定: z.string(),
          文号: z.string().optional(),
          责任主体: z.string(),
          措施: z.array(z.string()),
          改正期限: z.string(),
          状态: z.string(),
        }),
      ),
    }),
    async (stage, { 单位: agency }, { 查询人: person, 决定: expected }) => {
      const { items } = await stage.all(stage.asking(agency, person), 'sanctions/orders');
      sameItems(
        expected,
        items.map((item) => ({
          认定: stage.worded(item.finding),
          文号: item.number,
          责任主体: subjectWords(stage, item.subject),
          措施: item.measures.map((each: string) => wordFor(MEASURES, each)),
          改正期限: item.legalDue,
          状态: wordFor(ORDER_STATUS, item.status),
        })),
      );
    },
  ),
];
