import type { DynamoDBRecord } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { credentialsOf } from '../../functions/kernel/aws/credentials.ts';
import { environmentOf } from '../../functions/kernel/aws/environment.ts';
import { eventBridgeBus } from '../../functions/kernel/aws/event-bridge-bus.ts';
import { awsKeyRing, type Purpose } from '../../functions/kernel/aws/key-ring.ts';
import { unwrap } from '../../functions/kernel/aws/kms.ts';
import { signed } from '../../functions/kernel/aws/signature.ts';
import { streamHandler } from '../../functions/kernel/aws/stream-handler.ts';
import { NotPermitted, Throttled } from '../../functions/kernel/ports.ts';
import type { DataKeyStore } from '../../functions/kernel/seal.ts';

const AT = Date.parse('2015-08-30T12:36:00Z');
const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };

describe('a signature of version 4', () => {
  const vanilla = { host: 'example.amazonaws.com', headers: {}, body: '', region: 'us-east-1', service: 'service', at: AT };

  test.each([
    ['GET', '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
    ['POST', '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
  ])('%s of the public test suite', (method, signature) => {
    expect(signed({ ...vanilla, method }, CREDENTIALS).authorization).toBe(
      `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=${signature}`,
    );
  });

  test('a session’s token is signed with the rest', () => {
    const headers = signed({ ...vanilla, method: 'POST' }, { ...CREDENTIALS, sessionToken: 'made' });
    expect(headers).toMatchObject({
      'x-amz-security-token': 'made',
      authorization: expect.stringContaining('SignedHeaders=host;x-amz-date;x-amz-security-token'),
    });
  });
});

describe('a secret that the key service wrapped', () => {
  const secret = Buffer.alloc(32, 7);
  const open = (answer: () => Promise<Response>, region = 'cn-north-1') => {
    const asked: { url: string; init: RequestInit }[] = [];
    const fetch = (async (url: string, init: RequestInit) => {
      asked.push({ url, init });
      return answer();
    }) as unknown as typeof globalThis.fetch;
    return { asked, opened: unwrap({ region, credentials: CREDENTIALS, clock: { now: () => AT }, fetch }, 'd3JhcHBlZA==', { purpose: 'ring' }) };
  };

  test('is opened by one signed Decrypt with its purpose, in China’s domain', async () => {
    const { asked, opened } = open(async () => Response.json({ Plaintext: secret.toString('base64') }));
    expect(Buffer.from(await opened)).toEqual(secret);
    expect(asked).toHaveLength(1);
    expect(asked[0]?.url).toBe('https://kms.cn-north-1.amazonaws.com.cn/');
    expect(JSON.parse(asked[0]?.init.body as string)).toEqual({ CiphertextBlob: 'd3JhcHBlZA==', EncryptionContext: { purpose: 'ring' } });
    expect(asked[0]?.init.headers).toMatchObject({
      'x-amz-target': 'TrentService.Decrypt',
      authorization: expect.stringContaining('/20150830/cn-north-1/kms/aws4_request'),
    });
  });

  test('elsewhere the domain has no country', async () => {
    const { asked, opened } = open(async () => Response.json({ Plaintext: secret.toString('base64') }), 'eu-west-1');
    await opened;
    expect(asked[0]?.url).toBe('https://kms.eu-west-1.amazonaws.com/');
  });

  const refusal = (status: number, type: string) => async () => Response.json({ __type: type }, { status });
  test.each([
    ['a refusal', refusal(400, 'AccessDeniedException'), NotPermitted],
    ['another purpose', refusal(400, 'InvalidCiphertextException'), NotPermitted],
    ['too many requests', refusal(400, 'ThrottlingException'), Throttled],
    ['a fault of the service', refusal(500, 'KMSInternalException'), Throttled],
    ['no answer', () => Promise.reject(new TypeError('fetch failed')), Throttled],
  ])('%s is told as what it is', async (_, answer, error) => {
    await expect(open(answer).opened).rejects.toBeInstanceOf(error);
  });
});

describe('the key ring of a function', () => {
  const entries = new Map([
    ['master/pseudonym', { wrapped: 'pseudonym' }],
    ['master/ring', { wrapped: 'ring' }],
  ]);
  const store: DataKeyStore = {
    get: async (scope) => entries.get(scope),
    putIfAbsent: async (scope, wrapped) => {
      if (!entries.has(scope)) entries.set(scope, { wrapped });
    },
    destroy: async () => undefined,
  };
  const ringOf = async (rights: { seal: boolean; open: boolean }) => {
    const asked: Purpose[] = [];
    const ring = await awsKeyRing(
      store,
      async (wrapped, purpose) => {
        asked.push(purpose);
        return Buffer.alloc(32, wrapped);
      },
      rights,
    );
    return { asked, ring };
  };

  test('without rights opens the pseudonyms’ secret alone, and neither seals nor opens', async () => {
    const { asked, ring } = await ringOf({ seal: false, open: false });
    expect(asked).toEqual(['pseudonym']);
    await expect(ring.seal('scope', 'place', 1)).rejects.toBeInstanceOf(NotPermitted);
    await expect(ring.open('scope', 'place', 'sealed')).rejects.toBeInstanceOf(NotPermitted);
  });

  test('of who seals does not open; of who opens does not seal; both know one pseudonym; neither destroys', async () => {
    const [sealer, opener, query] = await Promise.all([
      ringOf({ seal: true, open: false }),
      ringOf({ seal: false, open: true }),
      ringOf({ seal: false, open: false }),
    ]);
    const sealed = await sealer.ring.seal('scope', 'place', { made: true });
    await expect(sealer.ring.open('scope', 'place', sealed)).rejects.toBeInstanceOf(NotPermitted);
    expect(await opener.ring.open('scope', 'place', sealed)).toEqual({ made: true });
    await expect(opener.ring.seal('scope', 'place', 1)).rejects.toBeInstanceOf(NotPermitted);
    await expect(opener.ring.destroy('scope')).rejects.toBeInstanceOf(NotPermitted);
    const names = [sealer, opener, query].map(({ ring }) => ring.pseudonym('person', 'made'));
    expect(new Set(names).size).toBe(1);
  });

  test('is not made where the province’s secrets were never made', async () => {
    const empty: DataKeyStore = { ...store, get: async () => undefined };
    await expect(awsKeyRing(empty, async () => Buffer.alloc(32), { seal: false, open: false })).rejects.toThrow(/master\/pseudonym/);
  });
});

describe('the ledger’s change stream', () => {
  const record = (version: number): DynamoDBRecord => ({
    dynamodb: {
      SequenceNumber: `sequence-${version}`,
      NewImage: {
        pk: { S: 'registry/institution/made' },
        sk: { S: '0000000000000001' },
        version: { N: String(version) },
        bytes: { B: Buffer.from('{"made":true}').toString('base64') },
        alg: { S: 'sha256' },
        hash: { S: 'made' },
        state: { S: '{}' },
        fingerprint: { S: 'made' },
        recordedAt: { S: '2026-06-01T00:00:00.000Z' },
      },
    },
  });

  test('a record is the commit that was written', async () => {
    const told: unknown[] = [];
    const handler = streamHandler(async (records) => {
      told.push(...records);
      return [];
    });
    expect(await handler({ Records: [record(3)] })).toEqual({ batchItemFailures: [] });
    expect(told).toEqual([
      {
        stream: 'registry/institution/made',
        version: 3,
        bytes: Buffer.from('{"made":true}'),
        alg: 'sha256',
        hash: 'made',
        state: '{}',
        fingerprint: 'made',
        recordedAt: '2026-06-01T00:00:00.000Z',
      },
    ]);
  });

  test('what failed is told by its sequence number', async () => {
    const handler = streamHandler(async () => [1]);
    expect(await handler({ Records: [record(1), record(2), record(3)] })).toEqual({ batchItemFailures: [{ itemIdentifier: 'sequence-2' }] });
  });
});

describe('the bus', () => {
  const entry = { source: 'jianheng.registry', detailType: 'Made', detail: '{}', time: '2026-06-01T00:00:00.000Z' };
  const busOf = (send: () => Promise<unknown>) => eventBridgeBus({ send } as unknown as Parameters<typeof eventBridgeBus>[0], 'made-bus');

  test('every entry has its answer, in order; one that EventBridge does not answer has failed', async () => {
    const bus = busOf(async () => ({ Entries: [{ EventId: 'made' }, { ErrorCode: 'InternalFailure', ErrorMessage: 'later' }] }));
    expect(await bus.put([entry, entry, entry])).toEqual([
      { eventId: 'made' },
      { errorCode: 'InternalFailure', errorMessage: 'later' },
      { errorCode: 'Unanswered', errorMessage: '' },
    ]);
  });

  test('a call that is throttled is told so, another fault as it is', async () => {
    const failing = (name: string) => busOf(() => Promise.reject(Object.assign(new Error('made'), { name })));
    await expect(failing('ThrottlingException').put([entry])).rejects.toBeInstanceOf(Throttled);
    await expect(failing('ValidationException').put([entry])).rejects.not.toBeInstanceOf(Throttled);
  });
});

describe('the environment', () => {
  const whole = {
    PROVINCE: '310000',
    LEDGER_TABLE: 'ledger',
    VIEWS_TABLE: 'views',
    KEYS_TABLE: 'keys',
    BUS: 'bus',
    LEDGER_SINCE: '2026-06-01',
    AWS_REGION: 'cn-north-1',
  };

  test('is read whole, or refused with the names of what is missing or wrong', () => {
    expect(environmentOf(whole)).toEqual(whole);
    expect(() => environmentOf({ ...whole, PROVINCE: '31', BUS: undefined })).toThrow(/: PROVINCE, BUS$/);
  });

  test('holds credentials, with a session’s token where there is one', () => {
    const variables = { AWS_ACCESS_KEY_ID: 'made', AWS_SECRET_ACCESS_KEY: 'made too' };
    expect(credentialsOf(variables)).toEqual({ accessKeyId: 'made', secretAccessKey: 'made too' });
    expect(credentialsOf({ ...variables, AWS_SESSION_TOKEN: 'token' }).sessionToken).toBe('token');
    expect(() => credentialsOf({ AWS_ACCESS_KEY_ID: 'made' })).toThrow(/credentials/);
  });
});
