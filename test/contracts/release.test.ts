import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { defineEvent } from '../../events/event.ts';
import { asyncApiOf } from '../../infra/contracts/asyncapi.ts';
import type { OpenApi } from '../../infra/contracts/openapi.ts';
import type { Schema } from '../../infra/contracts/schema.ts';
import { asyncApiBreaks, openApiBreaks } from './breaking.ts';
import { breaks, lastRelease, presentRelease, writeRelease } from './release.ts';

test('nothing breaks who works by the last release', async () => {
  const last = lastRelease();
  if (!last) throw new Error('npm run release -- --write');
  expect(breaks(last, await presentRelease())).toEqual([]);
});

describe('writing a release', () => {
  test('keeps all that binds and nothing that is only said: a title may change, a bound may not', async () => {
    const folder = `${mkdtempSync(join(tmpdir(), 'jianheng-release-'))}/`;
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const present = await presentRelease();
    expect(lastRelease(folder)).toBeUndefined();
    writeRelease(present, folder);
    const written = lastRelease(folder);
    if (!written) throw new Error('nothing was written');
    expect(breaks(written, present)).toEqual([]);
    expect(breaks(present, written), 'nothing that binds is left out').toEqual([]);
    expect(readFileSync(`${folder}openapi.json`, 'utf8')).not.toContain('案件编号');
    expect(written.openApi.components.schemas.Problem?.properties).toHaveProperty('title');
    expect(Object.keys(written.openApi.components.responses['command-409']?.content?.['application/problem+json']?.examples ?? {})).toContain('stale_version');
  });
});

const text = { type: 'string' };
const object = (properties: Readonly<Record<string, Schema>>, required: readonly string[] = Object.keys(properties)): Schema => ({
  type: 'object',
  properties,
  required,
});
const media = (schema: Schema) => ({ 'application/json': { schema } });
const header = { name: 'If-Match', in: 'header', required: false, schema: text };

/** A document of one operation, with one failure that it shares. */
const made = (more: { operation?: Schema; codes?: readonly string[]; answer?: Schema; body?: Schema; webhooks?: Schema } = {}) =>
  ({
    paths: {
      '/v1/made': {
        post: {
          parameters: [
            { $ref: '#/components/parameters/IfMatch' },
            { name: 'mode', in: 'query', required: false, schema: { type: 'string', enum: ['a', 'b'] } },
          ],
          requestBody: { required: true, content: media(more.body ?? object({ a: text })) },
          responses: { 201: { description: '', content: media(more.answer ?? object({ id: text })) }, 400: { $ref: '#/components/responses/made-400' } },
          ...more.operation,
        },
      },
    },
    webhooks: more.webhooks ?? {
      told: { post: { requestBody: { required: true, content: media(object({ t: text })) }, responses: { 200: { description: '' } } } },
    },
    components: {
      parameters: { IfMatch: header },
      schemas: {},
      responses: {
        'made-400': {
          description: '',
          content: {
            'application/problem+json': {
              schema: object({ code: text }),
              examples: Object.fromEntries((more.codes ?? ['one', 'two']).map((code) => [code, {}])),
            },
          },
        },
      },
    },
  }) as unknown as OpenApi;

const parameter = (more: object) => ({
  parameters: [header, { name: 'mode', in: 'query', required: false, schema: { type: 'string', enum: ['a', 'b'] }, ...more }],
});
const told = (body: Schema) => ({ told: { post: { requestBody: { required: true, content: media(body) }, responses: { 200: { description: '' } } } } });

