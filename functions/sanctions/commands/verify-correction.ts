import * as z from 'zod';
import { opaqueId } from '../../../events/common.ts';
import { CorrectionVerified, LadderFact, ladderKey } from '../../../events/sanctions.ts';
import { command, lookUp } from '../../kernel/command.ts';
import { conflict, notFound } from '../../kernel/decision.ts';
import { CORRECTION } from '../articles.ts';
import { order } from '../order.ts';
import { ofIssuingBureau } from '../relations.ts';
import { type SubjectState, stands, subjectLadder } from '../subject.ts';

/** 核实改正情况. A finding that is being withdrawn at the same moment cannot be verified: the count is guarded. */
export default command({
  name: 'sanctions/verify-correction',
  title: '核实改正情况',
  aggregate: order,
  input: z.strictObject({ finding: opaqueId }),
  who: [{ kind: 'justice-bureau', roles: ['officer', 'leader'], relation: ofIssuingBureau }],
  key: (input) => input.finding,
  moreFacts: ({ state }) => ({ ladder: lookUp(LadderFact, state.issued ? ladderKey(state.issued.subject) : undefined, { guard: true }) }),
  decide: (state, { finding }, { more, occurredOn }) => {
    if (!state.issued) return notFound('认定', '/finding');
    const { subject, breach, institution, bureau } = state.issued;
    const counts = (more.ladder.state ?? subjectLadder.initial) as SubjectState;
    if (!stands(counts, { finding, subject, breach })) return conflict('finding_withdrawn', '该认定已撤回', '/finding');
    if (state.correctedOn !== null) return [];
    return [CorrectionVerified.of({ finding, institution, bureau, verifiedOn: occurredOn, basis: CORRECTION })];
  },
});
