import { FOUND, PAGE } from './answers.ts';
import type { Failing } from './errors.ts';
import type { Schema } from './schema.ts';

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

/** Operations beside the commands and queries. */
export const FURTHER_OPERATIONS: readonly Further[] = [
  document('openapi.json', '接口文件 OpenAPI 3.1', 'application/json', { type: 'object' }),
  document('asyncapi.json', '事件文件 AsyncAPI 3.0', 'application/json', { type: 'object' }),
  document('openapi.html', '接口说明', 'text/html', { type: 'string' }),
  document('asyncapi.html', '事件说明', 'text/html', { type: 'string' }),
];

/** What agencies are sent: Path Item Objects of OpenAPI's `webhooks`, by name. */
export const FURTHER_WEBHOOKS: Readonly<Record<string, Schema>> = {};

/** Channels and operations of AsyncAPI beside the bus, by name. */
export const FURTHER_CHANNELS: Readonly<Record<string, Schema>> = {};
export const FURTHER_ASYNC_OPERATIONS: Readonly<Record<string, Schema>> = {};

/** Answers of queries that are neither a page nor one thing found, by name. */
export const FURTHER_ANSWERS: Readonly<Record<string, Schema>> = {
  // With an item it is the item's history, else a page of them.
  'proficiency/history': { title: '历年结果', anyOf: [PAGE, FOUND] },
};
