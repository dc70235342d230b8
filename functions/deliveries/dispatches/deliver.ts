import * as z from 'zod';
import { DeliveryFact, type DeliveryFault, DeliveryPlanned, EndpointFact } from '../../../events/deliveries.ts';
import { dispatch, isTaken, type Sent } from '../../kernel/dispatch.ts';
import { goodAt } from '../../kernel/kept-secret.ts';
import { signed } from '../../kernel/standard-webhooks.ts';
import { streamName } from '../../kernel/stream.ts';
import recordAttempt from '../commands/record-attempt.ts';
import { DUE } from '../delivery.ts';
import { endpoint } from '../endpoint.ts';
import { cloudEventOf, placeOf } from '../message.ts';

const row = z.object({ ...DeliveryPlanned.data.pick({ about: true, recipient: true, event: true }).shape, attempt: z.int() });
type Row = z.infer<typeof row>;

const address = z.object({ url: z.string() });
const secret = z.object({ secret: z.string() });

/** What an answer comes to; nothing for one that took the message. */
function faultOf(sent: Sent | { readonly fault: DeliveryFault }): DeliveryFault | null {
  if ('fault' in sent) return sent.fault;
  if (isTaken(sent)) return null;
  if (sent.status === 410) return 'gone';
  return sent.status >= 300 && sent.status < 400 ? 'redirected' : 'answered-otherwise';
}

/** 投递: each notice that is due, to the endpoint of its recipient, signed by every secret that is good at the moment. */
export default dispatch<Row, DeliveryFault>({
  name: 'deliveries/deliver',
  title: '投递通知到接收端点',
  command: recordAttempt,
  opens: endpoint,
  lanes: DUE,
  due: async (views, lane, now, limit) => {
    const { rows } = await views.rows('deliveries/due', lane, { until: `${now}/~`, limit });
    return rows.map(({ item: kept, sort }) => {
      const item = row.parse(kept);
      return { item, once: `${item.about}/${item.recipient}/${sort}` };
    });
  },
  message: async (item, { fact, open, events, province, now }) => {
    const { about, recipient } = item;
    const [delivery, found] = await Promise.all([fact(DeliveryFact, [about, recipient]), fact(EndpointFact, [recipient])]);
    if (delivery?.status !== 'due' || delivery.attempts + 1 !== item.attempt || delivery.dueAt > now) return undefined;
    if (!found || found.disabled !== null) return { fault: 'no-endpoint' };
    const { aggregate, key } = placeOf(item);
    const [[kept], secrets, commit] = await Promise.all([
      open([recipient], [found.address]),
      open([recipient], goodAt(found.secrets, now)),
      events(streamName(aggregate, key), delivery.version),
    ]);
    const event = commit.events.find(({ name }) => name === item.event);
    if (!event) throw new Error('a delivery names an event that its commit does not hold');
    const body = cloudEventOf(item, { province, event, recordedAt: commit.recordedAt });
    return {
      url: address.parse(kept).url,
      headers: {
        'content-type': 'application/cloudevents+json; charset=utf-8',
        'user-agent': 'Jianheng/1',
        ...signed(
          secrets.map((each) => secret.parse(each).secret),
          event.id,
          body,
          Date.parse(now),
        ),
      },
      body,
    };
  },
  outcome: ({ about, recipient, attempt }, sent) => ({
    about,
    recipient,
    attempt,
    status: 'status' in sent ? sent.status : null,
    fault: faultOf(sent),
    retryAfter: ('status' in sent ? sent.retryAfter : undefined) ?? 0,
  }),
});
