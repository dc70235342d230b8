import { basis } from '../../events/basis.ts';
import { MAX_ERRORS } from '../../functions/kernel/problem.ts';
import { type Schema, schemaOf } from './schema.ts';

/** What is answered, as JSON Schema: what the code has types for, and no more. Every example is one that the code could give. */

const ID = '0123456789abcdef0123456789abcdef';

/** Answer of a command (`functions/kernel/execute.ts`). */
export const ANSWER: Schema = {
  title: '办理答复',
  type: 'object',
  properties: {
    stream: { title: '所办事项', type: 'string', examples: [`made/thing/${ID}`] },
    version: { title: '事项版本', type: 'integer', minimum: 0, examples: [1] },
    events: {
      title: '所作的事件',
      type: 'array',
      items: {
        type: 'object',
        properties: { id: { title: '事件编号', type: 'string', examples: [ID] }, type: { title: '事件名称', type: 'string', examples: ['ThingDone'] } },
        required: ['id', 'type'],
      },
    },
    correlationId: { title: '留痕编号', type: 'string', examples: [ID] },
  },
  required: ['stream', 'version', 'events', 'correlationId'],
};

/** The same of a command that discloses; what is disclosed goes to the asker once, and a repeated call may be answered without it. */
export const DISCLOSURE: Schema = {
  ...ANSWER,
  title: '办理答复和查阅内容',
  properties: { ...(ANSWER.properties as object), disclosed: { title: '查阅的内容', description: '只答复给查阅人本人；重复请求时可能不再给出' } },
};

/** `?preview=true` (`functions/kernel/preview.ts`). */
export const PREVIEW: Schema = {
  title: '预演',
  description: '将要写入和随之发生的全部事项；什么也没有写入',
  type: 'object',
  properties: {
    steps: {
      title: '各步',
      type: 'array',
      items: {
        type: 'object',
        properties: {
          command: { title: '命令', type: 'string' },
          after: { title: '由第几步引起', description: '从 0 起；-1 为所请求的命令本身', type: 'integer', minimum: -1, examples: [-1] },
          stream: { title: '事项', type: 'string' },
          events: {
            title: '事件',
            type: 'array',
            items: {
              type: 'object',
              properties: { type: { title: '事件名称', type: 'string' }, data: { title: '公开部分', type: 'object' } },
              required: ['type', 'data'],
            },
          },
        },
        required: ['command', 'after', 'stream', 'events'],
      },
    },
    complete: { title: '已全部列出', type: 'boolean', examples: [true] },
  },
  required: ['steps', 'complete'],
};

const asOf: Schema = {
  title: '完整截至',
  description: '到这一分钟为止的内容是完整的',
  type: ['string', 'null'],
  format: 'date-time',
  examples: ['2026-03-10T01:00:00.000Z'],
};

/** Answer of a query that is no listing. */
export const FOUND: Schema = { title: '查询结果', type: 'object', properties: { asOf }, required: ['asOf'] };

/** A page of a listing (`page` of `functions/kernel/query.ts`). */
export const PAGE: Schema = {
  title: '一页',
  type: 'object',
  properties: {
    items: { title: '各项', type: 'array', items: { type: 'object' }, examples: [[]] },
    next: { title: '下一页的游标', description: '没有下一页的为 null', type: ['string', 'null'], examples: [null] },
    asOf,
  },
  required: ['items', 'next', 'asOf'],
};

/** RFC 9457 (`functions/kernel/problem.ts`). */
export const PROBLEM: Schema = {
  title: '问题详情',
  description: 'RFC 9457 problem+json',
  type: 'object',
  properties: {
    type: { title: '问题类型', type: 'string', format: 'uri' },
    title: { title: '问题名称', type: 'string' },
    status: { title: '状态码', type: 'integer' },
    detail: { title: '说明', type: 'string' },
    code: { title: '代码', description: '稳定不变，供程序判断', type: 'string' },
    errors: {
      title: '差错所在',
      type: 'array',
      maxItems: MAX_ERRORS,
      items: {
        type: 'object',
        properties: { pointer: { title: '位置', description: 'JSON Pointer，RFC 6901', type: 'string' }, message: { title: '说明', type: 'string' } },
        required: ['pointer', 'message'],
      },
    },
    basis: { title: '依据', ...schemaOf(basis) },
    cure: { title: '如何改正', type: 'string' },
    allow: { title: '允许的请求方法', type: 'array', items: { type: 'string' } },
    retryAfter: { title: '多少秒后重试', type: 'integer' },
  },
  required: ['type', 'title', 'status', 'detail', 'code'],
};
