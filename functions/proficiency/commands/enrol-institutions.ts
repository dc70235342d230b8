import * as z from 'zod';
import { agencyId } from '../../../events/common.ts';
import { InstitutionsEnrolled, itemCode } from '../../../events/proficiency.ts';
import { command } from '../../kernel/command.ts';
import { notFound, refuse } from '../../kernel/decision.ts';
import { ROUND, ROUND_CLOSED } from '../articles.ts';
import { enrolledFacts, notRegistered } from '../enrolment.ts';
import { year } from '../inputs.ts';
import { ENROLLED_AT_MOST, round } from '../round.ts';

/** 增加参加机构: they owe a result in the round from then on. */
export default command({
  name: 'proficiency/enrol-institutions',
  title: '增加能力验证参加机构',
  aggregate: round,
  input: z.strictObject({ year, item: itemCode, institutions: z.array(agencyId).min(1).max(200) }),
  who: [{ kind: 'provider', roles: ['clerk'] }],
  key: (input, { actor }) => [String(input.year), input.item, actor.agency],
  facts: ({ institutions }) => enrolledFacts(institutions),
  decide: (state, { institutions }, { facts, occurredOn }) => {
    if (!state) return notFound('能力验证计划', '/year');
    if (state.closed) return refuse('round_closed', '该能力验证计划已结束', ROUND_CLOSED, { pointer: '/year' });
    const stranger = notRegistered(state.item, institutions, facts);
    if (stranger) return stranger;
    const added = [...new Set(institutions)].filter((each) => !state.institutions.includes(each));
    if (added.length === 0) return [];
    if (state.institutions.length + added.length > ENROLLED_AT_MOST)
      return refuse('too_many_institutions', `一个能力验证计划最多登记 ${ENROLLED_AT_MOST} 家参加机构`, ROUND, { pointer: '/institutions' });
    const { year: of, item, provider } = state;
    return [InstitutionsEnrolled.of({ year: of, item, provider, institutions: added, enrolledOn: occurredOn, basis: ROUND })];
  },
});
