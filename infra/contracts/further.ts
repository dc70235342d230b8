import { EndpointPinged } from '../../events/deliveries.ts';
import { cloudEventType } from '../../events/event.ts';
import { NoticeSent } from '../../events/notifications.ts';
import { LIMITS } from '../../functions/kernel/limits.ts';
import { FOUND, PAGE } from './answers.ts';
import type { Failing } from './errors.ts';
import { exampleOf } from './examples.ts';
import { type Schema, schemaOf } from './schema.ts';

/** One operation of OpenAPI that no file of `functions/` declares (手工描述的接口). */
export interface Further {
  readonly method: 'get' | 'post';
  readonly path: string;
  /** An OpenAPI 3.1 Operation Object without its errors, which follow from `failing`. */
  readonly operation: Schema;
  readonly failing: Failing;
}

const document = (name: string, title: string, type: string, schema: Schema): Further => ({
  method: 'get',
  path: `/v1/${name}`,
  operation: {
    operationId: name,
    summary: title,
    tags: ['文件'],
    'x-who-may': [['任何单位', '任何身份', '不限', '不限']],
    responses: { 200: { description: title, content: { [type]: { schema } } } },
  },
  failing: 'document',
});

const ID = '0123456789abcdef0123456789abcdef';

/** What is posted: an event whose type names a command and whose data is the command's body. */
const POSTED: Schema = {
  title: '所提交的事件',
  description: 'CloudEvents 1.0；类型写作 cn.jianheng.<上下文>.<命令>.v1，data 即该命令的请求体，差错与该命令相同',
  type: 'object',
  properties: {
    specversion: { title: '规范版本', type: 'string', const: '1.0' },
    id: { title: '事件编号', description: '与 source 一起作为幂等键', type: 'string', pattern: '^[\\x21-\\x7e]{1,128}$', examples: ['2026-000123'] },
    source: { title: '来源', description: '/agency/本单位编号 或者其下', type: 'string', examples: ['/agency/court-360802/cases'] },
    type: { title: '类型', type: 'string', examples: ['cn.jianheng.notifications.sign-for-notice.v1'] },
    datacontenttype: { title: '内容类型', type: 'string', examples: ['application/json'] },
    time: { title: '时间', type: 'string', format: 'date-time', examples: ['2026-03-10T01:00:00Z'] },
    data: { title: '命令的请求体', type: 'object', examples: [{ about: ID }] },
  },
  required: ['specversion', 'id', 'source', 'type', 'data'],
};

const BATCH: Schema = {
  title: '一批事件',
  description: '各事件与单个提交的相同；其中不符合要求的，逐项答复差错，不影响其余',
  type: 'array',
  maxItems: LIMITS.batchEvents,
  items: { title: '一个事件' },
};

const TAKEN: Schema = {
  title: '逐项答复',
  type: 'object',
  properties: {
    items: {
      title: '各事件的答复，次序同请求',
      type: 'array',
      items: {
        title: '一个事件的答复',
        type: 'object',
        properties: {
          id: { title: '事件编号', type: ['string', 'null'] },
          source: { title: '来源', type: ['string', 'null'] },
          status: { title: '状态码', type: 'integer' },
          answer: { title: '办理答复', $ref: '#/components/schemas/Answer' },
          problem: { title: '差错', $ref: '#/components/schemas/Problem' },
        },
        required: ['status'],
      },
    },
  },
  required: ['items'],
};

const GIVEN: Schema = { $ref: '#/components/schemas/Answer' };
/** As the command itself answers: JSON, or its page. */
const answers = (...schemas: readonly Schema[]): Schema => ({
  'application/json': { schema: schemas.length === 1 ? schemas[0] : { title: '答复', anyOf: schemas } },
  'text/html': { schema: { title: '网页文书', type: 'string' } },
});

const events = (path: string, title: string, binary: boolean, failing: Failing, more: Schema = {}): Further => ({
  method: 'post',
  path,
  operation: {
    operationId: `post-${path.slice('/v1/'.length)}`,
    summary: title,
    tags: ['事件接收'],
    'x-who-may': [['与所指命令相同', '与所指命令相同', '与所指命令相同', '与所指命令相同']],
    requestBody: {
      required: true,
      content: {
        'application/cloudevents+json': { schema: POSTED, example: exampleOf(POSTED) },
        'application/cloudevents-batch+json': { schema: BATCH, example: [exampleOf(POSTED)] },
        ...(binary ? { 'application/json': { schema: { title: '命令的请求体，事件的属性在 ce- 请求头中', type: 'object' } } } : {}),
      },
    },
    responses: {
      200: { description: '幂等键已知的，第一次的答复；一批事件的，逐项答复', content: answers(GIVEN, { $ref: '#/components/schemas/Preview' }, TAKEN) },
      201: { description: '已办理', content: answers(GIVEN) },
    },
    ...more,
  },
  failing,
});

