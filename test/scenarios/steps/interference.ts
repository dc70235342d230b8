import * as z from 'zod';
import type { Item, Stage } from '../stage.ts';
import { act, check } from '../step.ts';
import {
  ACTS,
  ARTICLE_THREE,
  apiWord,
  CONTENTS,
  DESTINATIONS,
  IDENTITY_PURPOSES,
  INSIDERS,
  INTERFERERS,
  OPENED,
  OUTCOMES,
  oneOf,
  PROTECTION_OUTCOMES,
  PROTECTIONS,
  PROTECTORS,
  REPORT_STATUS,
  SITUATIONS,
  wordFor,
} from '../words.ts';
import { same, sameItems } from './lists.ts';

/** 情况记录, as the form has it. A box alone is its own item; 其他 needs its text. */
const content = z.union([
  z.literal('无此类情况').transform(() => ({ answer: 'none' as const })),
  z
    .strictObject({
      干预人: z.array(
        z.union([z.string(), z.strictObject({ 选项: z.string(), 其他: z.string().optional(), 姓名: z.string().optional(), 单位: z.string().optional() })]),
      ),
      干预内容: z.array(z.union([z.string(), z.strictObject({ 选项: z.string(), 其他: z.string().optional() })])),
      属于第三条: z.array(oneOf(ARTICLE_THREE)),
      具体情况: z.string(),
      证据: z.array(z.string()).default([]),
    })
    .transform(({ 干预人: interferers, 干预内容: contents, 属于第三条: articleThree, 具体情况: account, 证据: evidence }) => ({
      answer: 'interference' as const,
      interferers: interferers.map((each) =>
        typeof each === 'string'
          ? { box: apiWord(INTERFERERS, each) }
          : { box: apiWord(INTERFERERS, each.选项), other: each.其他, name: each.姓名, organ: each.单位 },
      ),
      contents: contents.map((each) => (typeof each === 'string' ? { box: apiWord(CONTENTS, each) } : { box: apiWord(CONTENTS, each.选项), other: each.其他 })),
      articleThree,
      account,
      evidence: evidence.map((kind) => ({ kind, sha256: 'a'.repeat(64), keptAt: '虚构证据柜' })),
    })),
]);

const sign = async (stage: Stage, who: string, number: string, filled: z.output<typeof content>, name: string, corrects?: string): Promise<void> => {
  const answer = await stage.post(stage.person(who), 'interference/sign-row', {
    case: stage.id('案件', number),
    content: filled,
    ...(corrects === undefined ? {} : { corrects: stage.id('记录', corrects) }),
  });
  if (!stage.accepted) return;
  // A command of an agency names what it writes: its own id is the row's.
  stage.name('记录', name, answer.body.correlationId);
  stage.contents.set(name, filled);
};

const lastPart = (stream: unknown): string => String(stream).split('/').at(-1) ?? '';

/** 认定的情形, one an interferer. */
const establishing = z.array(
  z.strictObject({ 情形: oneOf(SITUATIONS), 所在单位: z.string().optional(), 能分开说明: z.boolean().default(true), 党员: z.boolean().optional() }),
);
const establishedIn = (stage: Stage, list: z.output<typeof establishing>) =>
  list.map(({ 情形: situation, 所在单位: organ, 能分开说明: separable, 党员: partyMember }) => ({
    situation,
    ...(organ === undefined ? {} : { organ: stage.id('单位', organ) }),
    separable,
    ...(partyMember === undefined ? {} : { partyMember }),
  }));

/** What a person reads of what he signed and reported. */
const ownRecord = z.strictObject({
  记录: z.string(),
  报告: z
    .array(
      z.strictObject({
        去向: z.string(),
        状态: z.string(),
        查阅: z.array(z.strictObject({ 内容: z.string(), 单位: z.string(), 目的: z.string().optional() })),
      }),
    )
    .default([]),
  保护请求: z.array(z.strictObject({ 情形: z.string(), 结果: z.string().optional(), 查阅次数: z.int() })).default([]),
});

