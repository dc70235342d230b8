import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Made, madeGateway } from './made-gateway.ts';
import { HOST, headOf, type WireAnswer } from './wire.ts';

/** What every refusal at the wire owes. */
function expectRefusal({ status, headers, json }: WireAnswer, expected: number, code: string): void {
  expect({ status, code: json?.code }).toEqual({ status: expected, code });
  expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(json).toMatchObject({ status: expected, title: expect.stringMatching(/\p{Script=Han}/u), detail: expect.stringMatching(/\p{Script=Han}/u) });
}

async function expectAlive({ ask, bearer }: Made): Promise<void> {
  expect(await ask(['POST /v1/made/echo', bearer], '{}')).toMatchObject({ status: 200 });
}

const POST = (...lines: string[]) => headOf('POST /v1/made/echo', [HOST, ...lines]);

describe('a message that is no HTTP is answered 400, once, and its connection ended', () => {
  test.each<[fault: string, bytes: (bearer: string) => string]>([
    ['a request line of one word', () => 'nonsense\r\n\r\n'],
    ['an unknown method', () => `FETCH /v1/made/list HTTP/1.1\r\n${HOST}\r\n\r\n`],
    ['no version', () => `GET /v1/made/list\r\n${HOST}\r\n\r\n`],
    ['HTTP/3.7', () => `GET /v1/made/list HTTP/3.7\r\n${HOST}\r\n\r\n`],
    ['the preface of HTTP/2', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['NUL in the path', () => headOf('GET /v1/\0made', [HOST])],
    ['a control character in the path', () => headOf('GET /v1/\x01made', [HOST])],
    ['NUL in a header', () => headOf('GET /v1/made/list', [HOST, 'x: a\0b'])],
    ['a header without colon', () => headOf('GET /v1/made/list', [HOST, 'nonsense'])],
    ['a space before the colon', () => headOf('GET /v1/made/list', [HOST, 'x : y'])],
    ['a bare line feed in a header', () => headOf('GET /v1/made/list', [HOST, 'x: y\nz: w'])],
    ['a bare carriage return in a header', () => headOf('GET /v1/made/list', [HOST, 'x: y\rz: w'])],
    ['a folded header', () => headOf('GET /v1/made/list', [HOST, 'x: y\r\n z'])],
    ['two lengths', () => POST('content-length: 2', 'content-length: 3')],
    ['a length of words', () => POST('content-length: two')],
    ['a negative length', () => POST('content-length: -1')],
    ['a length with a sign', () => POST('content-length: +2')],
    ['a length beyond counting', () => POST(`content-length: ${'9'.repeat(40)}`)],
    ['a length and chunks', () => POST('content-length: 2', 'transfer-encoding: chunked')],
    ['chunks and a length', () => POST('transfer-encoding: chunked', 'content-length: 2')],
    ['chunks that are not the last encoding', () => POST('transfer-encoding: chunked, identity')],
    ['an unknown encoding', () => POST('transfer-encoding: made-up')],
    ['a chunk without size', (bearer) => `${POST(bearer, 'transfer-encoding: chunked')}zz\r\n{}\r\n`],
    ['a chunk longer than it says', (bearer) => `${POST(bearer, 'transfer-encoding: chunked')}1\r\n{}\r\n0\r\n\r\n`],
    ['a chunk of endless size', (bearer) => `${POST(bearer, 'transfer-encoding: chunked')}${'f'.repeat(40)}\r\n{}\r\n`],
    ['CONNECT', () => `CONNECT localhost:22 HTTP/1.1\r\n${HOST}\r\n\r\n`],
    ['TLS', () => Buffer.from('16030100a5010000a10303', 'hex').toString('latin1')],
  ])('%s', async (_, bytes) => {
    const made = await madeGateway();
    const line = await made.open();
    line.send(Buffer.from(bytes(made.bearer), 'latin1'));
    const answers = await line.rest();
    expect(answers).toHaveLength(1);
    expectRefusal(answers[0] as WireAnswer, 400, 'bad_request');
    expect(answers[0]?.headers.connection).toBe('close');
    expect(made.invoked).toEqual([]);
    await expectAlive(made);
  });

  test.each<[fault: string, lines: string[]]>([
    ['no Host', []],
    ['two Hosts', [HOST, HOST]],
    ['an unknown expectation', [HOST, 'expect: a-miracle']],
  ])('%s', async (_, lines) => {
    const made = await madeGateway();
    const line = await made.open();
    line.send(headOf('GET /v1/made/list', [made.bearer, ...lines]));
    expectRefusal(await line.answer(), 400, 'bad_request');
    line.socket.destroy();
    await expectAlive(made);
  });

  test('HTTP/1.0 without Host', async () => {
    const made = await madeGateway();
    const line = await made.open();
    line.send('GET /v1/made/list HTTP/1.0\r\n\r\n');
    const [answer] = await line.rest();
    expectRefusal(answer as WireAnswer, 400, 'bad_request');
    await expectAlive(made);
  });
});

test('HTTP/1.0 is answered, and its connection ended', async () => {
  const { open, bearer } = await madeGateway();
  const line = await open();
  line.send(`GET /v1/made/list HTTP/1.0\r\n${HOST}\r\n${bearer}\r\n\r\n`);
  expect(await line.rest()).toMatchObject([{ status: 200, json: { name: 'list' } }]);
});

test.each([
  'evil.example',
  'localhost.evil.example',
  '127.0.0.1.evil.example',
  '127.0.0.2',
  'localhost:80:80',
  'localhost@evil.example',
  '',
  '[::1',
  '0.0.0.0',
])('the Host %j is not this machine: 421, against names that were made to point here', async (host) => {
  const made = await madeGateway();
  const line = await made.open();
  line.send(headOf('GET /v1/made/list', [`host: ${host}`, made.bearer]));
  expectRefusal(await line.answer(), 421, 'misdirected');
  line.socket.destroy();
  expect(made.invoked).toEqual([]);
  await expectAlive(made);
});

test.each(['localhost', 'LocalHost:3000', '127.0.0.1', '127.0.0.1:1', '[::1]', '[::1]:65535'])('the Host %s is this machine', async (host) => {
  const { open, bearer } = await madeGateway();
  const line = await open();
  line.send(headOf('GET /v1/made/list', [`host: ${host}`, bearer]));
  expect(await line.answer()).toMatchObject({ status: 200 });
  line.socket.destroy();
});

describe('headers', () => {
  test.each<[fault: string, head: string]>([
    ['one long header', headOf('GET /v1/made/list', [HOST, `x: ${'y'.repeat(10_240)}`])],
    ['many headers', headOf('GET /v1/made/list', [HOST, ...Array.from({ length: 1_100 }, (_, index) => `x-${index}: yyyy`)])],
    ['a long request target', headOf(`GET /v1/made/list?${'y'.repeat(10_240)}`, [HOST])],
    ['a header without end', `GET /v1/made/list HTTP/1.1\r\n${HOST}\r\nx: ${'y'.repeat(200_000)}`],
  ])('%s beyond 10,240 bytes: 431', async (_, head) => {
    const made = await madeGateway();
    const line = await made.open();
    line.send(head);
    const answers = await line.rest();
    expect(answers).toHaveLength(1);
    expectRefusal(answers[0] as WireAnswer, 431, 'headers_too_large');
    await expectAlive(made);
  });

  test('just below are taken', async () => {
    const { ask, bearer } = await madeGateway();
    expect(await ask(['GET /v1/made/list', bearer, `x: ${'y'.repeat(9_000)}`])).toMatchObject({ status: 200 });
  });

  test.each<[fault: string, bytes: string]>([
    ['nothing at all', ''],
    ['half a request line', 'GET /v1/ma'],
    ['headers that do not end', `GET /v1/made/list HTTP/1.1\r\n${HOST}\r\nx: y\r\n`],
  ])('%s: 408 after the limit', async (_, bytes) => {
    const made = await madeGateway();
    const line = await made.open();
    line.send(bytes);
    const answers = await line.rest();
    expect(answers).toHaveLength(1);
    expectRefusal(answers[0] as WireAnswer, 408, 'request_timeout');
    await expectAlive(made);
  });

  test('that trickle in, byte by byte: 408 after the limit all the same', async () => {
    const made = await madeGateway();
    const line = await made.open();
    line.send(`GET /v1/made/list HTTP/1.1\r\n${HOST}\r\nx: `);
    const trickle = setInterval(() => line.send('y'), 20);
    const [answer] = await line.rest();
    clearInterval(trickle);
    expectRefusal(answer as WireAnswer, 408, 'request_timeout');
    await expectAlive(made);
  });
});

describe('a body', () => {
  const SMALL = { limits: { body: 1_000 } };

  test.each<[fault: string, lines: string[], bytes: string]>([
    ['that stops short of its length', ['content-length: 10'], '{}'],
    ['whose chunks do not end', ['transfer-encoding: chunked'], '2\r\n{}\r\n'],
    ['that never begins', ['content-length: 10'], ''],
  ])('%s: 408 after the limit', async (_, lines, bytes) => {
    const made = await madeGateway();
    const line = await made.open();
    line.send(`${POST(made.bearer, ...lines)}${bytes}`);
    const answers = await line.rest();
    expect(answers).toHaveLength(1);
    expectRefusal(answers[0] as WireAnswer, 408, 'request_timeout');
    expect(made.invoked).toEqual([]);
    await expectAlive(made);
  });

  test.each<[fault: string, lines: string[], bytes: string]>([
    ['by its length', ['content-length: 10'], '{}'],
    ['by its chunks', ['transfer-encoding: chunked'], '2\r\n{}\r\n'],
  ])('whose sender ends it too early, %s: 400, and no function hears of it', async (_, lines, bytes) => {
    const made = await madeGateway({ limits: { requestMs: 60_000, headersMs: 60_000 } });
    const line = await made.open();
    line.send(`${POST(made.bearer, ...lines)}${bytes}`);
    line.socket.end();
    const answers = await line.rest();
    expect(answers).toHaveLength(1);
    expectRefusal(answers[0] as WireAnswer, 400, 'bad_request');
    expect(made.invoked).toEqual([]);
    await expectAlive(made);
  });

  test('whose sender is cut off reaches no function', async () => {
    const made = await madeGateway();
    const line = await made.open();
    line.send(`${POST(made.bearer, 'content-length: 10')}{}`);
    await new Promise((resolve) => setImmediate(resolve));
    line.socket.resetAndDestroy();
    await expectAlive(made);
    expect(made.invoked.map(([, { body }]) => body)).toEqual(['{}']);
    expect(made.logged).toEqual([]);
  });

  test('longer than its length: the rest is a request of its own, and no good one', async () => {
    const made = await madeGateway();
    const line = await made.open();
    line.send(`${POST(made.bearer, 'content-length: 2')}{}{"smuggled":1}`);
    const [first, second, ...others] = await line.rest();
    expect(first).toMatchObject({ status: 200, json: { body: '{}' } });
    expectRefusal(second as WireAnswer, 400, 'bad_request');
    expect(others).toEqual([]);
    expect(made.invoked).toHaveLength(1);
    await expectAlive(made);
  });

  test('declared beyond the limit: 413 at once, without a byte of it', async () => {
    const made = await madeGateway({ limits: { body: 1_000, requestMs: 60_000, headersMs: 60_000 } });
    const line = await made.open();
    line.send(POST(made.bearer, 'content-length: 1001'));
    expectRefusal(await line.answer(), 413, 'too_large');
    line.socket.destroy();
    await expectAlive(made);
  });

  test('in chunks beyond the limit: 413 before its end', async () => {
    const made = await madeGateway(SMALL);
    const line = await made.open();
    line.send(`${POST(made.bearer, 'transfer-encoding: chunked')}3e9\r\n${'x'.repeat(1_001)}`);
    expectRefusal(await line.answer(), 413, 'too_large');
    line.socket.destroy();
    expect(made.invoked).toEqual([]);
    await expectAlive(made);
  });

  test.each(['content-length: 8000000', 'transfer-encoding: chunked'])('of 8 MB whose sender reads nothing before its end is told 413 (%s)', async (header) => {
    const made = await madeGateway({ limits: { lingerMs: 5_000, requestMs: 60_000, headersMs: 60_000 } });
    const line = await made.open();
    line.socket.pause();
    line.send(POST(made.bearer, header));
    const chunk = header.startsWith('content') ? 'x'.repeat(80_000) : `13880\r\n${'x'.repeat(80_000)}\r\n`;
    for (let sent = 0; sent < 100; sent += 1) line.send(chunk);
    await new Promise<void>((resolve) => line.socket.write('', () => resolve()));
    line.socket.resume();
    expectRefusal(await line.answer(), 413, 'too_large');
    line.socket.destroy();
    await expectAlive(made);
  });

  test('without end is cut off', async () => {
    const made = await madeGateway({ limits: { body: 1_000, lingerMs: 60_000, lingerBytes: 100_000, requestMs: 60_000, headersMs: 60_000 } });
    const line = await made.open();
    line.send(POST(made.bearer, 'content-length: 1000000000000'));
    const answer = await line.answer();
    expectRefusal(answer, 413, 'too_large');
    expect(answer.headers.connection).toBe('close');
    const flood = () => line.socket.writable && line.socket.write('x'.repeat(50_000), (error) => error || setImmediate(flood));
    flood();
    await new Promise((resolve) => line.socket.once('close', resolve));
    await expectAlive(made);
  });

  test('as large as may be is taken', async () => {
    const { ask, bearer } = await madeGateway(SMALL);
    const body = JSON.stringify('x'.repeat(998));
    expect(await ask(['POST /v1/made/echo', bearer], body)).toMatchObject({ status: 200, json: { body } });
  });

  test('of chunks with extensions and trailers is put together', async () => {
    const { open, bearer } = await madeGateway();
    const line = await open();
    line.send(`${POST(bearer, 'transfer-encoding: chunked')}1;a=b\r\n{\r\n1\r\n}\r\n0\r\nx-trailer: y\r\n\r\n`);
    expect(await line.answer()).toMatchObject({ status: 200, json: { body: '{}' } });
    line.socket.destroy();
  });

  test('that waits to be asked for is asked for', async () => {
    const { open, bearer } = await madeGateway();
    const line = await open();
    line.send(POST(bearer, 'content-length: 2', 'expect: 100-continue'));
    expect(await line.answer()).toMatchObject({ status: 100 });
    line.send('{}');
    expect(await line.answer()).toMatchObject({ status: 200, json: { body: '{}' } });
    line.socket.destroy();
  });

  test.each<[status: number, lines: string[]]>([
    [413, ['content-length: 1001']],
    [401, ['content-length: 2', 'authorization: Bearer no']],
  ])('that waits to be asked for is not asked for in vain: %d', async (status, lines) => {
    const made = await madeGateway(SMALL);
    const line = await made.open();
    line.send(POST(...(status === 401 ? [] : [made.bearer]), ...lines, 'expect: 100-continue'));
    expect(await line.rest()).toMatchObject([{ status, headers: { connection: 'close' } }]);
    await expectAlive(made);
  });

  test('that was not looked at is passed over, and the connection serves on', async () => {
    const { open, bearer } = await madeGateway();
    const line = await open();
    line.send(`${headOf('POST /v1/nowhere', [HOST, 'content-length: 5'])}{"a":`);
    expectRefusal(await line.answer(), 404, 'unknown_route');
    line.send(headOf('GET /v1/made/list', [HOST, bearer]));
    expect(await line.answer()).toMatchObject({ status: 200 });
    line.socket.destroy();
  });

  test('that was not looked at and breaks ends the connection after the answer', async () => {
    const made = await madeGateway({ limits: { idleMs: 120_000, silentMs: 120_000 } });
    const line = await made.open();
    line.send(headOf('POST /v1/nowhere', [HOST, 'content-length: 5']));
    expect(await line.rest()).toMatchObject([{ status: 404 }]);
    await expectAlive(made);
  });
});

describe('an upgrade is not taken up', () => {
  test.each(['websocket', 'h2c'])('%s: the request is answered as what it is', async (protocol) => {
    const { ask, bearer } = await madeGateway();
    expect(await ask(['GET /v1/made/list', bearer, 'connection: upgrade', `upgrade: ${protocol}`])).toMatchObject({ status: 200, json: { name: 'list' } });
  });
});

describe('requests one after the other without waiting', () => {
  test('are answered in their order, whichever function is done first', async () => {
    const waits = [60, 0, 30];
    const { open, bearer } = await madeGateway({
      invoke: async (_, { body }) => {
        await new Promise((resolve) => setTimeout(resolve, waits[Number(body)]));
        return { statusCode: 200, body: body ?? '' };
      },
    });
    const line = await open();
    line.send(waits.map((_, index) => `${POST(bearer, 'content-length: 1')}${index}`).join(''));
    expect([await line.answer(), await line.answer(), await line.answer()].map(({ text }) => text)).toEqual(['0', '1', '2']);
    line.socket.destroy();
  });

  test('before a broken one are answered first', async () => {
    const made = await madeGateway({
      invoke: async (name) => {
        await new Promise((resolve) => setTimeout(resolve, 50));
        return { statusCode: 200, body: JSON.stringify({ name }) };
      },
    });
    const line = await made.open();
    const good = headOf('GET /v1/made/list', [HOST, made.bearer]);
    line.send(`${good}${good}nonsense\r\n\r\n`);
    const answers = await line.rest();
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 400]);
    expectRefusal(answers[2] as WireAnswer, 400, 'bad_request');
    await expectAlive(made);
  });

  test('before one whose body breaks are answered first', async () => {
    const made = await madeGateway();
    const line = await made.open();
    line.send(`${headOf('GET /v1/made/list', [HOST, made.bearer])}${POST(made.bearer, 'transfer-encoding: chunked')}zz\r\n`);
    expect((await line.rest()).map(({ status }) => status)).toEqual([200, 400]);
    await expectAlive(made);
  });

  test('are taken in bounded number, and all answered', async () => {
    let working = 0;
    let most = 0;
    const made = await madeGateway({
      limits: { pipelined: 4 },
      invoke: async () => {
        working += 1;
        most = Math.max(most, working);
        await new Promise((resolve) => setImmediate(resolve));
        working -= 1;
        return { statusCode: 200, body: '1' };
      },
    });
    const line = await made.open();
    const good = headOf('GET /v1/made/list', [HOST, made.bearer]);
    for (let sent = 0; sent < 2_000; sent += 1) line.send(good);
    for (let answered = 0; answered < 2_000; answered += 1) expect((await line.answer()).status).toBe(200);
    line.socket.destroy();
    expect(most).toBeLessThanOrEqual(Math.ceil(65_536 / good.length) + 4);
    await expectAlive(made);
  });
});

