import { EndpointPinged } from '../../../events/deliveries.ts';
import { NoticeSent } from '../../../events/notifications.ts';
import { reaction } from '../../kernel/reaction.ts';
import planDelivery from '../commands/plan-delivery.ts';

/** A notice lies in an inbox, or a test was asked for → it is delivered to the endpoint as well. */
export default reaction({
  name: 'deliveries/plan-delivery',
  title: '发出通知后安排投递',
  hears: [NoticeSent, EndpointPinged],
  since: '2020-07-01',
  command: planDelivery,
  targets: (event) =>
    event.name === 'NoticeSent'
      ? [{ about: event.data.about, recipient: event.data.recipient, event: event.name, version: event.version }]
      : [{ about: event.data.ping, recipient: event.data.agency, event: event.name, version: event.version }],
});
