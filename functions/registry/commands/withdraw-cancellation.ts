import * as z from 'zod';
import { opaqueId } from '../../../events/common.ts';
import { CancellationWithdrawn } from '../../../events/registry.ts';
import { command } from '../../kernel/command.ts';
import { planIn, WITHDRAWAL } from '../articles.ts';
import { cancellation, named } from '../cancellation.ts';

/**
 * 撤销注销程序: what it rested on is gone (rule X7). Where nothing was applied for, nothing can be any more: whoever applies looks at the
 * rectification in the same write. A decision not to strike off rests.
 */
export default command({
  name: 'registry/withdraw-cancellation',
  title: '撤销注销程序',
  aggregate: cancellation,
  input: z.strictObject({ cancellation: opaqueId }),
  who: 'system',
  key: (input) => input.cancellation,
  decide: (state, _, { occurredOn, policy }) => {
    if (!state || state.withdrawnOn !== null || state.outcome === 'keep') return [];
    const restores = state.outcome === 'cancel';
    return [CancellationWithdrawn.of({ ...named(state), restores, withdrawnOn: occurredOn, basis: planIn(policy, WITHDRAWAL) })];
  },
});