const piece = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  fc.constantFrom(
    'GET ',
    'POST ',
    'OPTIONS ',
    '/v1/made/echo',
    '/v1/made/list',
    '/v1/trace/',
    '%',
    '%2e',
    '%c0%80',
    '//',
    '?a=b&a',
    ' HTTP/1.1\r\n',
    ' HTTP/1.0\r\n',
    'http://localhost',
    `${HOST}\r\n`,
    'content-length: 3\r\n',
    'transfer-encoding: chunked\r\n',
    'expect: 100-continue\r\n',
    'origin: null\r\n',
    'authorization: Bearer a.b.c\r\n',
    'cookie: a=b; c\r\n',
    'connection: upgrade\r\n',
    '__proto__: x\r\n',
    '\r\n',
    '\r\n\r\n',
    '3\r\nabc\r\n',
    '0\r\n\r\n',
    '\0',
  ),
);

test('whatever bytes come, an answer is below 500 and the gateway lives', { timeout: 120_000 }, async () => {
  const made = await madeGateway();
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 20 }), fc.boolean(), async (pieces, authorized) => {
      const line = await made.open();
      const start = authorized ? `POST /v1/made/echo HTTP/1.1\r\n${HOST}\r\n${made.bearer}\r\n` : '';
      line.send(Buffer.from(start + pieces.join(''), 'latin1'));
      line.socket.end();
      for (const { status } of await line.rest()) expect(status).toBeLessThan(500);
    }),
    { numRuns: 600, seed: 20_260_713 },
  );
  await expectAlive(made);
  expect(made.logged).toEqual([]);
});
