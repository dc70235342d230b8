import { Parser } from '@asyncapi/parser';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../events/catalogue.ts';
import { cloudEvent, cloudEventType } from '../../events/event.ts';
import { asyncApiOf, type Message } from '../../infra/contracts/asyncapi.ts';
import { type Schema, schemasIn } from '../../infra/contracts/schema.ts';
import { faultsOf } from './json-schema.ts';

const document = asyncApiOf();
const each = catalogue.map(
  (definition) => [definition.name, definition, document.components.messages[`${definition.name}.v${definition.version}`] as Message] as const,
);

/** Severities of a diagnostic: 0 is an error. */
const errorsIn = async (given: object): Promise<readonly string[]> =>
  (await new Parser().parse(JSON.stringify(given))).diagnostics.filter(({ severity }) => severity === 0).map(({ message }) => message);

test('a public validator finds no fault with the document', { timeout: 60_000 }, async () => {
  expect(await errorsIn(document)).toEqual([]);
  expect(await errorsIn({ ...document, operations: { made: { action: 'send', channel: { $ref: '#/channels/made' } } } })).not.toEqual([]);
});

describe('the events', () => {
  test('every event is a message of its context’s channel, and nothing else is', () => {
    const told = Object.entries(document.channels)
      .filter(([, { address }]) => address !== null)
      .flatMap(([context, { messages }]) => Object.keys(messages).map((name) => `${context}/${name}`));
    expect(told.sort()).toEqual(catalogue.map(({ context, name, version }) => `${context}/${name}.v${version}`).sort());
  });

  test.each(each)('%s: a CloudEvent of its type, with Chinese title, whose example is one that the event itself takes', (_, definition, message) => {
    expect(message.title).toMatch(/\p{Script=Han}/u);
    expect(message.name).toBe(cloudEventType(definition));
    const { payload } = message.examples[0] as { payload: { type: string; data: unknown } };
    expect(cloudEvent.safeParse(payload).error?.issues ?? []).toEqual([]);
    expect(payload.type).toBe(message.name);
    expect(definition.data.safeParse(payload.data).error?.issues ?? []).toEqual([]);
    expect(faultsOf(document, message.payload as Schema, payload)).toEqual([]);
    expect(faultsOf(document, message.payload as Schema, { ...payload, type: 'cn.jianheng.made.Other.v1' })).not.toEqual([]);
  });

  test.each(each.filter(([, { restricted }]) => restricted !== undefined))(
    '%s: of its restricted part it says that there is one, and no more',
    (_, definition, message) => {
      expect(message.description).toBe('另有保密部分，不随事件发布。');
      const data = (message.payload.properties as Record<string, Schema>).data as Schema;
      expect(Object.keys(data.properties as object).sort()).toEqual(Object.keys(definition.data.shape).sort());
      const names = Object.keys(definition.restricted?.shape ?? {}).filter((name) => !(name in definition.data.shape));
      const told = [...schemasIn(message.payload as Schema)].flatMap(([, schema]) => Object.keys((schema.properties ?? {}) as object));
      expect(names.filter((name) => told.includes(name))).toEqual([]);
    },
  );

  test('what has no restricted part does not say that it has one', () => {
    expect(document.components.messages['AgencyRegistered.v1']?.description).toBeUndefined();
  });
});
