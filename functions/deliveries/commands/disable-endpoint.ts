import * as z from 'zod';
import { agencyId } from '../../../events/common.ts';
import { EndpointDisabled } from '../../../events/deliveries.ts';
import { command } from '../../kernel/command.ts';
import { DELIVERED } from '../articles.ts';
import { endpoint } from '../endpoint.ts';
import { noSuchEndpoint } from '../refusals.ts';
import { ownOrOnBehalf, whereabouts } from '../relations.ts';

/** 停用接收端点: notices go on lying in the inbox. */
export default command({
  name: 'deliveries/disable-endpoint',
  title: '停用接收端点',
  aggregate: endpoint,
  input: z.strictObject({ agency: agencyId }),
  who: ownOrOnBehalf,
  key: ({ agency }) => agency,
  facts: whereabouts,
  decide: (state, { agency }, { actor, today }) => {
    if (!state) return noSuchEndpoint;
    if (state.disabled !== null) return [];
    return [EndpointDisabled.of({ agency, host: state.host, reason: 'asked', disabledBy: actor.agency, disabledOn: today, basis: DELIVERED })];
  },
});
