import { describe, expect, test } from 'vitest';
import { API, madeGateway } from './made-gateway.ts';

const ORIGIN = 'origin: https://page.example';
const PREFLIGHT = [ORIGIN, 'access-control-request-method: POST'];

describe('a preflight', () => {
  test.each(['/v1/made/echo', '/v1/trace/abc', '/nowhere'])('of %s is answered without identity', async (path) => {
    const { ask, invoked } = await madeGateway();
    const { status, headers, text } = await ask([`OPTIONS ${path}`, ...PREFLIGHT]);
    expect({ status, text }).toEqual({ status: 204, text: '' });
    expect(headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET,POST',
      'access-control-allow-headers': 'authorization,content-type',
      'access-control-expose-headers': 'etag,retry-after',
      'access-control-max-age': '600',
    });
    expect(headers).not.toHaveProperty('content-length');
    expect(invoked).toEqual([]);
  });

  test('is not throttled', async () => {
    const { ask } = await madeGateway({ api: { throttle: { rate: 1, burst: 0 } } });
    expect(await ask(['OPTIONS /v1/made/echo', ...PREFLIGHT])).toMatchObject({ status: 204 });
  });
});

describe('OPTIONS that is no preflight', () => {
  test('tells the methods of a route', async () => {
    const { ask } = await madeGateway();
    expect(await ask(['OPTIONS /v1/made/list'])).toMatchObject({ status: 204, headers: { allow: 'GET, POST, OPTIONS' } });
  });

  test('finds no route where there is none', async () => {
    const { ask } = await madeGateway();
    expect(await ask(['OPTIONS /nowhere'])).toMatchObject({ status: 404 });
  });
});

test.each<[what: string, request: string, lines: (bearer: string) => string[], status: number]>([
  ['an answer', 'GET /v1/made/list', (bearer) => [bearer], 200],
  ['no route', 'GET /nowhere', () => [], 404],
  ['another method', 'PUT /v1/made/list', () => [], 405],
  ['no identity', 'GET /v1/made/list', () => [], 401],
  ['broken encoding', 'GET /%', () => [], 400],
])('a page may read %s', async (_, request, lines, status) => {
  const { ask, bearer } = await madeGateway();
  const answer = await ask([request, ORIGIN, ...lines(bearer)]);
  expect(answer).toMatchObject({ status, headers: { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'etag,retry-after' } });
  const { headers } = await ask([request, ...lines(bearer)]);
  expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
});

test("the function's own words about origins do not count", async () => {
  const { ask, bearer } = await madeGateway({
    invoke: async () => ({ statusCode: 200, headers: { 'Access-Control-Allow-Origin': 'https://other.example' }, body: '1' }),
  });
  expect(await ask(['GET /v1/made/list', ORIGIN, bearer])).toMatchObject({ headers: { 'access-control-allow-origin': '*' } });
});

describe('where origins are listed', () => {
  const api = { cors: { ...API.cors, allowOrigins: ['https://page.example'] } };

  test('a listed one is named, and caches are told that it matters', async () => {
    const { ask, bearer } = await madeGateway({ api });
    for (const lines of [
      ['GET /v1/made/list', ORIGIN, bearer],
      ['OPTIONS /v1/made/list', ...PREFLIGHT],
    ])
      expect(await ask(lines)).toMatchObject({ headers: { 'access-control-allow-origin': 'https://page.example', vary: 'origin' } });
  });

  test.each(['https://page.example.evil.example', 'http://page.example', 'null'])('%s gets no leave', async (origin) => {
    const { ask, bearer } = await madeGateway({ api });
    for (const lines of [
      ['GET /v1/made/list', `origin: ${origin}`, bearer],
      ['OPTIONS /v1/made/list', `origin: ${origin}`, 'access-control-request-method: GET'],
    ]) {
      const { headers } = await ask(lines);
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
      expect(headers.vary).toBe('origin');
    }
  });
});
