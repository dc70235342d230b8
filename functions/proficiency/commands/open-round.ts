import * as z from 'zod';
import { agencyId, day } from '../../../events/common.ts';
import { officialItem } from '../../../events/items.ts';
import { ProficiencyRoundOpened } from '../../../events/proficiency.ts';
import { command } from '../../kernel/command.ts';
import { conflict, refuse } from '../../kernel/decision.ts';
import { ROUND } from '../articles.ts';
import { enrolledFacts, notRegistered } from '../enrolment.ts';
import { year } from '../inputs.ts';
import { round } from '../round.ts';

/** 开始能力验证计划: a provider offers a round in an item for a year; the institutions named owe a result. */
export default command({
  name: 'proficiency/open-round',
  title: '开始能力验证计划',
  aggregate: round,
  input: z.strictObject({
    year,
    item: officialItem,
    /** 参加机构; more are enrolled later. */
    institutions: z.array(agencyId).max(200),
    /** 计划开始之日, where it is not today. */
    openedOn: day.optional(),
  }),
  who: [{ kind: 'provider', roles: ['clerk'] }],
  key: (input, { actor }) => [String(input.year), input.item, actor.agency],
  occurredOn: (input) => input.openedOn,
  facts: ({ institutions }) => enrolledFacts(institutions),
  decide: (state, { year: of, item, institutions }, { facts, actor, occurredOn }) => {
    if (state) return conflict('round_exists', '该年度该项目的能力验证计划已开始', '/year');
    if (of > Number(occurredOn.slice(0, 4))) return refuse('year_in_future', '能力验证年度不能晚于计划开始之年', ROUND, { pointer: '/year' });
    const stranger = notRegistered(item, institutions, facts);
    if (stranger) return stranger;
    return [
      ProficiencyRoundOpened.of({ year: of, item, provider: actor.agency, institutions: [...new Set(institutions)], openedOn: occurredOn, basis: ROUND }),
    ];
  },
});
