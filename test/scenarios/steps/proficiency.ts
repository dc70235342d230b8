import { hash } from 'node:crypto';
import * as z from 'zod';
import type { Item, Stage } from '../stage.ts';
import { act, check, Misstated } from '../step.ts';
import { apiWord, CORRECTION_CAUSES, ITEMS, oneOf, RECTIFICATION_OUTCOMES, RECTIFICATION_STATUS, VERDICTS, wordFor } from '../words.ts';
import { same, sameItems } from './lists.ts';

/** 结果: in the provider's word, by scores, or an absence. */
const result = {
  结果: z.string().optional(),
  z比分数: z.array(z.number()).optional(),
  En值: z.array(z.number()).optional(),
  缺席: z.enum(['有正当理由', '无正当理由']).optional(),
};
type Result = z.output<z.ZodObject<typeof result>>;

function reportedOf({ 结果: word, z比分数: scores, En值: en, 缺席: absent }: Result) {
  if (word !== undefined) return { by: 'word', word };
  if (scores) return { by: 'z', scores };
  if (en) return { by: 'en', scores: en };
  if (absent) return { by: 'absent', excused: absent === '有正当理由' };
  throw new Misstated('须写明结果、z比分数、En值或者缺席之一');
}

const place = (institution: string, year: string, item: string) => `能力验证结果 ${institution} ${year} ${item}`;

/** Event of each result is remembered, and the rectification that two failed years begin gets its name. */
function remember(stage: Stage, at: string, rectification: string | undefined): void {
  const events: readonly Item[] = stage.accepted ? stage.answer?.body.events : [];
  const recorded = events.find(({ type }) => /^Proficiency(Test|Absence)/.test(type));
  if (recorded) stage.remembered.set(at, recorded.id);
  if (rectification === undefined || !stage.accepted) return;
  const detected = events.find(({ type }) => type === 'ConsecutiveFailureDetected');
  if (!detected) throw new Misstated('没有连续两年不合格，无从得名');
  stage.name('整改', rectification, detected.id);
}

const of = (stage: Stage, institution: string, year: string, item: string) => ({
  institution: stage.id('单位', institution),
  item: apiWord(ITEMS, item),
  year: Number(year),
});

