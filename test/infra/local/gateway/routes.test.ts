import { describe, expect, test } from 'vitest';
import { RouteTable } from '../../../../infra/local/gateway/route-table.ts';
import { madeGateway } from './made-gateway.ts';
import { HOST, headOf } from './wire.ts';

describe('a path of the deployment', () => {
  test.each<[request: string, name: string, key: string, parameters?: Record<string, string>]>([
    ['GET /v1/made/list', 'list', 'GET /v1/made/list'],
    ['POST /v1/made/list', 'echo', 'POST /v1/made/list'],
    ['GET /v1/made/list?a=b', 'list', 'GET /v1/made/list'],
    ['GET http://localhost/v1/made/list', 'list', 'GET /v1/made/list'],
    ['GET HTTP://127.0.0.1:80/v1/made/list?a', 'list', 'GET /v1/made/list'],
    ['GET /v1/made/l%69st', 'list', 'GET /v1/made/list'],
    ['GET /v1/trace/abc', 'trace', 'GET /v1/trace/{correlationId}', { correlationId: 'abc' }],
    ['GET /v1/trace/mine', 'mine', 'GET /v1/trace/mine'],
    ['GET /v1/trace/a%2Fb%20%E5%8F%B8', 'trace', 'GET /v1/trace/{correlationId}', { correlationId: 'a/b 司' }],
    ['GET /v1/trace/..', 'trace', 'GET /v1/trace/{correlationId}', { correlationId: '..' }],
    ['GET /v1/trace/{correlationId}', 'trace', 'GET /v1/trace/{correlationId}', { correlationId: '{correlationId}' }],
    ['GET /v1/trace/__proto__', 'trace', 'GET /v1/trace/{correlationId}', { correlationId: '__proto__' }],
  ])('%s → %s', async (request, name, key, parameters) => {
    const { ask, bearer, invoked } = await madeGateway();
    expect(await ask([request, bearer])).toMatchObject({ status: 200, json: { name } });
    expect(invoked[0]?.[1].routeKey).toBe(key);
    expect(invoked[0]?.[1].pathParameters).toEqual(parameters);
  });

  test.each([
    '/',
    '/v1',
    '/v1/made',
    '/v1/made/',
    '/v1/made/list/',
    '//v1/made/list',
    '/v1//made/list',
    '/v1/made//list',
    '//evil.example',
    '//evil.example/v1/made/list',
    '/v1/made/./list',
    '/v1/x/../made/list',
    '/v1/made%2Flist',
    '/v1/made/list%00',
    '/v1/made/LIST',
    '/v1/made/list;a=b',
    '/v1/trace/',
    '/v1/trace/a/b',
    '/v1/constructor',
    '/__proto__',
    'http://localhost',
    'http://localhost?/v1/made/list',
  ])('GET %s is none: 404', async (path) => {
    const { ask, bearer, invoked } = await madeGateway();
    expect(await ask([`GET ${path}`, bearer])).toMatchObject({ status: 404, json: { code: 'unknown_route' } });
    expect(await ask(['GET /v1/made/list', bearer])).toMatchObject({ status: 200 });
    expect(invoked).toHaveLength(1);
  });

  test.each(['/v1/trace/%', '/v1/trace/%zz', '/v1/trace/%c0%80', '/v1/trace/%ed%a0%80', '/%ff', '*', 'localhost:80', 'ftp://localhost/'])(
    'GET %s is broken: 400',
    async (path) => {
      const { ask, bearer } = await madeGateway();
      expect(await ask([`GET ${path}`, bearer])).toMatchObject({ status: 400, json: { code: 'bad_request' } });
      expect(await ask(['GET /v1/made/list', bearer])).toMatchObject({ status: 200 });
    },
  );

  test.each(['http://evil.example/v1/made/list', 'https://localhost.evil.example/v1/made/list', 'http://localhost@evil.example/v1/made/list'])(
    'GET %s is of another machine: 421',
    async (target) => {
      const { ask, bearer } = await madeGateway();
      expect(await ask([`GET ${target}`, bearer])).toMatchObject({ status: 421, json: { code: 'misdirected' } });
    },
  );

  test.each(['PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND', 'HEAD'])('%s on a known path: 405 with the methods that it takes', async (method) => {
    const { ask, bearer } = await madeGateway();
    const answer = await ask([`${method} /v1/made/list`, bearer]);
    expect(answer).toMatchObject({ status: 405, headers: { allow: 'GET, POST', 'content-type': 'application/problem+json; charset=utf-8' } });
    expect(answer.json?.code).toBe(method === 'HEAD' ? undefined : 'method_not_allowed');
  });

  test('HEAD on an unknown path: 404 without a body, and the connection serves on', async () => {
    const { open, bearer } = await madeGateway();
    const line = await open();
    line.send(headOf('HEAD /nowhere', [HOST]) + headOf('GET /v1/made/list', [HOST, bearer]));
    expect(await line.answer({ head: true })).toMatchObject({ status: 404, text: '' });
    expect(await line.answer()).toMatchObject({ status: 200 });
    line.socket.destroy();
  });

  test('an open route leads to its function without a token, and no token that comes along is looked at', async () => {
    const { ask, invoked } = await madeGateway({
      verify: async () => {
        throw new Error('it was asked');
      },
    });
    for (const headers of [[], ['authorization: Bearer made']]) expect(await ask(['POST /v1/made/open', ...headers])).toMatchObject({ status: 200 });
    expect(invoked.map(([, { requestContext }]) => 'authorizer' in requestContext)).toEqual([false, false]);
  });

  test('a request without identity learns whether there is a route, not more', async () => {
    const { ask, invoked } = await madeGateway();
    expect(await ask(['GET /v1/made/list'])).toMatchObject({
      status: 401,
      json: { code: 'missing_token' },
      headers: { 'www-authenticate': 'Bearer realm="jianheng"' },
    });
    expect(await ask(['GET /v1/made/none'])).toMatchObject({ status: 404 });
    expect(invoked).toEqual([]);
  });
});