export const interference = [
  act(
    '{人员}在{案件}的记录表上签名',
    z.strictObject({ 情况: content, 记为: z.string().optional() }),
    async (stage, { 人员: who, 案件: number }, { 情况: filled, 记为: name }) => sign(stage, who, number, filled, name ?? `${who}的记录`),
  ),
  act(
    '{人员}在{案件}中更正{记录}',
    z.strictObject({ 情况: content, 记为: z.string().optional() }),
    async (stage, { 人员: who, 案件: number, 记录: row }, { 情况: filled, 记为: name }) => sign(stage, who, number, filled, name ?? `对${row}的更正`, row),
  ),
  act('{人员}调阅{案件}的记录表', z.strictObject({ 目的: z.string() }), async (stage, { 人员: who, 案件: number }, { 目的: purpose }) => {
    await stage.post(stage.person(who), 'interference/disclose-record', { case: stage.id('案件', number), purpose });
  }),
  check(
    '记录表恰有下列各栏',
    z.strictObject({
      栏: z.array(
        z.strictObject({
          签名人: z.string(),
          日期: z.string(),
          内容: z.string().optional(),
          勾选: z.array(z.string()).optional(),
          更正: z.int().optional(),
          未附证据: z.literal(true).optional(),
        }),
      ),
    }),
    async (stage, _, { 栏: expected }) => {
      const blocks: Item[] = stage.answer?.body.disclosed?.blocks ?? [];
      same(
        expected,
        blocks.map((block) => ({
          // Who is no appraiser stands in no register, and the API names nobody.
          签名人: stage.has(stage.worded(block.signer)) ? stage.worded(block.signer) : '其他人员',
          日期: block.signedOn,
          ...(block.sealed
            ? { 内容: '已签名，内容依规定封存' }
            : {
                ...(block.account === null ? {} : { 内容: block.account }),
                勾选: [
                  ...(block.none ? ['无此类情况'] : []),
                  ...[...block.interferers, ...block.contents]
                    .filter(({ ticked }: Item) => ticked)
                    .map(({ label, text }: Item) => (text === null ? label : `${label}：${text}`)),
                ],
                ...(block.corrects === null ? {} : { 更正: block.corrects.number }),
                ...(block.missingEvidence ? { 未附证据: true as const } : {}),
              }),
        })),
      );
    },
  ),
  check(
    '{单位}的未签齐记录恰有下列各项',
    z.strictObject({
      查询人: z.string().optional(),
      记录: z.array(z.strictObject({ 案件: z.string(), 鉴定机构: z.string(), 尚未签名: z.array(z.string()), 办结日期: z.string() })),
    }),
    async (stage, { 单位: agency }, { 查询人: person, 记录: expected }) => {
      const { items } = await stage.all(stage.asking(agency, person), 'interference/missing-rows');
      sameItems(
        expected,
        items.map((item) => ({
          案件: stage.worded(item.case),
          鉴定机构: stage.worded(item.institution),
          尚未签名: stage.worded(item.missing),
          办结日期: item.concludedOn,
        })),
      );
    },
  ),
  act(
    '{人员}将{记录}报告{去向}',
    z.strictObject({ 机构内部人员: oneOf(INSIDERS).default('none'), 造成严重后果: z.boolean().default(false), 案件: z.string(), 记为: z.string().optional() }),
    async (stage, { 人员: who, 记录: row, 去向: to }, { 机构内部人员: insider, 造成严重后果: seriousConsequences, 案件: number, 记为: name }) => {
      const answer = await stage.post(stage.person(who), 'interference/report-interference', {
        case: stage.id('案件', number),
        row: stage.id('记录', row),
        to: apiWord(DESTINATIONS, to),
        content: stage.contents.get(row),
        insider,
        seriousConsequences,
      });
      if (stage.accepted) stage.name('报告', name ?? `${who}的报告`, String(answer.body.stream).split('/').at(-1) ?? '');
    },
  ),
  act('{人员}向主管机关转报{报告}', z.strictObject({}), async (stage, { 人员: who, 报告: report }) => {
    await stage.post(stage.person(who), 'interference/forward-report', { report: stage.id('报告', report) });
  }),
  act('{人员}按第八条处理{报告}', z.strictObject({ 认定: establishing }), async (stage, { 人员: who, 报告: report }, { 认定: list }) => {
    await stage.post(stage.person(who), 'interference/route-report', { report: stage.id('报告', report), established: establishedIn(stage, list) });
  }),
  act(
    '{人员}重新认定{报告}',
    z.strictObject({ 认定: establishing, 理由: z.string() }),
    async (stage, { 人员: who, 报告: report }, { 认定: list, 理由: reason }) => {
      await stage.post(stage.person(who), 'interference/reclassify-report', {
        report: stage.id('报告', report),
        established: establishedIn(stage, list),
        reason,
      });
    },
  ),
  act(
    '{人员}登记{报告}的办理结果',
    z.strictObject({ 处理: oneOf(ACTS), 办理单位: z.string(), 结果: oneOf(OUTCOMES), 情况: z.string().default('虚构的办理情况') }),
    async (stage, { 人员: who, 报告: report }, { 处理: act, 办理单位: recipient, 结果: outcome, 情况: account }) => {
      const body = { report: stage.id('报告', report), act, recipient: stage.id('单位', recipient), outcome, account };
      await stage.post(stage.person(who), 'interference/record-outcome', body);
    },
  ),
  act(
    '{人员}依章程处理{报告}',
    z.strictObject({ 处理结果: z.string(), 党组织一并处理: z.boolean().default(false) }),
    async (stage, { 人员: who, 报告: report }, { 处理结果: outcome, 党组织一并处理: byPartyOrganization }) => {
      await stage.post(stage.person(who), 'interference/deal-with-insider', { report: stage.id('报告', report), outcome, byPartyOrganization });
    },
  ),
  act(
    '{人员}收回报给{去向}的{记录}',
    z.strictObject({ 案件: z.string(), 理由: z.string() }),
    async (stage, { 人员: who, 记录: row, 去向: to }, { 案件: number, 理由: reason }) => {
      const body = { case: stage.id('案件', number), row: stage.id('记录', row), to: apiWord(DESTINATIONS, to), reason };
      await stage.post(stage.person(who), 'interference/withdraw-report', body);
    },
  ),
  act(
    '{人员}查明{报告}的报告人',
    z.strictObject({ 目的: oneOf(IDENTITY_PURPOSES), 理由: z.string() }),
    async (stage, { 人员: who, 报告: report }, { 目的: purpose, 理由: reason }) => {
      await stage.post(stage.person(who), 'interference/disclose-reporter', { report: stage.id('报告', report), purpose, reason });
    },
  ),
  check('查明的报告人是{人员}', z.strictObject({}), async (stage, { 人员: person }) =>
    same({ 报告人: stage.id('人员', person) }, { 报告人: stage.answer?.body.disclosed?.reporter }),
  ),
  act(
    '{人员}就{记录}请求保护',
    z.strictObject({ 案件: z.string(), 情形: oneOf(PROTECTIONS), 向: oneOf(PROTECTORS), 经过: z.string(), 记为: z.string().optional() }),
    async (stage, { 人员: who, 记录: row }, { 案件: number, 情形: kind, 向: to, 经过: account, 记为: name }) => {
      const body = { case: stage.id('案件', number), row: stage.id('记录', row), kind, to, account, evidence: [] };
      const answer = await stage.post(stage.person(who), 'interference/seek-protection', body);
      if (stage.accepted) stage.name('保护请求', name ?? `${who}的保护请求`, lastPart(answer.body.stream));
    },
  ),
  act('{人员}打开{保护请求}的内容', z.strictObject({ 目的: z.string() }), async (stage, { 人员: who, 保护请求: matter }, { 目的: purpose }) => {
    await stage.post(stage.person(who), 'interference/disclose-protection', { matter: stage.id('保护请求', matter), purpose });
  }),
  act(
    '{人员}处理{保护请求}为{结果}',
    z.strictObject({ 移送: z.string().optional(), 情况: z.string().default('虚构的处理情况') }),
    async (stage, { 人员: who, 保护请求: matter, 结果: outcome }, { 移送: organ, 情况: account }) => {
      await stage.post(stage.person(who), 'interference/decide-protection', {
        matter: stage.id('保护请求', matter),
        outcome: apiWord(PROTECTION_OUTCOMES, outcome),
        ...(organ === undefined ? {} : { transferredTo: stage.id('单位', organ) }),
        account,
      });
    },
  ),
  check(
    '{人员}查到本人在{案件}的记录与报告恰有下列各项',
    z.strictObject({ 记录: z.array(ownRecord) }),
    async (stage, { 人员: who, 案件: number }, { 记录: expected }) => {
      const { body } = await stage.ask(stage.person(who), 'interference/own-records', { case: stage.id('案件', number) });
      sameItems(
        expected,
        body.items.map((item: Item) => ({
          记录: stage.worded(item.row),
          报告: item.reports.map((each: Item) => ({
            去向: wordFor(DESTINATIONS, each.to),
            状态: wordFor(REPORT_STATUS, each.status),
            查阅: each.opened.latest.map(({ what, toAgency, purpose }: Item) => ({
              内容: wordFor(OPENED, what),
              单位: stage.worded(toAgency),
              ...(purpose === undefined ? {} : { 目的: wordFor(IDENTITY_PURPOSES, purpose) }),
            })),
          })),
          保护请求: item.protections.map((each: Item) => ({
            情形: wordFor(PROTECTIONS, each.kind),
            ...(each.outcome === null ? {} : { 结果: wordFor(PROTECTION_OUTCOMES, each.outcome) }),
            查阅次数: each.opened.total,
          })),
        })),
      );
    },
  ),
  act('{人员}查阅{报告}', z.strictObject({ 目的: z.string() }), async (stage, { 人员: who, 报告: report }, { 目的: purpose }) => {
    await stage.post(stage.person(who), 'interference/disclose-report', { report: stage.id('报告', report), purpose });
  }),
  check('查阅到', z.strictObject({ 具体情况: z.string(), 干预人: z.array(z.string()), 线索: z.boolean(), 依据: z.string() }), async (stage, _, expected) => {
    const reported = stage.answer?.body.disclosed?.find((each: { event: string }) => each.event === 'InterferenceReported')?.restricted;
    same(
      { ...expected, 报告人: undefined },
      reported && {
        报告人: reported.reporter,
        具体情况: reported.content.account,
        干预人: reported.content.interferers.map((each: { box: string; name?: string }) => each.name ?? wordFor(INTERFERERS, each.box)),
        线索: reported.lead,
        依据: reported.standing.article,
      },
    );
  }),
  check('答复中没有报告的内容', z.strictObject({}), async (stage) => same(undefined, stage.answer?.body.disclosed)),
  check(
    '{单位}的报告一览恰有下列各项',
    z.strictObject({
      查询人: z.string().optional(),
      报告: z.array(z.strictObject({ 报告: z.string(), 案件: z.string(), 状态: z.string(), 报告日期: z.string().optional() })),
    }),
    async (stage, { 单位: agency }, { 查询人: person, 报告: expected }) => {
      const { items } = await stage.all(stage.asking(agency, person), 'interference/reports');
      sameItems(
        expected,
        items.map((item) => ({ 报告: stage.worded(item.report), 案件: stage.worded(item.case), 状态: item.statusText, 报告日期: item.reportedOn })),
      );
    },
  ),
  check(
    '{机构}的记录一览恰有下列各项',
    z.strictObject({ 查询人: z.string().optional(), 记录: z.array(z.strictObject({ 案件: z.string(), 已签名: z.int() })) }),
    async (stage, { 机构: agency }, { 查询人: person, 记录: expected }) => {
      const { items } = await stage.all(stage.asking(agency, person), 'interference/records');
      sameItems(
        expected,
        items.map((item) => ({ 案件: stage.worded(item.case), 已签名: item.signed })),
      );
    },
  ),
];
