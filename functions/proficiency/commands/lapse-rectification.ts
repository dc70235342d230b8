import * as z from 'zod';
import { opaqueId } from '../../../events/common.ts';
import { RectificationFailed } from '../../../events/proficiency.ts';
import { command } from '../../kernel/command.ts';
import { FAULTS, planIn } from '../articles.ts';
import { named, rectification } from '../rectification.ts';

/** 期满未提交: counts as failed; what follows from that is again an officer's to decide. */
export default command({
  name: 'proficiency/lapse-rectification',
  title: '记录期满未提交整改情况',
  aggregate: rectification,
  input: z.strictObject({ rectification: opaqueId }),
  who: 'system',
  key: (input) => input.rectification,
  decide: (state, _, { occurredOn, policy }) => {
    if (state.status !== 'ordered') return [];
    const basis = planIn(policy, FAULTS['nothing-submitted']);
    return [RectificationFailed.of({ ...named(state), fault: 'nothing-submitted', failedOn: occurredOn, basis })];
  },
});
