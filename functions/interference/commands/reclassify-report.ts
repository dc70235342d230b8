import * as z from 'zod';
import { opaqueId, shortText } from '../../../events/common.ts';
import { ReportReclassified } from '../../../events/interference.ts';
import { command } from '../../kernel/command.ts';
import { conflict, isRefusal, notFound, refuse } from '../../kernel/decision.ts';
import { ROUTING } from '../articles.ts';
import { actsFor, establishedInput, openActs, organsOf } from '../establish.ts';
import { closing } from '../outcomes.ts';
import { ofSupervisingBureau } from '../relations.ts';
import { furtherActs, MOST_ACTS, report, unanswered } from '../report.ts';

/** 重新认定: later facts, such as who the unknown interferer is, change the situation from that day on; what was done stays, and only what is new is added. */
export default command({
  name: 'interference/reclassify-report',
  title: '重新认定干预情形',
  aggregate: report,
  input: z.strictObject({ report: opaqueId, established: establishedInput, reason: shortText }),
  who: [{ kind: 'justice-bureau', roles: ['officer', 'leader'], relation: ofSupervisingBureau }],
  key: (input) => input.report,
  moreFacts: ({ input, state }) => organsOf(input.established, state),
  decide: (state, { established, reason }, { more, occurredOn }) => {
    if (!state) return notFound('报告', '/report');
    if (state.status !== 'routed' && state.status !== 'closed') return conflict('not_routed', '该报告尚未按第八条处理', '/report');
    const found = actsFor(established, state, more);
    if (isRefusal(found)) return found;
    const acts = furtherActs(state.acts, found.acts);
    const all = [...state.acts, ...unanswered(acts)];
    if (all.length > MOST_ACTS) return refuse('too_many_acts', `一件报告的处理不超过 ${MOST_ACTS} 项`, ROUTING.reclassified, { pointer: '/established' });
    const { report: id, case: number, institution, bureau } = state;
    return [
      ReportReclassified.of(
        { report: id, case: number, institution, bureau, acts: openActs(acts), ...found.handedTo, reclassifiedOn: occurredOn, basis: ROUTING.reclassified },
        { established, acts, reason },
      ),
      ...(acts.length === 0 ? [] : closing(state, all, more.commissioner.state, occurredOn)),
    ];
  },
});
