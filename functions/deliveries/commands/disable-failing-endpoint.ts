import * as z from 'zod';
import { agencyId, day } from '../../../events/common.ts';
import { EndpointDisabled } from '../../../events/deliveries.ts';
import { command } from '../../kernel/command.ts';
import { DELIVERED } from '../articles.ts';
import { endpoint } from '../endpoint.ts';

/**
 * 停用持续失败的端点: it took nothing since the day on which a delivery was first tried that is given up now, three days later. One that says it is gone (410) is
 * believed at once.
 */
export default command({
  name: 'deliveries/disable-failing-endpoint',
  title: '停用持续失败的接收端点',
  aggregate: endpoint,
  input: z.strictObject({ agency: agencyId, reason: z.enum(['failing', 'gone']), firstOn: day }),
  who: 'system',
  key: ({ agency }) => agency,
  decide: (state, { agency, reason, firstOn }, { actor, today }) => {
    if (!state || state.disabled !== null || firstOn < state.registeredOn) return [];
    if (reason === 'failing' && state.answeredOn !== null && state.answeredOn > firstOn) return [];
    return [EndpointDisabled.of({ agency, host: state.host, reason, disabledBy: actor.agency, disabledOn: today, basis: DELIVERED })];
  },
});
