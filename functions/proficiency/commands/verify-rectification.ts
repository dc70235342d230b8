import * as z from 'zod';
import { longText, opaqueId } from '../../../events/common.ts';
import { RectificationFailed, RectificationVerified } from '../../../events/proficiency.ts';
import { command } from '../../kernel/command.ts';
import { conflict, refuse } from '../../kernel/decision.ts';
import { FAULTS, planIn, VERIFICATION } from '../articles.ts';
import { named, rectification } from '../rectification.ts';
import { ofRectifyingBureau } from '../relations.ts';

const input = z.discriminatedUnion('outcome', [
  z.strictObject({ rectification: opaqueId, outcome: z.literal('verified').meta({ title: '核实结论' }) }),
  /** 整改不到位 · 仍不符合执业要求, and what was found. */
  z.strictObject({
    rectification: opaqueId,
    outcome: z.enum(['not-in-place', 'still-unfit']).meta({ title: '核实结论' }),
    account: longText.meta({ title: '核实情况' }),
  }),
]);

/** 核实整改情况: in place, or not; the officer's finding in either case. */
export default command({
  name: 'proficiency/verify-rectification',
  title: '核实整改情况',
  aggregate: rectification,
  input,
  who: [{ kind: 'justice-bureau', roles: ['officer', 'leader'], relation: ofRectifyingBureau }],
  key: ({ rectification: id }) => id,
  decide: (state, asked, { occurredOn, policy }) => {
    if (state.status === 'cancelled') return conflict('rectification_cancelled', '限期整改已撤销', '/rectification');
    if (state.status === 'verified' || state.status === 'failed') return conflict('rectification_decided', '整改已有结论', '/rectification');
    if (state.status !== 'submitted')
      return refuse('nothing_submitted', '鉴定机构尚未提交整改情况，不能核实', planIn(policy, VERIFICATION), {
        cure: '期满仍未提交的，系统按整改不到位记录',
        pointer: '/rectification',
      });
    if (asked.outcome === 'verified') return [RectificationVerified.of({ ...named(state), verifiedOn: occurredOn, basis: planIn(policy, VERIFICATION) })];
    const basis = planIn(policy, VERIFICATION, FAULTS[asked.outcome]);
    return [RectificationFailed.of({ ...named(state), fault: asked.outcome, failedOn: occurredOn, basis }, { account: asked.account })];
  },
});
