import { DeliveryGivenUp } from '../../../events/deliveries.ts';
import { reaction } from '../../kernel/reaction.ts';
import disableFailingEndpoint from '../commands/disable-failing-endpoint.ts';

/** A notice was given up → an endpoint that takes nothing is not tried any more. A test that failed, or an endpoint that is not there, says nothing of the kind. */
export default reaction({
  name: 'deliveries/disable-failing-endpoint',
  title: '投递失败后停用持续失败的接收端点',
  hears: [DeliveryGivenUp],
  since: '2020-07-01',
  atOnce: 2,
  command: disableFailingEndpoint,
  targets: ({ data: { event, fault, recipient, firstOn } }) =>
    event === 'EndpointPinged' || fault === 'no-endpoint'
      ? []
      : [{ agency: recipient, reason: fault === 'gone' ? ('gone' as const) : ('failing' as const), firstOn }],
});
