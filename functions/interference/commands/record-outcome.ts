import * as z from 'zod';
import { AgencyFact } from '../../../events/agencies.ts';
import { agencyId, longText, opaqueId } from '../../../events/common.ts';
import { OutcomeRecorded, routingAct, routingOutcome } from '../../../events/interference.ts';
import { command, lookUp } from '../../kernel/command.ts';
import { conflict, notFound, refuse } from '../../kernel/decision.ts';
import { HANDLING } from '../articles.ts';
import { asksForOutcome, closing } from '../outcomes.ts';
import { ofSupervisingBureau } from '../relations.ts';
import { actTowards, report } from '../report.ts';

/** 登记办理结果 of one act of art. 8; with the last of them the report is closed, and whom it concerns is told so. */
export default command({
  name: 'interference/record-outcome',
  title: '登记办理结果',
  aggregate: report,
  input: z.strictObject({
    report: opaqueId,
    act: routingAct.shape.act,
    recipient: agencyId,
    outcome: routingOutcome.meta({ title: '办理结果' }),
    account: longText,
  }),
  who: [{ kind: 'justice-bureau', roles: ['officer', 'leader'], relation: ofSupervisingBureau }],
  key: (input) => input.report,
  moreFacts: ({ state }) => ({ commissioner: lookUp(AgencyFact, state?.commissioner.kind === 'organ' ? state.commissioner.agency : undefined) }),
  decide: (state, { act, recipient, outcome, account }, { more, occurredOn }) => {
    if (!state) return notFound('报告', '/report');
    const asked = actTowards(state.acts, { act, recipient });
    if (!asked) return notFound('所列处理', state.acts.some((each) => each.act === act) ? '/recipient' : '/act');
    if (!asksForOutcome(asked))
      return refuse('no_outcome_asked', '该项只是告知，没有办理结果', HANDLING.outcome, { cure: '登记其他处理的结果', pointer: '/act' });
    if (asked.outcome !== null) return conflict('outcome_recorded', '该项处理已登记结果', '/act');
    const acts = state.acts.map((each) => (each === asked ? { ...each, outcome } : each));
    const { report: id, case: number, institution, bureau } = state;
    return [
      OutcomeRecorded.of(
        { report: id, case: number, institution, bureau, act, recipient, outcome, recordedOn: occurredOn, basis: HANDLING.outcome },
        { account },
      ),
      ...closing(state, acts, more.commissioner.state, occurredOn),
    ];
  },
});
