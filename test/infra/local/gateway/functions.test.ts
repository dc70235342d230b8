import { describe, expect, test } from 'vitest';
import type { HttpResult } from '../../../../functions/kernel/http/middleware.ts';
import { type Made, madeGateway } from './made-gateway.ts';
import { HOST, headOf } from './wire.ts';

const answering = (result: unknown): Promise<Made> => madeGateway({ invoke: async () => result as HttpResult });
const list = ({ ask, bearer }: Made) => ask(['GET /v1/made/list', bearer]);

describe('the answer of a function', () => {
  test('goes out as it is', async () => {
    const made = await answering({ statusCode: 201, headers: { etag: '"3"', 'X-Number': 4, 'x-true': true }, body: '"司"' });
    expect(await list(made)).toMatchObject({ status: 201, headers: { etag: '"3"', 'x-number': '4', 'x-true': 'true', 'content-length': '5' }, text: '"司"' });
  });

  test('without body or headers', async () => {
    expect(await list(await answering({ statusCode: 200 }))).toMatchObject({ status: 200, headers: { 'content-length': '0' }, text: '' });
  });

  test('in base64 goes out as bytes', async () => {
    expect(await list(await answering({ statusCode: 200, body: Buffer.from('"司"').toString('base64'), isBase64Encoded: true }))).toMatchObject({
      text: '"司"',
    });
  });

  test('sets each of its cookies', async () => {
    const made = await answering({ statusCode: 200, cookies: ['a=1', 'b=2; HttpOnly'] });
    const response = await fetch(`http://127.0.0.1:${made.port}/v1/made/list`, { headers: { authorization: made.bearer.slice('authorization: '.length) } });
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2; HttpOnly']);
  });

  test.each([204, 304])('%d carries no body', async (statusCode) => {
    const made = await answering({ statusCode, body: 'x' });
    const line = await made.open();
    line.send(headOf('GET /v1/made/list', [HOST, made.bearer]).repeat(2));
    expect(await line.answer({ head: true })).toMatchObject({ status: statusCode });
    expect(await line.answer({ head: true })).toMatchObject({ status: statusCode });
    line.socket.destroy();
  });

  test('does not decide how the connection goes on', async () => {
    const headers = { 'Content-Length': '9999', 'transfer-encoding': 'chunked', connection: 'close', date: 'x', 'keep-alive': 'x', upgrade: 'x' };
    const made = await answering({ statusCode: 200, headers, body: '12' });
    const line = await made.open();
    line.send(headOf('GET /v1/made/list', [HOST, made.bearer]).repeat(2));
    for (const answer of [await line.answer(), await line.answer()]) {
      expect(answer).toMatchObject({ status: 200, text: '12', headers: { 'content-length': '2', connection: 'keep-alive' } });
      expect(answer.headers).not.toHaveProperty('transfer-encoding');
    }
    line.socket.destroy();
  });
});

describe('what is no answer is 503, and told to the log without its content', () => {
  const MARK = 'planted-mark';
  test.each<[fault: string, result: unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['text', MARK],
    ['no status', { body: MARK }],
    ['a status of words', { statusCode: '200', body: MARK }],
    ['a status of 99', { statusCode: 99 }],
    ['a status of 101', { statusCode: 101 }],
    ['a status of 600', { statusCode: 600 }],
    ['a body that is no text', { statusCode: 200, body: { MARK } }],
    ['headers that are none', { statusCode: 200, headers: MARK }],
    ['a header with a line break', { statusCode: 200, headers: { x: `a\r\n${MARK}: b` } }],
    ['a header with a name that is none', { statusCode: 200, headers: { [`${MARK} x`]: 'a' } }],
    ['a cookie with a line break', { statusCode: 200, cookies: [`a\n${MARK}`] }],
    ['cookies that are none', { statusCode: 200, cookies: MARK }],
  ])('%s', async (_, result) => {
    const made = await answering(result);
    expect(await list(made)).toMatchObject({ status: 503, json: { code: 'unavailable' }, headers: { 'retry-after': '1' } });
    expect(made.logged).toMatchObject([{ level: 'error', what: 'function-failed', command: 'made/list' }]);
    expect(JSON.stringify(made.logged)).not.toContain(MARK);
  });
});

test('a function that throws is 503, and the next one is answered', async () => {
  let calls = 0;
  const made = await madeGateway({
    invoke: async () => {
      calls += 1;
      if (calls === 1) throw new Error('planted-mark');
      return { statusCode: 200, body: '1' };
    },
  });
  expect(await list(made)).toMatchObject({ status: 503, json: { code: 'unavailable' } });
  expect(await list(made)).toMatchObject({ status: 200 });
  expect(made.logged).toMatchObject([{ what: 'function-failed', error: { name: 'Error' } }]);
  expect(JSON.stringify(made.logged)).not.toContain('planted');
});

test('one that throws before it promises is 503 as well', async () => {
  const made = await madeGateway({
    invoke: () => {
      throw new Error('made to fail');
    },
  });
  expect(await list(made)).toMatchObject({ status: 503 });
});

test('one that takes too long is 503; what it comes to afterwards is nobody’s', async () => {
  const { promise, reject } = Promise.withResolvers<HttpResult>();
  const made = await madeGateway({ limits: { functionMs: 50 }, invoke: () => promise });
  expect(await list(made)).toMatchObject({ status: 503, json: { code: 'unavailable' } });
  expect(made.logged).toMatchObject([{ what: 'function-failed', error: { name: 'TimedOut' } }]);
  reject(new Error('too late'));
  expect(await list(made)).toMatchObject({ status: 503 });
});
