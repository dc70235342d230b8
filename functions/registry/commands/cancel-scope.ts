import * as z from 'zod';
import { BusinessScopeCancelled, CancellationDecided, CancellationFact } from '../../../events/registry.ts';
import { command, need } from '../../kernel/command.ts';
import { planIn, STRIKING_OFF } from '../articles.ts';
import { institution } from '../institution.ts';
import { listsFor, toldIn } from '../to-tell.ts';

const { cancellation, institution: uscc, item, bureau, registrar } = CancellationDecided.data.shape;

/** 注销鉴定业务: that item alone, from the day of the decision; nothing where the procedure was withdrawn meanwhile. */
export default command({
  name: 'registry/cancel-scope',
  title: '注销鉴定业务',
  aggregate: institution,
  input: z.strictObject({ cancellation, institution: uscc, item, bureau, registrar }),
  who: 'system',
  key: (input) => input.institution,
  facts: (input) => ({ procedure: need(CancellationFact, input.cancellation, '/cancellation', { guard: true }) }),
  moreFacts: ({ state }) => listsFor(state),
  decide: (state, input, { facts, more, occurredOn, policy }) => {
    const { outcome, withdrawnOn } = facts.procedure.state;
    if (!state || outcome !== 'cancel' || withdrawnOn !== null) return [];
    if (state.strikes.some((strike) => strike.cancellation === input.cancellation)) return [];
    return [BusinessScopeCancelled.of({ ...input, toTell: toldIn(more), cancelledOn: occurredOn, basis: planIn(policy, STRIKING_OFF) })];
  },
});
