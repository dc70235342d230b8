import * as z from 'zod';
import type { Stage } from '../stage.ts';
import { act } from '../step.ts';
import { CASE_NUMBERS, CASE_OUTCOMES, oneOf } from '../words.ts';

/** 委托人 who is no organ. */
const PRIVATE: Readonly<Record<string, string>> = { 某个人: 'person', 某公司: 'company' };

/** What is told of a case that is opened. */
export const opening = z.strictObject({
  委托人: z.string(),
  鉴定人: z.array(z.string()),
  鉴定事项: z.string().default('虚构的伤残等级鉴定'),
  案号: z.string().optional(),
  编号种类: oneOf(CASE_NUMBERS).optional(),
});

/** Opens a case of that name; `give` is how. */
export async function open(stage: Stage, name: string, told: z.output<typeof opening>, give: (body: object) => Promise<unknown>): Promise<void> {
  const { 委托人: by, 鉴定人: appraisers, 鉴定事项: matter, 案号: given, 编号种类: kindOfNumber } = told;
  const kind = PRIVATE[by];
  const number = given ?? (stage.has(name) ? stage.id('案件', name) : `（2026）虚构鉴字第${name}`);
  await give({
    case: number,
    ...(kindOfNumber === undefined ? {} : { number: kindOfNumber }),
    matter,
    commissioner: kind === undefined ? { kind: 'organ', agency: stage.id('单位', by) } : { kind },
    appraisers: appraisers.map((each) => stage.person(each).person),
  });
  if (stage.accepted) stage.name('案件', name, number);
}

export const commissions = [
  act('{人员}为{案件}建档', opening, (stage, { 人员: who, 案件: name }, told) =>
    open(stage, name, told, (body) => stage.post(stage.person(who), 'commissions/open-case', body)),
  ),
  act(
    '{人员}登记{案件}办结',
    z.strictObject({ 方式: oneOf(CASE_OUTCOMES), 日期: z.string().optional() }),
    async (stage, { 人员: who, 案件: name }, { 方式: outcome, 日期: concludedOn }) => {
      await stage.post(stage.person(who), 'commissions/conclude-case', {
        case: stage.id('案件', name),
        outcome,
        ...(concludedOn === undefined ? {} : { concludedOn }),
      });
    },
  ),
  act('{人员}将{案件}归档', z.strictObject({}), async (stage, { 人员: who, 案件: name }) => {
    await stage.post(stage.person(who), 'commissions/archive-case', { case: stage.id('案件', name) });
  }),
];
