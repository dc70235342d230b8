import * as z from 'zod';
import type { Item, Stage } from '../stage.ts';
import { act, check } from '../step.ts';
import { DEADLINES, type Words, wordFor } from '../words.ts';
import { same, sameItems } from './lists.ts';

/** 机构可知的统计项目: what a circular may carry. */
const KNOWN: Words = {
  建档案件: 'cases',
  已签记录: 'rows',
  要求补签: 'asked',
  补齐案件: 'completed',
  收到报告: 'reports',
  机构转报: 'forwarded',
  内部处理: 'insiders',
  报告撤回: 'withdrawn',
  机构待办: 'open',
  尚未补签: 'missing',
  逾期事项: 'overdue',
};
/** 仅主管机关掌握的统计项目 */
const AT_BUREAU: Words = {
  直接报告: 'direct',
  直报撤回: 'withdrawn',
  作出处理: 'routed',
  重新认定: 'reclassified',
  已经办结: 'closed',
  请示报告: 'upward',
  请求保护: 'sought',
  等待处理: 'waiting',
  正在办理: 'handling',
  保护未决: 'undecided',
  调查处理: 'act:investigate',
  告知委托人: 'act:tell-commissioner',
};

const columns = (words: Words, from: Item | undefined) => Object.fromEntries(Object.entries(words).flatMap(([word, key]) => (from ? [[word, from[key]]] : [])));
const lineOf = (stage: Stage, item: Item) => ({ 机构: stage.worded(item.institution), ...columns(KNOWN, item), ...columns(AT_BUREAU, item.atBureau) });
const overdueOf = (byKind: Item) => Object.fromEntries(Object.entries(byKind).map(([kind, count]) => [wordFor(DEADLINES, kind), count]));

const line = z.record(z.string(), z.union([z.string(), z.int()]));
const period = { 起始月份: z.string().optional(), 截止月份: z.string().optional() };
const monthsOf = ({ 起始月份: from, 截止月份: to }: { 起始月份?: string | undefined; 截止月份?: string | undefined }) => ({
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
});

export const inspection = [
  act('{人员}查询检查统计', z.strictObject({ ...period, 机构: z.string().optional() }), async (stage, { 人员: who }, { 机构: institution, ...months }) => {
    stage.answer = await stage.ask(stage.person(who), 'interference/statistics', {
      ...monthsOf(months),
      ...(institution === undefined ? {} : { institution: stage.id('单位', institution) }),
    });
  }),
  check(
    '统计恰有下列各行',
    z.strictObject({ 各行: z.array(line), 合计: line.optional(), 主管机关逾期: z.record(z.string(), z.record(z.string(), z.int())).optional() }),
    async (stage, _, { 各行: lines, 合计: totals, 主管机关逾期: overdue }) => {
      const { items, totals: found, bureaus } = stage.answer?.body ?? {};
      sameItems(
        lines,
        (items as Item[]).map((item) => lineOf(stage, item)),
      );
      if (totals) sameItems([totals], [{ ...columns(KNOWN, found), ...columns(AT_BUREAU, found.atBureau) }]);
      if (overdue) same(overdue, Object.fromEntries((bureaus as Item[]).map((each) => [each.name, overdueOf(each.overdueByKind)])));
    },
  ),
  check('统计中没有主管机关掌握的情况', z.strictObject({}), async (stage) => {
    const { items, totals, bureaus } = stage.answer?.body ?? {};
    same(
      { 各行: [], 合计: false, 机关: false },
      { 各行: (items as Item[]).filter((item) => 'atBureau' in item), 合计: 'atBureau' in totals, 机关: bureaus !== undefined },
    );
  }),
  act(
    '{人员}按检查统计印发{通报}',
    z.strictObject({ ...period, 机构: z.string().optional(), 通报内容: z.string(), 工作要求: z.string() }),
    async (stage, { 人员: who, 通报: name }, { 机构: institution, 通报内容: text, 工作要求: measures, ...months }) => {
      const { body } = await stage.ask(stage.person(who), 'interference/statistics', monthsOf(months));
      const lines = (body.items as Item[])
        .filter((item) => institution === undefined || item.institution === stage.id('单位', institution))
        .map((item) => ({ institution: item.institution, ...Object.fromEntries(Object.values(KNOWN).map((figure) => [figure, item[figure]])) }));
      const answer = await stage.post(stage.person(who), 'interference/issue-circular', { from: body.from, to: body.to, lines, text, measures });
      if (stage.accepted) stage.name('通报', name, String(answer.body.stream).split('/').at(-1) ?? '');
    },
  ),
  check(
    '{单位}的情况通报一览恰有下列各项',
    z.strictObject({
      查询人: z.string().optional(),
      通报: z.array(z.strictObject({ 通报: z.string(), 起始月份: z.string(), 截止月份: z.string(), 印发日期: z.string(), 机构数: z.int() })),
    }),
    async (stage, { 单位: agency }, { 查询人: person, 通报: expected }) => {
      const { items } = await stage.all(stage.asking(agency, person), 'interference/circulars');
      sameItems(
        expected,
        items.map((item) => ({
          通报: stage.worded(item.circular),
          起始月份: item.from,
          截止月份: item.to,
          印发日期: item.issuedOn,
          机构数: item.institutions,
        })),
      );
    },
  ),
  act('{人员}阅看{通报}', z.strictObject({}), async (stage, { 人员: who, 通报: name }) => {
    stage.answer = await stage.ask(stage.person(who), 'interference/circular', { circular: stage.id('通报', name) });
  }),
  check(
    '通报载明',
    z.strictObject({ 发文机关: z.string(), 各行: z.array(line), 通报内容: z.string(), 工作要求: z.string(), 依据: z.string() }),
    async (stage, _, { 各行: lines, ...expected }) => {
      const found = stage.answer?.body ?? {};
      same(expected, { 发文机关: found.bureauName, 通报内容: found.text, 工作要求: found.measures, 依据: found.basis?.article });
      sameItems(
        lines,
        (found.lines as Item[]).map((item) => lineOf(stage, item)),
      );
    },
  ),
  act('{人员}就{报告}向上级请示报告', z.strictObject({ 重要情况: z.string() }), async (stage, { 人员: who, 报告: report }, { 重要情况: reason }) => {
    await stage.post(stage.person(who), 'interference/report-upward', { report: stage.id('报告', report), reason });
  }),
];
