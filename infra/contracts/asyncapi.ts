import { catalogue } from '../../events/catalogue.ts';
import { type AnyEventDefinition, cloudEvent, cloudEventType } from '../../events/event.ts';
import { exampleOf } from './examples.ts';
import { FURTHER_ASYNC_OPERATIONS, FURTHER_CHANNELS } from './further.ts';
import { titleOf, version } from './openapi.ts';
import { type Schema, schemaOf } from './schema.ts';

/** An AsyncAPI 3.0 document; what this house reads of it again has a type. */
export interface AsyncApi extends Schema {
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly channels: Readonly<Record<string, Channel>>;
  readonly operations: Readonly<Record<string, Schema>>;
  readonly components: { readonly messages: Readonly<Record<string, Message>> };
}

export interface Channel extends Schema {
  readonly address: string | null;
  readonly title: string;
  readonly description?: string;
  readonly messages: Readonly<Record<string, { readonly $ref: string }>>;
}

export interface Message extends Schema {
  /** CloudEvents type. */
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly description?: string;
  readonly payload: Schema;
  readonly examples: readonly { readonly name: string; readonly payload: unknown }[];
}

const DESCRIPTION = `每个事件是一个 CloudEvents 1.0 消息，说明已经发生的一件事。同一事件可能送达多次，以 source 和 id 识别；不保证先后顺序，同一事项的先后以 sequence 为准。

事件的内容以后可能增加新的项，枚举可能增加新的值，接收时应当容许；含义改变的用新的版本，即另一类型。保密部分不随事件发布，也不在此列出。`;

/** The published language as AsyncAPI 3.0: a channel a context, a message an event, its open part alone. */
export function asyncApiOf(definitions: readonly AnyEventDefinition[] = catalogue): AsyncApi {
  // The catalogue's own order is that of whoever loaded the modules.
  const events = definitions.toSorted((one, other) => (cloudEventType(one) < cloudEventType(other) ? -1 : 1));
  const contexts = [...Map.groupBy(events, ({ context }) => context)];
  const further = contexts.some(([context]) => context === 'deliveries') ? FURTHER_CHANNELS : {};
  return {
    asyncapi: '3.0.0',
    info: { title: '鉴衡事件', version, description: DESCRIPTION },
    defaultContentType: CONTENT_TYPE,
    channels: { ...Object.fromEntries(contexts.map(([context, own]) => [context, channelOf(context, own)])), ...further } as AsyncApi['channels'],
    operations: {
      ...Object.fromEntries(
        contexts.map(([context]) => [
          `publish-${context}`,
          { action: 'send', title: `发布${titleOf(context)}事件`, channel: { $ref: `#/channels/${context}` } },
        ]),
      ),
      ...(Object.keys(further).length > 0 ? FURTHER_ASYNC_OPERATIONS : {}),
    },
    components: { messages: Object.fromEntries(events.map((each) => [keyOf(each), messageOf(each)])) },
  };
}

const CONTENT_TYPE = 'application/cloudevents+json';
const keyOf = ({ name, version: number }: AnyEventDefinition): string => `${name}.v${number}`;

const channelOf = (context: string, events: readonly AnyEventDefinition[]): Channel => ({
  address: `jianheng.${context}`,
  title: titleOf(context),
  description: `省内事件总线：source 为 jianheng.${context}，detail-type 为事件名称，detail 为消息本身`,
  messages: Object.fromEntries(events.map((each) => [keyOf(each), { $ref: `#/components/messages/${keyOf(each)}` }])),
});

function messageOf(definition: AnyEventDefinition): Message {
  const { context, title, means, data, restricted } = definition;
  const type = cloudEventType(definition);
  const envelope = schemaOf(cloudEvent) as { readonly properties: Readonly<Record<string, Schema>> };
  const named = { ...envelope.properties.type, const: type };
  const payload = { ...envelope, properties: { ...envelope.properties, type: named, data: { title: '公开部分', ...schemaOf(data) } } };
  return {
    name: type,
    title,
    summary: means,
    ...(restricted ? { description: '另有保密部分，不随事件发布。' } : {}),
    payload,
    examples: [
      { name: title, payload: { ...ENVELOPE, source: `/province/360000/${context}`, type, subject: `${context}/made/${ID}`, data: exampleOf(schemaOf(data)) } },
    ],
  };
}

const ID = '0123456789abcdef0123456789abcdef';
const ENVELOPE = {
  specversion: '1.0',
  id: ID,
  time: '2026-03-10T01:00:00.000Z',
  datacontenttype: 'application/json',
  correlationid: ID,
  causationid: ID,
  sequence: '000000000001',
  causationdepth: 0,
  occurredon: '2026-03-10',
};
