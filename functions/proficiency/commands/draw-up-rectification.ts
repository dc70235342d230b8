import * as z from 'zod';
import { opaqueId } from '../../../events/common.ts';
import { ConsecutiveFailureDetected, RectificationDrawnUp } from '../../../events/proficiency.ts';
import { command } from '../../kernel/command.ts';
import { isBinding } from '../../policy/policy.ts';
import { OFFICER_DECIDES, planIn } from '../articles.ts';
import { rectification } from '../rectification.ts';

const { institution, item, year, bureau, registrar } = ConsecutiveFailureDetected.data.shape;

/** 拟办责令限期整改 (rules X9, X10): an item on the bureau's desk, and no more. */
export default command({
  name: 'proficiency/draw-up-rectification',
  title: '拟办责令限期整改',
  aggregate: rectification,
  input: z.strictObject({ rectification: opaqueId, institution, item, year, bureau, registrar }),
  who: 'system',
  key: (input) => input.rectification,
  decide: (state, input, { occurredOn, policy }) => {
    if (state.status !== null) return [];
    const binding = isBinding('jian-reform-plan', policy);
    return [RectificationDrawnUp.of({ ...input, binding, drawnUpOn: occurredOn, basis: planIn(policy, OFFICER_DECIDES) })];
  },
});
