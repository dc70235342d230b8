import * as z from 'zod';
import { agencyId } from '../../../events/common.ts';
import { EndpointPinged } from '../../../events/deliveries.ts';
import { command } from '../../kernel/command.ts';
import { endpoint } from '../endpoint.ts';
import { endpointDisabled, noSuchEndpoint } from '../refusals.ts';
import { ownOrOnBehalf, whereabouts } from '../relations.ts';

/** 测试接收端点: one message, tried once. What came of it stands in the log of deliveries. */
export default command({
  name: 'deliveries/ping-endpoint',
  title: '测试接收端点',
  aggregate: endpoint,
  input: z.strictObject({ agency: agencyId }),
  who: ownOrOnBehalf,
  key: ({ agency }) => agency,
  facts: whereabouts,
  decide: (state, { agency }, { callId, today }) => {
    if (!state) return noSuchEndpoint;
    if (state.disabled !== null) return endpointDisabled;
    return [EndpointPinged.of({ ping: callId, agency, pingedOn: today })];
  },
});