describe('a change of the interface', () => {
  test.each<[string, OpenApi]>([
    ['none', made()],
    ['a field that may be left out of what is sent', made({ body: object({ a: text, b: text }, ['a']) })],
    ['a field that need no longer be sent', made({ body: object({ a: text }, []) })],
    ['a field more that is answered', made({ answer: object({ id: text, more: text }) })],
    ['a further code', made({ codes: ['one', 'two', 'three'] })],
    ['a further value of a parameter', made({ operation: parameter({ schema: { type: 'string', enum: ['a', 'b', 'c'] } }) })],
    ['a field more that is delivered', made({ webhooks: told(object({ t: text, u: text })) })],
  ])('breaks nobody: %s', (_, present) => {
    expect(openApiBreaks(made(), present)).toEqual([]);
  });

  test.each<[string, OpenApi, string]>([
    ['an operation is gone', { ...made(), paths: {} }, 'POST /v1/made is gone'],
    ['its method is another', { ...made(), paths: { '/v1/made': { put: made().paths['/v1/made']?.post } } } as unknown as OpenApi, 'POST /v1/made is gone'],
    ['a field must be sent now', made({ body: object({ a: text, b: text }) }), 'POST /v1/made body application/json/b: is required now'],
    ['a field is taken no more', made({ body: object({}) }), 'POST /v1/made body application/json/a: is gone'],
    [
      'what is sent may be shorter only',
      made({ body: object({ a: { ...text, maxLength: 3 } }) }),
      'POST /v1/made body application/json/a: maxLength was lowered',
    ],
    ['a type of body is taken no more', made({ operation: { requestBody: { required: true, content: {} } } }), 'POST /v1/made body application/json is gone'],
    ['a parameter is gone', made({ operation: { parameters: [header] } }), 'POST /v1/made query mode is gone'],
    ['a parameter must be there now', made({ operation: parameter({ required: true }) }), 'POST /v1/made query mode is required now'],
    [
      'a parameter takes less',
      made({ operation: parameter({ schema: { type: 'string', enum: ['a'] } }) }),
      'POST /v1/made query mode: b does not fit any more',
    ],
    ['a field is answered no more', made({ answer: object({}) }), 'POST /v1/made 201 application/json/id: is gone'],
    ['a field may be missing in the answer', made({ answer: object({ id: text }, []) }), 'POST /v1/made 201 application/json/id: may be missing now'],
    [
      'a field may be null in the answer',
      made({ answer: object({ id: { type: ['string', 'null'] } }) }),
      'POST /v1/made 201 application/json/id: may be null now',
    ],
    ['a status is gone', made({ operation: { responses: { 400: { $ref: '#/components/responses/made-400' } } } }), 'POST /v1/made 201 is gone'],
    ['a code is gone', made({ codes: ['one'] }), 'made-400: the code two is gone'],
    ['a webhook is gone', made({ webhooks: {} }), 'webhook POST told is gone'],
    ['a field is delivered no more', made({ webhooks: told(object({})) }), 'webhook POST told body application/json/t: is gone'],
  ])('breaks: %s', (_, present, fault) => {
    expect(openApiBreaks(made(), present)).toEqual([fault]);
  });

  test('a parameter that must be there and is new breaks', () => {
    const present = made({ operation: { parameters: [...(parameter({}).parameters as object[]), { name: 'X', in: 'header', required: true, schema: text }] } });
    expect(openApiBreaks(made(), present)).toEqual(['POST /v1/made header X is required now']);
  });
});

describe('a change of the events', () => {
  const event = (data: z.ZodObject, name = 'BoxOpened', version = 1) =>
    defineEvent({ context: 'interference', name, version, title: '虚构', means: 'Made up.', restsOn: '虚构', data, upcasts: { 1: (old) => old } });
  const title = { title: '虚构' };
  const string = z.string().meta(title);
  const published = asyncApiOf([event(z.object({ a: string, k: z.enum(['x', 'y']).meta(title) }))]);
  const present = (data: z.ZodRawShape, ...rest: readonly [name?: string, version?: number]) => asyncApiOf([event(z.object(data), ...rest)]);
  const k = z.enum(['x', 'y']).meta(title);
  const at = 'channel interference BoxOpened.v1/data';

  test.each([
    ['none', present({ a: string, k })],
    ['a further field that may be missing', present({ a: string, k, b: string.optional() })],
    ['a further value', present({ a: string, k: z.enum(['x', 'y', 'z']).meta(title) })],
    ['a further event', asyncApiOf([event(z.object({ a: string, k })), event(z.object({}), 'BoxClosed')])],
  ])('breaks nobody: %s', (_, now) => {
    expect(asyncApiBreaks(published, now)).toEqual([]);
  });

  test.each([
    ['an event is gone', asyncApiOf([event(z.object({ a: string, k }), 'BoxClosed')]), ['channel interference BoxOpened.v1 is gone']],
    ['a version is published no more', present({ a: string, k }, 'BoxOpened', 2), ['channel interference BoxOpened.v1 is gone']],
    ['a field is gone', present({ k }), [`${at}/a: is gone`]],
    ['a field may be missing', present({ a: string.optional(), k }), [`${at}/a: may be missing now`]],
    ['a field may be null', present({ a: string.nullable(), k }), [`${at}/a: may be null now`]],
    ['an old event would not fit', present({ a: string, k: z.enum(['x']).meta(title) }), [`${at}/k: y does not fit any more`]],
    ['a field that old events lack must be there', present({ a: string, k, b: string }), [`${at}/b: is required now`]],
  ])('breaks: %s', (_, now, faults) => {
    expect(asyncApiBreaks(published, now)).toEqual(faults);
  });

  test('a channel that is gone, or has another address, breaks', () => {
    expect(asyncApiBreaks(published, { ...published, channels: {} })).toEqual(['channel interference is gone']);
    const moved = { ...published, channels: { interference: { ...published.channels.interference, address: 'made' } } } as typeof published;
    expect(asyncApiBreaks(published, moved)).toEqual(['channel interference has another address']);
    expect(asyncApiBreaks(published, { ...published, operations: {} })).toEqual(['operation publish-interference is gone']);
  });
});
