import * as z from 'zod';
import { agencyId } from '../../../events/common.ts';
import { EndpointSecretRotated } from '../../../events/deliveries.ts';
import { command } from '../../kernel/command.ts';
import { webhookSecret } from '../../kernel/standard-webhooks.ts';
import { DELIVERED } from '../articles.ts';
import { endpoint } from '../endpoint.ts';
import { noSuchEndpoint } from '../refusals.ts';
import { ownOrOnBehalf, whereabouts } from '../relations.ts';

/** 轮换接收端点的签名密钥: for a day each delivery carries two signatures, so that the receiver can change over when it likes. */
export default command({
  name: 'deliveries/rotate-endpoint-secret',
  title: '轮换接收端点的签名密钥',
  aggregate: endpoint,
  input: z.strictObject({ agency: agencyId, secret: webhookSecret }),
  who: ownOrOnBehalf,
  key: ({ agency }) => agency,
  facts: whereabouts,
  decide: (state, { agency, secret }, { actor, today }) => {
    if (!state) return noSuchEndpoint;
    return [EndpointSecretRotated.of({ agency, rotatedBy: actor.agency, rotatedOn: today, basis: DELIVERED }, { secret })];
  },
});
