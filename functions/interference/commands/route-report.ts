import * as z from 'zod';
import { opaqueId } from '../../../events/common.ts';
import { ReportRouted } from '../../../events/interference.ts';
import { command } from '../../kernel/command.ts';
import { conflict, isRefusal, notFound } from '../../kernel/decision.ts';
import { actsFor, establishedInput, openActs, organsOf } from '../establish.ts';
import { closing } from '../outcomes.ts';
import { ofSupervisingBureau } from '../relations.ts';
import { report, unanswered } from '../report.ts';

/** 按第八条处理: the officer establishes each interferer's situation; who handles and who is told follows from the table. */
export default command({
  name: 'interference/route-report',
  title: '按第八条处理干预情况',
  aggregate: report,
  input: z.strictObject({ report: opaqueId, established: establishedInput }),
  who: [{ kind: 'justice-bureau', roles: ['officer', 'leader'], relation: ofSupervisingBureau }],
  key: (input) => input.report,
  moreFacts: ({ input, state }) => organsOf(input.established, state),
  decide: (state, input, { more, occurredOn }) => {
    if (!state) return notFound('报告', '/report');
    if (state.status === 'withdrawn') return conflict('report_withdrawn', '该报告已撤回', '/report');
    if (state.status !== 'at-bureau') return conflict('already_routed', '该报告已处理');
    const found = actsFor(input.established, state, more);
    if (isRefusal(found)) return found;
    const { acts, handedTo } = found;
    const { report: id, case: number, institution, bureau } = state;
    return [
      ReportRouted.of(
        { report: id, case: number, institution, bureau, acts: openActs(acts), ...handedTo, routedOn: occurredOn },
        { established: input.established, acts: [...acts] },
      ),
      ...closing(state, unanswered(acts), more.commissioner.state, occurredOn),
    ];
  },
});
