import * as z from 'zod';
import { agencyId, day } from '../../../events/common.ts';
import { itemCode, RoundFact } from '../../../events/proficiency.ts';
import { InstitutionFact } from '../../../events/registry.ts';
import { command, need } from '../../kernel/command.ts';
import { conflict, isRefusal, refuse } from '../../kernel/decision.ts';
import { ROUND_CLOSED } from '../articles.ts';
import { reportedResult as result, year } from '../inputs.ts';
import { record, yearOf } from '../record.ts';
import { firstResult, outOfPlace, resultOf } from '../results.ts';

/**
 * 报告能力验证结果: one result a year for an institution and item, by the rules of the day of the report.
 *
 * The round is no guarded fact: a result that comes in the moment of its closing came before it, and an absence that was recorded first stands.
 */
export default command({
  name: 'proficiency/record-result',
  title: '报告能力验证结果',
  aggregate: record,
  input: z.strictObject({
    institution: agencyId,
    item: itemCode,
    year,
    result,
    /** 报告之日, where it is not today. */
    reportedOn: day.optional(),
  }),
  who: [{ kind: 'provider', roles: ['clerk'] }],
  key: ({ institution, item }) => [institution, item],
  occurredOn: (input) => input.reportedOn,
  facts: ({ institution, item, year: of }, { actor }) => ({
    institution: need(InstitutionFact, institution, '/institution'),
    round: need(RoundFact, [String(of), item, actor.agency], '/year'),
  }),
  decide: (state, { item, year: of, result: reported }, { facts, actor, occurredOn, policy }) => {
    const about = { institution: facts.institution.state, item, year: of, provider: actor.agency, on: occurredOn, policy };
    const misplaced = outOfPlace(about);
    if (misplaced) return misplaced;
    if (yearOf(state, of).test) return conflict('result_exists', '该机构该项目该年度已有结果，有误的由原提供者更正', '/year');
    if (facts.round.state.closed)
      return refuse('round_closed', '该能力验证计划已结束，不再接收结果', ROUND_CLOSED, { cure: '已登记的结果有误的，申请更正', pointer: '/year' });
    const first = resultOf(reported, about);
    return isRefusal(first) ? first : firstResult(state, first, about);
  },
});
