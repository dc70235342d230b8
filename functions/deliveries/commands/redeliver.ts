import * as z from 'zod';
import { agencyId, opaqueId } from '../../../events/common.ts';
import { EndpointFact, RedeliveryAsked } from '../../../events/deliveries.ts';
import { NoticeFact } from '../../../events/notifications.ts';
import { command, lookUp } from '../../kernel/command.ts';
import { conflict, notFound, refuse } from '../../kernel/decision.ts';
import { DELIVERED } from '../articles.ts';
import { delivery } from '../delivery.ts';
import { endpointDisabled } from '../refusals.ts';
import { ownOrOnBehalf, whereabouts } from '../relations.ts';

/** 重新投递: a notice of the inbox goes out once more, under its id, from the first attempt on; also one of a time when there was no endpoint. */
export default command({
  name: 'deliveries/redeliver',
  title: '重新投递',
  aggregate: delivery,
  input: z.strictObject({ agency: agencyId, about: opaqueId }),
  who: ownOrOnBehalf,
  key: ({ about, agency }) => [about, agency],
  facts: (input) => ({
    ...whereabouts(input),
    endpoint: lookUp(EndpointFact, input.agency),
    notice: lookUp(NoticeFact, [input.about, input.agency]),
  }),
  decide: (state, { agency, about }, { actor, today, facts }) => {
    if (!facts.notice.state) return notFound('通知', '/about');
    const found = facts.endpoint.state;
    if (!found) return refuse('no_endpoint', '该单位没有登记接收端点', DELIVERED, { pointer: '/agency', cure: '请先登记接收端点' });
    if (found.disabled !== null) return endpointDisabled;
    if (state?.status === 'due') return conflict('delivery_due', '该通知正在投递，不必重新投递', '/about');
    return [RedeliveryAsked.of({ about, recipient: agency, event: 'NoticeSent', version: 1, askedBy: actor.agency, askedOn: today })];
  },
});
