import * as z from 'zod';
import { basis } from './basis.ts';
import { agencyId, day, opaqueId } from './common.ts';
import { defineEvent } from './event.ts';
import { defineFact } from './fact.ts';

/** Name of the host (主机名) that an endpoint is on; the rest of its address is restricted, since a path may hold what only the agency should know. */
const host = z.string().min(1).max(253);
/** ISO instant, UTC. */
const instant = z.iso.datetime();
const secret = z.object({ secret: z.string().max(120) });

export const EndpointRegistered = defineEvent({
  context: 'deliveries',
  name: 'EndpointRegistered',
  title: '接收端点已登记',
  means: 'Notices to an agency are from now on also delivered to an endpoint of its own system. Its address and the secret that signs are restricted.',
  restsOn: { 'interference-provisions': ['第八条'] },
  data: z.object({ agency: agencyId, host, registeredBy: agencyId, registeredOn: day, basis }),
  restricted: secret.extend({ url: z.string().max(600) }),
});

export const EndpointSecretRotated = defineEvent({
  context: 'deliveries',
  name: 'EndpointSecretRotated',
  title: '接收端点的签名密钥已轮换',
  means: 'A further secret signs what is delivered; for a day the one before signs beside it.',
  restsOn: { 'interference-provisions': ['第八条'] },
  data: z.object({ agency: agencyId, rotatedBy: agencyId, rotatedOn: day, basis }),
  restricted: secret,
});

export const EndpointDisabled = defineEvent({
  context: 'deliveries',
  name: 'EndpointDisabled',
  title: '接收端点已停用',
  means: 'Nothing is delivered to an endpoint any more: the agency asked for it, or it failed for days, or it answered that it is gone.',
  restsOn: { 'interference-provisions': ['第八条'] },
  data: z.object({ agency: agencyId, host, reason: z.enum(['asked', 'failing', 'gone']), disabledBy: agencyId, disabledOn: day, basis }),
});

export const EndpointEnabled = defineEvent({
  context: 'deliveries',
  name: 'EndpointEnabled',
  title: '接收端点已恢复',
  means: 'A disabled endpoint is delivered to again. What it missed lies in the inbox, and is delivered when it is asked for.',
  restsOn: { 'interference-provisions': ['第八条'] },
  data: z.object({ agency: agencyId, host, enabledBy: agencyId, enabledOn: day, basis }),
});

export const EndpointPinged = defineEvent({
  context: 'deliveries',
  name: 'EndpointPinged',
  title: '已请求测试接收端点',
  means: 'A test message is to be delivered to an endpoint once: it says nothing but that it is one.',
  restsOn: '测试消息不告知任何事项',
  data: z.object({ ping: opaqueId, agency: agencyId, pingedOn: day }),
});

export const EndpointAnswered = defineEvent({
  context: 'deliveries',
  name: 'EndpointAnswered',
  title: '接收端点当日已应答',
  means: 'An endpoint took a delivery, for the first time on this day.',
  restsOn: '只为分辨持续失败而记录',
  data: z.object({ agency: agencyId, answeredOn: day }),
});

/** What is delivered. */
const delivered = {
  /** The notice by the event that it tells of, or the test. */
  about: opaqueId,
  recipient: agencyId,
  event: z.enum(['NoticeSent', 'EndpointPinged']),
  /** Of the stream in which that event stands. */
  version: z.int().positive(),
};

export const DeliveryPlanned = defineEvent({
  context: 'deliveries',
  name: 'DeliveryPlanned',
  title: '投递已安排',
  means: 'A notice, or a test, is to be delivered to the endpoint of its recipient.',
  restsOn: '投递是收件箱之外的服务，没有规定',
  data: z.object({ ...delivered, plannedOn: day }),
});

export const RedeliveryAsked = defineEvent({
  context: 'deliveries',
  name: 'RedeliveryAsked',
  title: '已请求重新投递',
  means: 'A notice is to be delivered once more, under the same id, from the first attempt on.',
  restsOn: '投递是收件箱之外的服务，没有规定',
  data: z.object({ ...delivered, askedBy: agencyId, askedOn: day }),
});

/** 投递失败原因 */
export const deliveryFault = z.enum([
  'answered-otherwise',
  'redirected',
  'gone',
  'no-answer',
  'not-connected',
  'certificate',
  'unknown-host',
  'private-address',
  'not-https',
  'no-endpoint',
]);
export type DeliveryFault = z.infer<typeof deliveryFault>;

const attempted = {
  about: opaqueId,
  recipient: agencyId,
  /** 1 for the first. */
  attempt: z.int().positive(),
  /** HTTP status of the answer; `null` where none came. */
  status: z.int().nullable(),
};

export const DeliverySucceeded = defineEvent({
  context: 'deliveries',
  name: 'DeliverySucceeded',
  title: '投递成功',
  means: 'The endpoint answered that it has a notice. That it was signed for is another matter.',
  restsOn: '投递是收件箱之外的服务，没有规定',
  data: z.object({ ...attempted, deliveredOn: day }),
});

export const DeliveryFailed = defineEvent({
  context: 'deliveries',
  name: 'DeliveryFailed',
  title: '一次投递已失败',
  means: 'An attempt to deliver failed; when the next one is due stands here.',
  restsOn: '投递是收件箱之外的服务，没有规定',
  data: z.object({ ...attempted, fault: deliveryFault, nextDueAt: instant }),
});

export const DeliveryGivenUp = defineEvent({
  context: 'deliveries',
  name: 'DeliveryGivenUp',
  title: '投递已放弃',
  means: 'The last attempt to deliver failed. The notice lies in the inbox as ever.',
  restsOn: '投递是收件箱之外的服务，没有规定',
  data: z.object({
    ...attempted,
    event: delivered.event,
    fault: deliveryFault,
    /** Day of the first attempt. */
    firstOn: day,
    givenUpOn: day,
  }),
});

/** Where a sealed part lies in its stream. */
const place = z.object({ event: opaqueId, version: z.int().positive() });

/** 接收端点 */
export const EndpointFact = defineFact(
  'deliveries/endpoint',
  '接收端点',
  z.object({
    agency: agencyId,
    host,
    disabled: z.enum(['asked', 'failing', 'gone']).nullable(),
    address: place,
    secrets: z.array(place.extend({ until: instant.nullable() })),
  }),
);

/** 投递 */
export const DeliveryFact = defineFact(
  'deliveries/delivery',
  '投递',
  z.object({ status: z.enum(['due', 'delivered', 'given-up']), attempts: z.int(), dueAt: instant, version: z.int().positive() }),
);