export const proficiency = [
  act(
    '{人员}开始{年度}年度{项目}能力验证计划',
    z.strictObject({ 参加机构: z.array(z.string()).default([]) }),
    async (stage, { 人员: who, 年度: year, 项目: item }, { 参加机构: names }) => {
      const institutions = names.map((name) => stage.id('单位', name));
      await stage.post(stage.person(who), 'proficiency/open-round', { year: Number(year), item: apiWord(ITEMS, item), institutions });
    },
  ),
  act(
    '{人员}在{年度}年度{项目}能力验证计划中增加参加机构',
    z.strictObject({ 参加机构: z.array(z.string()) }),
    async (stage, { 人员: who, 年度: year, 项目: item }, { 参加机构: names }) => {
      const institutions = names.map((name) => stage.id('单位', name));
      await stage.post(stage.person(who), 'proficiency/enrol-institutions', { year: Number(year), item: apiWord(ITEMS, item), institutions });
    },
  ),
  act('{人员}结束{年度}年度{项目}能力验证计划', z.strictObject({}), async (stage, { 人员: who, 年度: year, 项目: item }) => {
    await stage.post(stage.person(who), 'proficiency/close-round', { year: Number(year), item: apiWord(ITEMS, item) });
  }),
  act(
    '{人员}报告{机构}在{年度}年度{项目}的结果',
    z.strictObject({ ...result, 报告日期: z.string().optional(), 记为: z.string().optional() }),
    async (stage, { 人员: who, 机构: institution, 年度: year, 项目: item }, { 报告日期: reportedOn, 记为: name, ...reported }) => {
      const body = { ...of(stage, institution, year, item), result: reportedOf(reported), ...(reportedOn === undefined ? {} : { reportedOn }) };
      await stage.post(stage.person(who), 'proficiency/record-result', body);
      remember(stage, place(institution, year, item), name);
    },
  ),
  act(
    '{人员}更正{机构}在{年度}年度{项目}的结果',
    z.strictObject({ ...result, 作废: z.literal(true).optional(), 原因: oneOf(CORRECTION_CAUSES), 记为: z.string().optional() }),
    async (stage, { 人员: who, 机构: institution, 年度: year, 项目: item }, { 作废: void_, 原因: cause, 记为: name, ...reported }) => {
      const at = place(institution, year, item);
      await stage.post(stage.person(who), 'proficiency/correct-result', {
        ...of(stage, institution, year, item),
        corrects: stage.remembered.get(at),
        cause,
        result: void_ ? null : reportedOf(reported),
      });
      remember(stage, at, name);
    },
  ),
  act(
    '{人员}记录{机构}在{年度}年度{项目}的现场测评',
    z.strictObject({ 合格: z.boolean() }),
    async (stage, { 人员: who, 机构: institution, 年度: year, 项目: item }, { 合格: passed }) => {
      await stage.post(stage.person(who), 'proficiency/record-assessment', { ...of(stage, institution, year, item), passed });
    },
  ),
  act(
    '{人员}报告{机构}在{年度}年度{项目}的补测',
    z.strictObject({ 合格: z.boolean() }),
    async (stage, { 人员: who, 机构: institution, 年度: year, 项目: item }, { 合格: passed }) => {
      await stage.post(stage.person(who), 'proficiency/record-retest', { ...of(stage, institution, year, item), passed });
    },
  ),
  act('{人员}责令限期整改{整改}', z.strictObject({}), async (stage, { 人员: who, 整改: name }) => {
    await stage.post(stage.person(who), 'proficiency/order-rectification', { rectification: stage.id('整改', name) });
  }),
  act(
    '{人员}提交{整改}的整改情况',
    z.strictObject({ 整改情况: z.string().default('虚构的整改情况'), 证据: z.array(z.string()).default(['虚构的比对报告']) }),
    async (stage, { 人员: who, 整改: name }, { 整改情况: account, 证据: kinds }) => {
      const evidence = kinds.map((kind) => ({ kind, sha256: hash('sha256', kind), keptAt: '虚构的存放处' }));
      await stage.post(stage.person(who), 'proficiency/submit-rectification', { rectification: stage.id('整改', name), account, evidence });
    },
  ),
  act(
    '{人员}核实{整改}的整改情况',
    z.strictObject({ 结论: oneOf(RECTIFICATION_OUTCOMES), 核实情况: z.string().default('虚构的核实情况') }),
    async (stage, { 人员: who, 整改: name }, { 结论: outcome, 核实情况: account }) => {
      const rectification = stage.id('整改', name);
      await stage.post(stage.person(who), 'proficiency/verify-rectification', {
        rectification,
        outcome,
        ...(outcome === 'verified' ? {} : { account }),
      });
    },
  ),
  act('{人员}打开{整改}的整改材料', z.strictObject({ 目的: z.string() }), async (stage, { 人员: who, 整改: name }, { 目的: purpose }) => {
    await stage.post(stage.person(who), 'proficiency/disclose-rectification', { rectification: stage.id('整改', name), purpose });
  }),
  check('查阅到整改材料', z.strictObject({ 整改情况: z.array(z.string()) }), async (stage, _, expected) => {
    const opened: readonly Item[] = stage.answer?.body.disclosed ?? [];
    same(expected, { 整改情况: opened.map(({ restricted }) => restricted.account) });
  }),
  check(
    '{单位}的限期整改恰有下列各项',
    z.strictObject({
      整改: z.array(
        z.strictObject({
          整改: z.string(),
          机构: z.string().optional(),
          项目: z.string().optional(),
          年度: z.array(z.int()).optional(),
          状态: z.string(),
          整改期限: z.string().optional(),
          有约束力: z.boolean().optional(),
          文号: z.string().optional(),
        }),
      ),
    }),
    async (stage, { 单位: agency }, { 整改: expected }) => {
      const { items } = await stage.all(stage.deskOf(agency), 'proficiency/rectifications');
      sameItems(
        expected,
        items.map((item) => ({
          整改: stage.worded(item.rectification),
          机构: stage.worded(item.institution),
          项目: wordFor(ITEMS, item.item),
          年度: item.years,
          状态: wordFor(RECTIFICATION_STATUS, item.status),
          整改期限: item.dates?.legalDue,
          有约束力: item.binding,
          文号: item.number ?? undefined,
        })),
      );
    },
  ),
  check(
    '{单位}查到{机构}在{项目}上的能力验证记录恰有下列年度',
    z.strictObject({
      年度: z.array(
        z.strictObject({
          年度: z.int(),
          结果: z.string(),
          计作不合格: z.boolean().optional(),
          现场测评: z.string().optional(),
          连续两年不合格: z.boolean().optional(),
        }),
      ),
    }),
    async (stage, { 单位: agency, 机构: institution, 项目: item }, { 年度: expected }) => {
      const asked = { institution: stage.id('单位', institution), item: apiWord(ITEMS, item) };
      const { status, body } = await stage.ask(stage.deskOf(agency), 'proficiency/history', asked);
      const years: readonly Item[] = status === 200 ? body.years : [];
      sameItems(
        expected,
        years.map((each) => ({
          年度: each.year,
          结果: each.test ? wordFor(VERDICTS, each.test.verdict) : '无',
          计作不合格: each.test?.counts ?? false,
          现场测评: each.assessment ? (each.assessment.passed ? '合格' : '不合格') : undefined,
          连续两年不合格: each.detected !== null,
        })),
      );
    },
  ),
  check(
    '{单位}查到{年度}年度{项目}能力验证计划',
    z.strictObject({ 已报送: z.array(z.string()), 尚未报送: z.array(z.string()) }),
    async (stage, { 单位: agency, 年度: year, 项目: item }, expected) => {
      const { items, beside } = await stage.all(stage.deskOf(agency), 'proficiency/round', { year, item: apiWord(ITEMS, item) });
      const sortedNames = (ids: readonly string[]) => ids.map((id) => stage.worded(id)).sort();
      same(
        { 已报送: expected.已报送.toSorted(), 尚未报送: expected.尚未报送.toSorted() },
        { 已报送: sortedNames(items.map(({ institution }) => institution)), 尚未报送: sortedNames(beside.outstanding) },
      );
    },
  ),
];
