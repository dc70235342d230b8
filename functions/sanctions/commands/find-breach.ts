import * as z from 'zod';
import { agencyId, longText } from '../../../events/common.ts';
import { AppraiserFact, InstitutionFact } from '../../../events/registry.ts';
import { BreachFound, breach, ladderKey, subject } from '../../../events/sanctions.ts';
import { deadline } from '../../kernel/calendar.ts';
import { command, lookUp, need } from '../../kernel/command.ts';
import { isRefusal, notFound } from '../../kernel/decision.ts';
import { assess } from '../ladder.ts';
import { ofSupervisingBureau } from '../relations.ts';
import { subjectLadder } from '../subject.ts';

/** 认定违反规定的行为: a named officer's decision; the step of art. 11, the entry and the order follow from it by themselves. */
export default command({
  name: 'sanctions/find-breach',
  title: '认定违反规定的行为',
  aggregate: subjectLadder,
  input: z.strictObject({
    subject,
    /** Institution of the subject at the time. */
    institution: agencyId,
    breach,
    acts: z.int().min(1).max(100).meta({ title: '行为次数' }),
    account: longText.meta({ title: '违规事实' }),
  }),
  who: [{ kind: 'justice-bureau', roles: ['officer', 'leader'], relation: ofSupervisingBureau }],
  key: (input) => ladderKey(input.subject),
  facts: (input) => ({
    institution: need(InstitutionFact, input.institution, '/institution'),
    appraiser: lookUp(AppraiserFact, input.subject.kind === 'appraiser' ? input.subject.id : undefined),
  }),
  decide: (state, { account, ...input }, { facts, actor, callId, occurredOn, policy }) => {
    if (input.subject.kind === 'appraiser' && !facts.appraiser.state) return notFound('司法鉴定人', '/subject/id');
    if (input.subject.kind === 'institution' && input.subject.id !== input.institution) return notFound('司法鉴定机构', '/subject/id');
    const assessed = assess(state.counts, input, policy.interference);
    if (isRefusal(assessed)) return assessed;
    const { counted, threshold, measures, basis } = assessed;
    const { start, rawDue, legalDue, alertDue, beyondCalendar } = deadline({ start: occurredOn, term: policy.interference.correction });
    return [
      BreachFound.of(
        {
          ...input,
          finding: callId,
          bureau: actor.agency,
          counted,
          threshold,
          measures: [...measures],
          correction: { start, rawDue, legalDue, alertDue, beyondCalendar },
          foundOn: occurredOn,
          basis,
        },
        { account },
      ),
    ];
  },
});
