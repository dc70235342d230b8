import * as z from 'zod';
import { agencyId } from '../../../events/common.ts';
import { EndpointEnabled } from '../../../events/deliveries.ts';
import { command } from '../../kernel/command.ts';
import { DELIVERED } from '../articles.ts';
import { endpoint } from '../endpoint.ts';
import { noSuchEndpoint } from '../refusals.ts';
import { ownOrOnBehalf, whereabouts } from '../relations.ts';

/** 恢复接收端点. */
export default command({
  name: 'deliveries/enable-endpoint',
  title: '恢复接收端点',
  aggregate: endpoint,
  input: z.strictObject({ agency: agencyId }),
  who: ownOrOnBehalf,
  key: ({ agency }) => agency,
  facts: whereabouts,
  decide: (state, { agency }, { actor, today }) => {
    if (!state) return noSuchEndpoint;
    if (state.disabled === null) return [];
    return [EndpointEnabled.of({ agency, host: state.host, enabledBy: actor.agency, enabledOn: today, basis: DELIVERED })];
  },
});
