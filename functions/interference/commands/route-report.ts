import * as z from 'zod';
import { AgencyFact } from '../../../events/agencies.ts';
import { opaqueId } from '../../../events/common.ts';
import { established, openRoutingAct, ReportRouted } from '../../../events/interference.ts';
import { command, lookUp } from '../../kernel/command.ts';
import { conflict, isRefusal, notFound } from '../../kernel/decision.ts';
import { ofSupervisingBureau } from '../relations.ts';
import { report } from '../report.ts';
import { route } from '../routing.ts';

/** 按第八条处理: the officer establishes each interferer's situation; who handles and who is told follows from the table. */
export default command({
  name: 'interference/route-report',
  title: '按第八条处理干预情况',
  aggregate: report,
  input: z.strictObject({ report: opaqueId, established: z.array(z.strictObject(established.shape)).min(1).max(10) }),
  who: [{ kind: 'justice-bureau', roles: ['officer', 'leader'], relation: ofSupervisingBureau }],
  key: (input) => input.report,
  moreFacts: ({ input, state }) => ({
    bureau: lookUp(AgencyFact, state?.bureau),
    commissioner: lookUp(AgencyFact, state?.commissioner.kind === 'organ' ? state.commissioner.agency : undefined),
    ...Object.fromEntries(input.established.map(({ organ }, at) => [`organ${at}`, lookUp(AgencyFact, organ, { withheld: true })])),
  }),
  decide: (state, input, { more, occurredOn }) => {
    if (!state) return notFound('报告', '/report');
    if (state.status === 'routed') return conflict('already_routed', '该报告已处理');
    const organs = more as Readonly<Record<string, (typeof more)['bureau']>>;
    const unknown = input.established.findIndex(({ organ }, at) => organ !== undefined && !organs[`organ${at}`]?.state);
    if (unknown >= 0) return notFound('干预人所在单位', `/established/${unknown}/organ`);
    const { bureau, commissioner } = more;
    if (!bureau.state) return notFound('主管司法行政机关');
    const acts = route(
      input.established.map(({ situation, separable }, at) => ({ situation, separable, organ: organs[`organ${at}`]?.state })),
      {
        bureau: bureau.state,
        institution: state.institution,
        commissioner: state.commissioner.kind === 'organ' && commissioner.state ? { kind: 'organ', organ: commissioner.state } : { kind: 'person' },
      },
    );
    if (isRefusal(acts)) return acts;
    const { report: id, case: number, institution } = state;
    return [
      ReportRouted.of(
        { report: id, case: number, institution, bureau: state.bureau, acts: acts.map((act) => openRoutingAct.parse(act)), routedOn: occurredOn },
        { established: input.established, acts: [...acts] },
      ),
    ];
  },
});
