import * as z from 'zod';
import { BusinessScopeRestored, CancellationWithdrawn } from '../../../events/registry.ts';
import { command } from '../../kernel/command.ts';
import { planIn, WITHDRAWAL } from '../articles.ts';
import { holding, institution } from '../institution.ts';
import { listsFor, toldIn } from '../to-tell.ts';

const { cancellation, institution: uscc, item, bureau, registrar } = CancellationWithdrawn.data.shape;

/**
 * 恢复鉴定业务: exactly the striking off by that procedure falls (rule X7).
 * What has not been struck off yet never will be: who strikes off looks at the procedure in the same write.
 *
 * It is registered again from the day of this write: the roster tells what stood in it (rule R-7), however early the correction is dated.
 */
export default command({
  name: 'registry/restore-scope',
  title: '恢复鉴定业务',
  aggregate: institution,
  input: z.strictObject({ cancellation, institution: uscc, item, bureau, registrar }),
  who: 'system',
  key: (input) => input.institution,
  moreFacts: ({ state }) => listsFor(state),
  decide: (state, input, { more, today, policy }) => {
    const held = holding(state?.strikes ?? [], input.item);
    const strike = held.find((each) => each.cancellation === input.cancellation);
    if (!strike) return [];
    return [
      BusinessScopeRestored.of({
        ...input,
        cancelled: strike.event,
        registered: held.length === 1,
        toTell: toldIn(more),
        restoredOn: today,
        basis: planIn(policy, WITHDRAWAL),
      }),
    ];
  },
});
