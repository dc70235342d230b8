import { describe, expect, test } from 'vitest';
import { claimsSchema } from '../../../../functions/kernel/identity.ts';
import { renderClaims } from '../../../../infra/local/gateway/claims.ts';
import { CLAIMS, madeGateway } from './made-gateway.ts';

test('the event of payload format 2.0 is complete', async () => {
  const { ask, bearer, invoked, issuer } = await madeGateway({
    clock: { now: () => Date.UTC(2026, 2, 5, 7, 8, 9, 123) },
    verify: async () => ({ ok: true, claims: { ...CLAIMS, exp: 4e9 } }),
  });
  await ask(['GET /v1/trace/a%20b?x=1&y=%E5%8F%B8+z&x=2', bearer, 'Cookie: a=b; c=d', 'X-Twice: 1', 'x-twice: 2', 'User-Agent: made/1'], '{}');
  const authorization = bearer.slice('authorization: '.length);
  expect(issuer.issuer).toBe('https://issuer.example');
  expect(invoked).toEqual([
    [
      'trace',
      {
        version: '2.0',
        routeKey: 'GET /v1/trace/{correlationId}',
        rawPath: '/v1/trace/a b',
        rawQueryString: 'x=1&y=%E5%8F%B8+z&x=2',
        cookies: ['a=b', 'c=d'],
        headers: { host: 'localhost', 'content-length': '2', authorization, 'x-twice': '1,2', 'user-agent': 'made/1' },
        queryStringParameters: { x: '1,2', y: '司 z' },
        pathParameters: { correlationId: 'a b' },
        requestContext: {
          accountId: '000000000000',
          apiId: 'local',
          authorizer: { jwt: { claims: { ...CLAIMS, roles: '[officer leader]', exp: '4000000000' }, scopes: null } },
          domainName: 'localhost',
          domainPrefix: 'localhost',
          http: { method: 'GET', path: '/v1/trace/a b', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'made/1' },
          requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
          routeKey: 'GET /v1/trace/{correlationId}',
          stage: '$default',
          time: '05/Mar/2026:07:08:09 +0000',
          timeEpoch: Date.UTC(2026, 2, 5, 7, 8, 9, 123),
        },
        body: '{}',
        isBase64Encoded: false,
      },
    ],
  ]);
});

test('what did not come does not stand in the event', async () => {
  const { ask, bearer, invoked } = await madeGateway();
  await ask(['GET /v1/made/list', bearer]);
  const event = invoked[0]?.[1];
  expect(event).toMatchObject({ rawQueryString: '', isBase64Encoded: false, requestContext: { http: { userAgent: '' } } });
  for (const name of ['body', 'cookies', 'pathParameters', 'queryStringParameters']) expect(event).not.toHaveProperty(name);
});

describe('a body', () => {
  test.each<[body: string, bytes: Buffer, expected: object]>([
    ['of ASCII', Buffer.from('{}'), { body: '{}', isBase64Encoded: false }],
    ['of UTF-8', Buffer.from('"司法鉴定😀"'), { body: '"司法鉴定😀"', isBase64Encoded: false }],
    ['with a byte order mark', Buffer.from('\ufeff{}'), { body: '\ufeff{}', isBase64Encoded: false }],
    ['with NUL', Buffer.from('a\0b'), { body: 'a\0b', isBase64Encoded: false }],
    ['that is not UTF-8', Buffer.from([0x22, 0xff, 0x22]), { body: 'Iv8i', isBase64Encoded: true }],
    ['with half a surrogate pair', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), { body: 'Iu2ggCI=', isBase64Encoded: true }],
  ])('%s', async (_, bytes, expected) => {
    const { ask, bearer, invoked } = await madeGateway();
    await ask(['POST /v1/made/echo', bearer], bytes);
    expect(invoked[0]?.[1]).toMatchObject(expected);
  });

  test('of several pieces that part a character', async () => {
    const { open, bearer, invoked } = await madeGateway();
    const bytes = Buffer.from('"司"');
    const line = await open();
    line.send(`POST /v1/made/echo HTTP/1.1\r\nhost: localhost\r\n${bearer}\r\ncontent-length: ${bytes.length}\r\n\r\n`);
    for (const byte of bytes) {
      line.send(Buffer.from([byte]));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await line.answer();
    line.socket.destroy();
    expect(invoked[0]?.[1].body).toBe('"司"');
  });
});

test.each(['__proto__', 'constructor', 'hasOwnProperty', 'toString'])('a header or a parameter named %s harms nothing', async (name) => {
  const { ask, bearer, invoked } = await madeGateway();
  expect(await ask([`GET /v1/made/list?${name}=1`, bearer, `${name}: x`])).toMatchObject({ status: 200 });
  expect(Object.entries(invoked[0]?.[1].queryStringParameters ?? {})).toEqual([[name, '1']]);
  expect(Object.entries(invoked[0]?.[1].headers ?? {}).filter(([each]) => each === name.toLowerCase())).toEqual(
    name === '__proto__' ? [] : [[name.toLowerCase(), 'x']],
  );
});

describe("claims as API Gateway's authorizer renders them", () => {
  test.each<[unknown, string]>([
    ['text', 'text'],
    [1_700_000_000, '1700000000'],
    [true, 'true'],
    [['officer', 'leader'], '[officer leader]'],
    [[], '[]'],
    [{ b: 1, a: ['x'] }, 'map[a:[x] b:1]'],
    [null, '<nil>'],
  ])('%j → %s', (value, expected) => {
    expect(renderClaims({ value })).toEqual({ value: expected });
  });

  test('name the actor that the token named', () => {
    expect(claimsSchema.parse(renderClaims(CLAIMS))).toEqual(CLAIMS);
  });
});
