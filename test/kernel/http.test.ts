import { describe, expect, test } from 'vitest';
import { notFound } from '../../functions/kernel/decision.ts';
import { define } from '../../functions/kernel/definitions.ts';
import { makeVerifier } from '../../functions/kernel/identity.ts';
import { LIMITS } from '../../functions/kernel/limits.ts';
import { Throttled } from '../../functions/kernel/ports.ts';
import { type AnyQuery, query } from '../../functions/kernel/query.ts';
import { InProcessApi } from '../support/api.ts';
import { makeIssuer } from '../support/issuer.ts';
import { boxes, openBox, PARTS } from '../support/made-context.ts';
import { type Made, PEOPLE, post, setUpMade } from '../support/made-kernel.ts';

const BOX = { box: '1', shelf: 'a' };
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const get = (made: Made, query = 'shelf=a', path = '/v1/made/boxes', authorization = 'clerk') =>
  made.api.request({ method: 'GET', path, query, headers: { authorization } });

describe('a command over HTTP', () => {
  test('answers 201 with stream, version, events and correlation, and the version as ETag', async () => {
    const made = await setUpMade();
    const { status, headers, body } = await post(made, 'open-box', BOX);
    expect(status).toBe(201);
    expect(headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', etag: '"1"' });
    expect(body).toEqual({
      stream: 'made/box/1',
      version: 1,
      events: [{ id: expect.stringMatching(/^[0-9a-f]{32}$/), type: 'BoxOpened' }],
      correlationId: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  test.each<[string, unknown, Record<string, string>, number, string, string?]>([
    ['no JSON', '{', {}, 400, 'malformed_json'],
    ['an empty body', '', {}, 400, 'malformed_json'],
    ['a key twice', '{"box":"1","box":"2","shelf":"a"}', {}, 400, 'malformed_json', '/box'],
    ['a wrong type', { box: 1, shelf: 'a' }, {}, 400, 'invalid_body', '/box'],
    ['a missing field', { box: '1' }, {}, 400, 'invalid_body', '/shelf'],
    ['an unknown field', { ...BOX, extra: 1 }, {}, 400, 'invalid_body', '/extra'],
    ['no object', '[]', {}, 400, 'invalid_body', ''],
    ['nesting too deep', nested(LIMITS.depth + 1), {}, 400, 'malformed_json'],
    ['a body too large', { ...BOX, story: 'x'.repeat(LIMITS.body) }, {}, 413, 'too_large'],
    ['another content type', BOX, { 'content-type': 'text/plain' }, 415, 'unsupported_media_type'],
    ['nobody', BOX, { authorization: 'nobody' }, 401, 'missing_token'],
  ])('refuses %s as a problem with its place in Chinese, and writes nothing', async (_, body, headers, status, code, pointer) => {
    const made = await setUpMade();
    const before = made.snapshot();
    const answer = await post(made, 'open-box', body, headers);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.body).toMatchObject({ code, status, title: expect.stringMatching(/\p{Script=Han}/u), detail: expect.stringMatching(/\p{Script=Han}/u) });
    if (pointer !== undefined) expect(answer.body.errors).toContainEqual({ pointer, message: expect.stringMatching(/\p{Script=Han}/u) });
    expect(made.snapshot()).toEqual(before);
  });

  test('a rule that refuses is a 422 with its code, article, cure and place', async () => {
    const made = await setUpMade();
    await post(made, 'close-shelf', { shelf: 'a' }, { 'idempotency-key': 'close' });
    expect((await post(made, 'open-box', BOX)).body).toMatchObject({
      status: 422,
      code: 'shelf_closed',
      detail: '架已封闭',
      cure: '换一个架',
      basis: { document: '虚构〔2026〕1号', article: '第一条', status: 'law' },
      errors: [{ pointer: '/shelf', message: '架已封闭' }],
    });
  });

  test('a conflict that a rule finds is a 409 with the rule’s code', async () => {
    const made = await setUpMade();
    await made.done(openBox, BOX);
    expect(await post(made, 'open-box', BOX)).toMatchObject({ status: 409, body: { code: 'already_open', errors: [{ pointer: '/box' }] } });
  });

  test('an unknown path is a 404, another method a 405 that tells which', async () => {
    const made = await setUpMade();
    expect(await post(made, 'burn-box', BOX)).toMatchObject({ status: 404, body: { code: 'unknown_route' } });
    expect(await get(made, '', '/v1/made/open-box')).toMatchObject({ status: 405, headers: { allow: 'POST' } });
  });

  test('a store that asks to wait is a 429; a fault that is nobody’s is a 503 that tells nothing of it and is logged without its message', async () => {
    const made = await setUpMade();
    made.rivals.push(() => Promise.reject(new Throttled('虚构的原因')));
    expect(await post(made, 'open-box', BOX)).toMatchObject({ status: 429, headers: { 'retry-after': '1' } });
    made.rivals.push(() => Promise.reject(new Error('虚构的原因')));
    const answer = await post(made, 'open-box', BOX);
    expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect(made.province.lines.some((line) => line.includes('request-failed'))).toBe(true);
    expect(JSON.stringify(answer) + made.province.lines.join('')).not.toContain('虚构的原因');
    expect((await post(made, 'open-box', BOX)).status).toBe(201);
  });

  test('logs one line a request: which command, what came of it, how long; nothing of its content', async () => {
    const made = await setUpMade();
    await post(made, 'open-box', { ...BOX, story: '虚构的具体情况' });
    await post(made, 'open-box', { box: 1 });
    expect(made.province.lines.map((line) => JSON.parse(line))).toMatchObject([
      { what: 'request-answered', command: 'made/open-box', status: 201, durationMs: 0 },
      { what: 'request-answered', command: 'made/open-box', status: 400 },
    ]);
  });
});

describe('a query over HTTP', () => {
  test.each([
    ['an unknown parameter', 'shelf=a&colour=red', 'unknown_parameter'],
    ['a parameter twice', 'shelf=a&shelf=b', 'unknown_parameter'],
    ['a missing one', '', 'invalid_body'],
    ['a limit of nothing', 'shelf=a&limit=0', 'invalid_body'],
    ['a limit too high', 'shelf=a&limit=101', 'invalid_body'],
  ])('refuses %s with a 400', async (_, query, code) => {
    expect(await get(await setUpMade(), query)).toMatchObject({ status: 400, body: { code } });
  });

  test('answers an empty page where there is nothing, and refuses a cursor that no page gave', async () => {
    const made = await setUpMade();
    expect(await get(made, 'shelf=none')).toMatchObject({ status: 200, body: { items: [], next: null } });
    for (const query of ['shelf=a&cursor=zzzz', 'shelf=a&cursor=%00']) {
      expect(await get(made, query)).toMatchObject({ status: 400, body: { code: 'invalid_cursor' } });
    }
  });
});

describe('a query that can be shown', () => {
  const JSON_TYPE = 'application/json; charset=utf-8';
  const HTML = 'text/html; charset=utf-8';
  const SVG = 'image/svg+xml; charset=utf-8';
  const sheet = query({ ...boxes, page: () => '<p>箱</p>', image: (answer) => `<svg>${(answer as { items: unknown[] }).items.length}</svg>` });
  const asked = async (accept: string | undefined, shownAs: AnyQuery = sheet) => {
    const made = await setUpMade({ definitions: define({ ...PARTS, queries: [shownAs] }) });
    await post(made, 'open-box', BOX);
    await made.province.settle();
    const headers = { authorization: 'clerk', ...(accept === undefined ? {} : { accept }) };
    return made.api.request({ method: 'GET', path: '/v1/made/boxes', query: 'shelf=a', headers });
  };

  test.each<[string | undefined, string]>([
    [undefined, JSON_TYPE],
    ['', JSON_TYPE],
    ['*/*', JSON_TYPE],
    ['image/*', JSON_TYPE],
    ['application/json', JSON_TYPE],
    ['application/json, image/svg+xml', JSON_TYPE],
    ['application/json;q=0.5, image/svg+xml;q=0.9', JSON_TYPE],
    ['image/png, image/svg+xml', JSON_TYPE],
    ['image/svg', JSON_TYPE],
    ['image/svgxxml', JSON_TYPE],
    ['image/svg+xml', SVG],
    [' IMAGE/SVG+XML ', SVG],
    ['image/svg+xml;q=0.9,*/*;q=0.8', SVG],
    ['image/svg+xml, text/html', SVG],
    ['text/html', HTML],
    ['text/html,application/xhtml+xml;q=0.9,image/svg+xml;q=0.9,*/*;q=0.8', HTML],
  ])('Accept: %s is answered as %s', async (accept, type) => {
    const { status, headers } = await asked(accept);
    expect({ status, type: headers['content-type'] }).toEqual({ status: 200, type });
  });

  test('an image is drawn of what was read, and shown as a page is: it runs nothing, fetches nothing, is kept by nobody', async () => {
    const [image, page] = [await asked('image/svg+xml'), await asked('text/html')];
    expect(image.body).toBe('<svg>1</svg>');
    expect(image.headers).toEqual({ ...page.headers, 'content-type': SVG });
    expect(image.headers).toMatchObject({
      'content-security-policy': expect.stringMatching(/^default-src 'none';/),
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
  });

  test('who would rather have what the query is not has JSON; a problem is never drawn', async () => {
    expect((await asked('image/svg+xml', boxes)).headers['content-type']).toBe(JSON_TYPE);
    expect((await asked('image/svg+xml', query({ ...boxes, page: () => '' }))).headers['content-type']).toBe(JSON_TYPE);
    const refusing = query({ ...sheet, read: async () => notFound('箱') });
    expect(await asked('image/svg+xml', refusing)).toMatchObject({ status: 404, headers: { 'content-type': 'application/problem+json; charset=utf-8' } });
  });
});

describe('identity', () => {
  async function guarded() {
    const made = await setUpMade();
    const issuer = await makeIssuer({ clock: made.clock });
    const verify = makeVerifier({ issuer: issuer.issuer, audience: issuer.audience, keys: issuer.jwks, clock: made.clock });
    const api = new InProcessApi(made.kernel, verify);
    const open = (token: string) => post({ api }, 'open-box', BOX, { authorization: `Bearer ${token}` });
    return { made, issuer, open };
  }

  test.each<[string, 'unsigned' | 'forged' | 'expired' | 'hmacConfused', string]>([
    ['alg none', 'unsigned', 'malformed_token|invalid_token'],
    ['another key’s signature', 'forged', 'invalid_token'],
    ['an expired token', 'expired', 'expired_token'],
    ['HMAC with the public key', 'hmacConfused', 'invalid_token'],
  ])('%s is a 401, and nothing is written', async (_, kind, code) => {
    const { made, issuer, open } = await guarded();
    const before = made.snapshot();
    const { status, body } = await open(await issuer[kind](PEOPLE.officer));
    expect(status).toBe(401);
    expect(body.code).toMatch(new RegExp(`^(${code})$`));
    expect(made.snapshot()).toEqual(before);
  });

  test('a token that is good is the person of its claims; claims that fit no actor are a 403', async () => {
    const { made, issuer, open } = await guarded();
    expect((await open(await issuer.sign({ ...PEOPLE.officer, roles: ['appraiser'] }))).status).toBe(403);
    expect((await open(await issuer.sign(PEOPLE.officer))).status).toBe(201);
    expect((await made.commits('made/box/1'))[0]?.actor.person).toBe(made.actor('officer').person);
  });
});