test('of two paths with parameters the one with more that is fixed goes first', () => {
  const table = new RouteTable<number>();
  table.add('GET', '/{a}/{b}', 1);
  table.add('GET', '/{a}/fixed', 2);
  table.add('POST', '/{a}/fixed', 3);
  expect(table.match('/x/fixed')).toEqual({
    methods: new Map([
      ['GET', 2],
      ['POST', 3],
    ]),
    parameters: { a: 'x' },
  });
  expect(table.match('/x/y')).toEqual({ methods: new Map([['GET', 1]]), parameters: { a: 'x', b: 'y' } });
});

describe('a route that only this host has', () => {
  const own = new Map([
    [
      'POST /dev/token',
      async ({ query, body }: { query: URLSearchParams; body: unknown }) => ({ statusCode: 200, body: JSON.stringify({ role: query.get('role'), body }) }),
    ],
    [
      'GET /dev/fails',
      async () => {
        throw new Error('made to fail');
      },
    ],
  ]);

  test('is neither authorized nor throttled, and is given query and body', async () => {
    const { ask } = await madeGateway({ own, api: { throttle: { rate: 1, burst: 0 } } });
    expect(await ask(['POST /dev/token?role=head'], '{"a":[1]}')).toMatchObject({ status: 200, json: { role: 'head', body: { a: [1] } } });
    expect(await ask(['POST /dev/token'])).toMatchObject({ status: 200, json: { role: null } });
  });

  test('refuses a body that is no JSON', async () => {
    const { ask } = await madeGateway({ own });
    expect(await ask(['POST /dev/token'], '{"a":1,"a":2}')).toMatchObject({ status: 400, json: { code: 'malformed_json' } });
    expect(await ask(['POST /dev/token'], Buffer.from([0x22, 0xff, 0x22]))).toMatchObject({ status: 400, json: { code: 'malformed_json' } });
  });

  test('that fails is 503, and told to the log', async () => {
    const { ask, logged } = await madeGateway({ own });
    expect(await ask(['GET /dev/fails'])).toMatchObject({ status: 503, json: { code: 'unavailable' } });
    expect(logged).toMatchObject([{ what: 'gateway-failed', level: 'error' }]);
    expect(JSON.stringify(logged)).not.toContain('made to fail');
  });

  test.each(['https://evil.example', 'http://localhost.evil.example', 'null', 'http://localhost@evil.example'])('is closed to a page of %s', async (origin) => {
    const { ask } = await madeGateway({ own });
    const answer = await ask(['POST /dev/token', `origin: ${origin}`], '{}');
    expect(answer).toMatchObject({ status: 403, json: { code: 'forbidden' } });
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    const preflight = await ask(['OPTIONS /dev/token', `origin: ${origin}`, 'access-control-request-method: POST']);
    expect(preflight.headers).not.toHaveProperty('access-control-allow-origin');
  });

  test('is open to a page of this machine', async () => {
    const { ask } = await madeGateway({ own });
    expect(await ask(['POST /dev/token', 'origin: http://localhost:5173'], '{}')).toMatchObject({
      status: 200,
      headers: { 'access-control-allow-origin': '*' },
    });
  });
});
