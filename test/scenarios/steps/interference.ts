import * as z from 'zod';
import type { Item, Stage } from '../stage.ts';
import { act, check } from '../step.ts';
import { ARTICLE_THREE, apiWord, CONTENTS, DESTINATIONS, INSIDERS, INTERFERERS, oneOf, SITUATIONS, wordFor } from '../words.ts';
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
  act(
    '{人员}按第八条处理{报告}',
    z.strictObject({ 认定: z.array(z.strictObject({ 情形: oneOf(SITUATIONS), 所在单位: z.string().optional(), 能分开说明: z.boolean().default(true) })) }),
    async (stage, { 人员: who, 报告: report }, { 认定: list }) => {
      await stage.post(stage.person(who), 'interference/route-report', {
        report: stage.id('报告', report),
        established: list.map(({ 情形: situation, 所在单位: organ, 能分开说明: separable }) => ({
          situation,
          ...(organ === undefined ? {} : { organ: stage.id('单位', organ) }),
          separable,
        })),
      });
    },
  ),
  act('{人员}查阅{报告}', z.strictObject({ 目的: z.string() }), async (stage, { 人员: who, 报告: report }, { 目的: purpose }) => {
    await stage.post(stage.person(who), 'interference/disclose-report', { report: stage.id('报告', report), purpose });
  }),
  check(
    '查阅到',
    z.strictObject({ 报告人: z.string().optional(), 具体情况: z.string(), 干预人: z.array(z.string()), 线索: z.boolean(), 依据: z.string() }),
    async (stage, _, expected) => {
      const reported = stage.answer?.body.disclosed?.find((each: { event: string }) => each.event === 'InterferenceReported')?.restricted;
      same(
        expected,
        reported && {
          ...(expected.报告人 === undefined ? {} : { 报告人: stage.worded(reported.reporter) }),
          具体情况: reported.content.account,
          干预人: reported.content.interferers.map((each: { box: string; name?: string }) => each.name ?? wordFor(INTERFERERS, each.box)),
          线索: reported.lead,
          依据: reported.standing.article,
        },
      );
    },
  ),
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
