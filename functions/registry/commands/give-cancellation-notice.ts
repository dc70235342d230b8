import * as z from 'zod';
import { opaqueId } from '../../../events/common.ts';
import { RectificationFact } from '../../../events/proficiency.ts';
import { CancellationNoticed } from '../../../events/registry.ts';
import { deadline } from '../../kernel/calendar.ts';
import { command, lookUp } from '../../kernel/command.ts';
import { conflict, notFound } from '../../kernel/decision.ts';
import { NOTICE, planIn } from '../articles.ts';
import { cancellation, ended, named } from '../cancellation.ts';
import { ofRegistrar } from '../relations.ts';

/** 注销预先告知: the window for asking to be heard runs from this day, itself not counted (rule R-3). */
export default command({
  name: 'registry/give-cancellation-notice',
  title: '作出注销预先告知',
  aggregate: cancellation,
  input: z.strictObject({ cancellation: opaqueId }),
  who: [{ kind: 'justice-bureau', roles: ['registrar'], within: 'province-level', relation: ofRegistrar }],
  key: (input) => input.cancellation,
  moreFacts: ({ state }) => ({ rectification: lookUp(RectificationFact, state?.cancellation, { guard: true }) }),
  decide: (state, _, { more, today, policy }) => {
    if (!state) return notFound('注销程序', '/cancellation');
    const over = ended(state, more.rectification.state);
    if (over) return over;
    if (state.noticedOn !== null) return conflict('already_noticed', '已作出注销预先告知', '/cancellation');
    const { legalDue, beyondCalendar } = deadline({ start: today, term: policy.cancellation.hearing });
    return [CancellationNoticed.of({ ...named(state), hearingUntil: legalDue, beyondCalendar, noticedOn: today, basis: planIn(policy, NOTICE) })];
  },
});
