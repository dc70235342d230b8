import * as z from 'zod';
import { DeliveryPlanned, EndpointFact } from '../../../events/deliveries.ts';
import { command, lookUp } from '../../kernel/command.ts';
import { delivery } from '../delivery.ts';

/** 安排投递: where the recipient has an endpoint that is not disabled; once for a notice. */
export default command({
  name: 'deliveries/plan-delivery',
  title: '安排投递',
  aggregate: delivery,
  input: z.strictObject(DeliveryPlanned.data.omit({ plannedOn: true }).shape),
  who: 'system',
  key: ({ about, recipient }) => [about, recipient],
  facts: ({ recipient }) => ({ endpoint: lookUp(EndpointFact, recipient) }),
  decide: (state, input, { facts, today }) => {
    const found = facts.endpoint.state;
    return state || !found || found.disabled !== null ? [] : [DeliveryPlanned.of({ ...input, plannedOn: today })];
  },
});
