import { describe, expect, test } from 'vitest';
import type { Right } from '../../functions/kernel/command.ts';
import { routesOf } from '../../functions/kernel/http/routes.ts';
import { collectionOf, httpFileOf } from '../../infra/contracts/collection.ts';
import { openApiOf } from '../../infra/contracts/openapi.ts';
import type { ApiRequest } from '../support/api.ts';
import { inProcessHost, memoryStores } from '../support/in-process-host.ts';
import { undocumented } from './documented.ts';

const host = await inProcessHost('360000', memoryStores(), '2026-03-10T01:00:00.000Z');
const document = openApiOf(host.definitions);
const routes = routesOf(host.definitions);

interface Item {
  readonly name: string;
  readonly request: {
    readonly method: string;
    readonly header: readonly { readonly key: string; readonly value: string }[];
    readonly body?: { readonly mode: string; readonly raw: string };
    readonly url: { readonly raw: string; readonly path: readonly string[] };
  };
}
const collection = collectionOf(document) as {
  readonly info: object;
  readonly variable: object;
  readonly item: readonly { readonly name: string; readonly item: readonly Item[] }[];
};
const items = collection.item.flatMap(({ item }) => item);

/** A request of the `.http` file. */
const written = httpFileOf(document)
  .split(/^### /m)
  .slice(1)
  .map((text) => {
    const [head = '', ...body] = text.split('\n\n');
    const [name = '', line = '', ...headers] = head.split('\n');
    const [method = '', url = ''] = line.split(' ');
    return { name, method, url, headers: Object.fromEntries(headers.map((each) => each.split(': '))), body: body.join('\n\n').trim() };
  });

/** As somebody sends it who may: the variables in place, by the first line of the route's rights. */
async function sent(method: string, url: string, headers: Readonly<Record<string, string>>, body: string | undefined): Promise<ApiRequest> {
  const [path = '', query = ''] = url.replace('{{baseUrl}}', '').split('?');
  const route = routes.find((each) => new RegExp(`^${each.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path));
  if (!route) throw new Error(`${path} is no route`);
  const [line] = ('command' in route ? route.command.who : route.query.who) as readonly Right<unknown, unknown, unknown>[];
  if (!line) throw new Error(`nobody may ${path}`);
  const token = await host.token({ agency: 'made-agency', kind: line.kind, division: '360000', person: 'made-person', roles: line.roles.slice(0, 1) });
  const key = headers['Idempotency-Key'] === undefined ? {} : { 'idempotency-key': `made-${path}` };
  return { method, path, query, headers: { authorization: `Bearer ${token}`, accept: headers.Accept ?? '', ...key }, ...(body === undefined ? {} : { body }) };
}

/** No command and no query: these are tried where they are made. */
const apart = (path: string): boolean =>
  !routes.some((each) => each.path === path || (each.path.includes('{') && path.startsWith(each.path.slice(0, each.path.indexOf('{')))));
const pathOf = ({ url }: Item['request']): string => `/${url.path.join('/')}`;

describe('the collection of requests', () => {
  test('is Postman’s v2.1, with the host and the token as variables, in a folder a context', () => {
    expect(collection).toMatchObject({
      info: { name: '鉴衡接口', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
      auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}' }] },
      variable: [{ key: 'baseUrl', value: 'http://127.0.0.1:8080' }, { key: 'token' }],
    });
    expect(collection.item.map(({ name }) => name)).toContain('能力验证');
  });

  test('has every operation once, and a new idempotency key for each command', () => {
    expect(items).toHaveLength(Object.values(document.paths).flatMap((methods) => Object.keys(methods)).length);
    for (const { request } of items) {
      expect(request.header.find(({ key }) => key === 'Idempotency-Key')?.value).toBe(
        request.method === 'POST' && !apart(pathOf(request)) ? '{{$guid}}' : undefined,
      );
      expect(request.url.raw.replace(/\?.*/, '')).toBe(`{{baseUrl}}/${request.url.path.join('/')}`);
    }
  });

  test.each(items.filter(({ request }) => !apart(pathOf(request))).map(({ name, request }) => [name, request] as const))(
    '%s: is understood as it stands',
    async (_, { method, url, header, body }) => {
      const request = await sent(method, url.raw, Object.fromEntries(header.map(({ key, value }) => [key, value])), body?.raw);
      const answer = await host.api.request(request);
      expect([200, 201, 403, 404, 409, 422], JSON.stringify(answer.body)).toContain(answer.status);
      expect(undocumented(request, answer)).toEqual([]);
    },
  );
});

test('the file for editors has the same requests', () => {
  const told = items.map(({ name, request: { method, url, body } }) => ({ name, method, url: url.raw, body: body?.raw ?? '' }));
  expect(written.map(({ name, method, url, body }) => ({ name, method, url, body }))).toEqual(told);
  for (const { method, url, headers } of written) {
    const command = method === 'POST' && !apart(url.replace('{{baseUrl}}', ''));
    expect(headers).toMatchObject({
      Authorization: 'Bearer {{token}}',
      ...(command ? { 'Content-Type': 'application/json', 'Idempotency-Key': '{{$guid}}' } : {}),
    });
  }
});