/** What an agency is sent: a notice, or the test of its endpoint. */
const DELIVERED: Schema = {
  title: '投递的通知',
  description: 'CloudEvents 1.0；data 与收件箱中的通知相同，不含留痕编号',
  type: 'object',
  properties: {
    specversion: { title: '规范版本', type: 'string', const: '1.0' },
    id: { title: '消息编号', description: '每次投递相同', type: 'string', examples: [ID] },
    source: { title: '来源', type: 'string', examples: ['/province/360000/notifications'] },
    type: { title: '类型', type: 'string', examples: [cloudEventType(NoticeSent), cloudEventType(EndpointPinged)] },
    subject: { title: '所告知的事件', type: 'string', examples: [ID] },
    time: { title: '时间', type: 'string', format: 'date-time', examples: ['2026-03-10T01:00:00.000Z'] },
    datacontenttype: { title: '内容类型', type: 'string', const: 'application/json' },
    data: { anyOf: [NoticeSent, EndpointPinged].map(({ title, data }) => ({ ...schemaOf(data), title })) },
  },
  required: ['specversion', 'id', 'source', 'type', 'subject', 'time', 'datacontenttype', 'data'],
};

const header = (name: string, title: string, example: string): Schema => ({
  name,
  in: 'header',
  required: true,
  schema: { title, type: 'string' },
  example,
});

/** Standard Webhooks, both ways. */
const SIGNATURE: readonly Schema[] = [
  header('webhook-id', '消息编号', ID),
  header('webhook-timestamp', '签名时间（秒）', '1773104400'),
  header('webhook-signature', '签名', 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='),
];

/** Operations beside the commands and queries. */
export const FURTHER_OPERATIONS: readonly Further[] = [
  events('/v1/events', '以身份令牌提交事件', true, 'events'),
  events('/v1/signed-events', '以签名提交事件', false, 'signed-events', { security: [], parameters: SIGNATURE }),
  document('openapi.json', '接口文件 OpenAPI 3.1', 'application/json', { type: 'object' }),
  document('asyncapi.json', '事件文件 AsyncAPI 3.0', 'application/json', { type: 'object' }),
  document('openapi.html', '接口说明', 'text/html', { type: 'string' }),
  document('asyncapi.html', '事件说明', 'text/html', { type: 'string' }),
];

/** What agencies are sent: Path Item Objects of OpenAPI's `webhooks`, by name. */
export const FURTHER_WEBHOOKS: Readonly<Record<string, Schema>> = {
  notice: {
    post: {
      operationId: 'receive-notice',
      summary: '接收通知',
      description: '投递到单位登记的接收端点：十秒内答复任一 2xx 即为收到，其余依重试间隔再次投递。webhook-id 相同的是同一件通知。',
      tags: ['投递'],
      security: [],
      parameters: SIGNATURE,
      requestBody: { required: true, content: { 'application/cloudevents+json': { schema: DELIVERED } } },
      responses: { 204: { description: '已收到' }, 410: { description: '不再接收：端点随即停用' } },
    },
  },
};

/** Channels and operations of AsyncAPI beside the bus, by name. */
export const FURTHER_CHANNELS: Readonly<Record<string, Schema>> = {
  endpoint: {
    address: null,
    title: '单位的接收端点',
    description: '单位以 deliveries/register-endpoint 登记的网址；消息以 Standard Webhooks 签名，不含 correlationid、causationid 和 sequence',
    messages: Object.fromEntries(
      [NoticeSent, EndpointPinged].map(({ name, version }) => [`${name}.v${version}`, { $ref: `#/components/messages/${name}.v${version}` }]),
    ),
  },
};
export const FURTHER_ASYNC_OPERATIONS: Readonly<Record<string, Schema>> = {
  'deliver-to-endpoint': { action: 'send', title: '投递到接收端点', channel: { $ref: '#/channels/endpoint' } },
};

/** Answers of queries that are neither a page nor one thing found, by name. */
export const FURTHER_ANSWERS: Readonly<Record<string, Schema>> = {
  // With an item it is the item's history, else a page of them.
  'proficiency/history': { title: '历年结果', anyOf: [PAGE, FOUND] },
};
