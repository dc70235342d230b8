import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { DecryptCommand, EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type BusAnswer, Throttled } from '../../../../functions/kernel/ports.ts';
import { entrySize } from '../../../../functions/kernel/publish.ts';
import { reaching } from '../../../../infra/local/aws/account.ts';
import { type JsonService, Refusal } from '../../../../infra/local/aws/json-service.ts';
import { localKeyService } from '../../../../infra/local/aws/local-key-service.ts';
import type { PutEntry } from '../../../../infra/local/aws/put-events.ts';
import { serveEndpoints } from '../../../../infra/local/aws/service-endpoints.ts';
import { SetClock } from '../../../support/province.ts';

const account = { accessKeyId: 'AKIAMADE', region: 'cn-north-1' };
const keyService = localKeyService(new Uint8Array(32).fill(7));
const taken: PutEntry[] = [];
let answer: (entry: PutEntry) => BusAnswer;
let services: JsonService;
let bus: EventBridgeClient;
let keys: KMSClient;
let lambda: LambdaClient;

beforeAll(async () => {
  services = await serveEndpoints({
    account,
    keyService,
    invoke: async (name, event) => {
      if (name === 'made-nothing') throw new Refusal('ResourceNotFoundException', 'there is no such function', 404);
      if (name === 'made-failing') throw new TypeError('made');
      return { name, event };
    },
    clock: new SetClock('2026-03-02T01:00:00.000Z'),
    put: async (entries) => {
      taken.push(...entries);
      return entries.map((entry) => answer(entry));
    },
  });
  const config = { ...reaching(services.endpoint, account), maxAttempts: 1 };
  bus = new EventBridgeClient(config);
  keys = new KMSClient(config);
  lambda = new LambdaClient(config);
});
afterAll(() => services.close());
beforeEach(() => {
  taken.length = 0;
  answer = ({ detail }) => ({ eventId: `id of ${detail}` });
});

const entry = (more: PutEventsRequestEntry = {}): PutEventsRequestEntry => ({
  EventBusName: 'made-bus',
  Source: 'jianheng.registry',
  DetailType: 'Made',
  Detail: '{"made":"虚构"}',
  Time: new Date('2026-06-01T00:00:00.000Z'),
  ...more,
});
const put = (...Entries: PutEventsRequestEntry[]) => bus.send(new PutEventsCommand({ Entries }));

describe('PutEvents', () => {
  test('hands over what the client sent, and answers each entry in order', async () => {
    const { FailedEntryCount, Entries } = await put(entry(), entry({ Detail: '{}' }));
    expect(taken).toEqual([
      { bus: 'made-bus', source: 'jianheng.registry', detailType: 'Made', detail: '{"made":"虚构"}', time: '2026-06-01T00:00:00.000Z' },
      { bus: 'made-bus', source: 'jianheng.registry', detailType: 'Made', detail: '{}', time: '2026-06-01T00:00:00.000Z' },
    ]);
    expect({ FailedEntryCount, Entries }).toEqual({ FailedEntryCount: 0, Entries: [{ EventId: 'id of {"made":"虚构"}' }, { EventId: 'id of {}' }] });
  });

  test('an instant is kept to the millisecond; where none is given the host’s clock tells it, and the default bus is meant where none is named', async () => {
    await put(entry({ Time: new Date('2026-06-01T00:00:00.123Z') }), { Source: 'a', DetailType: 'b', Detail: '{}' });
    expect(taken.map(({ time, bus: to }) => [time, to])).toEqual([
      ['2026-06-01T00:00:00.123Z', 'made-bus'],
      ['2026-03-02T01:00:00.000Z', 'default'],
    ]);
  });

  test.each(['', 'made', '[]', '"made"', 'null', '{"made":'])('a detail that is no JSON object (“%s”) fails alone', async (Detail) => {
    const { FailedEntryCount, Entries = [] } = await put(entry({ Detail: '{"at":0}' }), entry({ Detail }), entry({ Detail: '{"at":2}' }));
    expect(taken.map(({ detail }) => detail)).toEqual(['{"at":0}', '{"at":2}']);
    expect(FailedEntryCount).toBe(1);
    expect(Entries[0]?.EventId).toBe('id of {"at":0}');
    expect(Entries[1]).toEqual({ ErrorCode: Detail === '' ? 'InvalidArgument' : 'MalformedDetail', ErrorMessage: expect.any(String) });
    expect(Entries[2]?.EventId).toBe('id of {"at":2}');
  });

  test.each(['Source', 'DetailType'] as const)('an entry without %s fails', async (name) => {
    const { FailedEntryCount, Entries } = await put(entry({ [name]: undefined }));
    expect([FailedEntryCount, Entries?.[0]?.ErrorCode, taken]).toEqual([1, 'InvalidArgument', []]);
  });

  test('what the bus does not take, or does not answer, has failed', async () => {
    answer = ({ detail }) => (detail === '{}' ? { errorCode: 'InternalFailure', errorMessage: 'made' } : { eventId: 'made' });
    const { FailedEntryCount, Entries } = await put(entry({ Detail: '{}' }), entry());
    expect([FailedEntryCount, Entries]).toEqual([1, [{ ErrorCode: 'InternalFailure', ErrorMessage: 'made' }, { EventId: 'made' }]]);
    answer = () => undefined as never;
    expect((await put(entry())).FailedEntryCount).toBe(1);
  });

  test('from one to ten entries are taken', async () => {
    await expect(put()).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(put(...Array.from({ length: 11 }, () => entry()))).rejects.toMatchObject({ name: 'ValidationException' });
    expect((await put(...Array.from({ length: 10 }, () => entry()))).Entries).toHaveLength(10);
    expect(taken).toHaveLength(10);
  });

  test('256 KB are taken, as publish counts them, and not a byte more', async () => {
    const detail = (bytes: number) => `{"made":"虚${'x'.repeat(bytes - sizeOf(entry({ Detail: '{"made":"虚"}' })))}"}`;
    const left = 256 * 1024 - sizeOf(entry());
    expect((await put(entry(), entry({ Detail: detail(left) }))).FailedEntryCount).toBe(0);
    const over = put(entry(), entry({ Detail: detail(left + 1) }));
    await expect(over).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringContaining('Total size') });
    expect(taken).toHaveLength(2);
  });

  test('a bus that asks to wait is told as throttling, one that fails as a fault of the service', async () => {
    answer = () => {
      throw new Throttled('made');
    };
    await expect(put(entry())).rejects.toMatchObject({ name: 'ThrottlingException', $metadata: { httpStatusCode: 400 } });
    answer = () => {
      throw new Error('secret');
    };
    await expect(put(entry())).rejects.toMatchObject({
      name: 'InternalException',
      $metadata: { httpStatusCode: 500 },
      message: expect.not.stringContaining('secret'),
    });
  });
});

const sizeOf = ({ Source = '', DetailType = '', Detail = '' }: PutEventsRequestEntry): number =>
  entrySize({ source: Source, detailType: DetailType, detail: Detail, time: '' });

describe('Decrypt', () => {
  const secret = new Uint8Array(32).fill(9);
  const wrapped = keyService.encrypt(secret, { purpose: 'ring' });
  const decrypt = (CiphertextBlob: Uint8Array, EncryptionContext?: Record<string, string>) =>
    keys.send(new DecryptCommand({ CiphertextBlob, ...(EncryptionContext ? { EncryptionContext } : {}) }));

  test('opens what was wrapped for this purpose', async () => {
    expect(new Uint8Array((await decrypt(wrapped, { purpose: 'ring' })).Plaintext ?? [])).toEqual(secret);
  });

  const altered = Uint8Array.from(wrapped, (byte, at) => (at === 20 ? byte ^ 1 : byte));
  test.each([
    ['another purpose', wrapped, { purpose: 'pseudonym' }],
    ['more of a context', wrapped, { purpose: 'ring', more: 'made' }],
    ['no context', wrapped, undefined],
    ['an altered text', altered, { purpose: 'ring' }],
    ['a text cut short', wrapped.subarray(0, 20), { purpose: 'ring' }],
    ['another master', localKeyService(new Uint8Array(32).fill(8)).encrypt(secret, { purpose: 'ring' }), { purpose: 'ring' }],
  ])('%s is refused', async (_, text, context) => {
    await expect(decrypt(text, context)).rejects.toMatchObject({ name: 'InvalidCiphertextException', $metadata: { httpStatusCode: 400 } });
  });

  test('the order of a context does not matter', () => {
    expect(keyService.decrypt(keyService.encrypt(secret, { a: '1', b: '2' }), { b: '2', a: '1' })).toEqual(Buffer.from(secret));
  });

  test('a master key has 32 bytes', () => {
    expect(() => localKeyService(new Uint8Array(31))).toThrow(RangeError);
  });
});

describe('Invoke', () => {
  const invoke = (FunctionName: string) => lambda.send(new InvokeCommand({ FunctionName, Payload: Buffer.from('{"made":"虚构"}') }));

  test('runs the function that it names, and hands over what it answered', async () => {
    const { Payload, FunctionError } = await invoke('made-function');
    expect(FunctionError).toBeUndefined();
    expect(JSON.parse(Payload?.transformToString() ?? '')).toEqual({ name: 'made-function', event: { made: '虚构' } });
  });

  test('tells a function that failed, and one that there is not', async () => {
    expect(await invoke('made-failing')).toMatchObject({ FunctionError: 'Unhandled', StatusCode: 200 });
    await expect(invoke('made-nothing')).rejects.toMatchObject({ name: 'ResourceNotFoundException', $metadata: { httpStatusCode: 404 } });
  });
});

describe('over the wire', () => {
  test('an operation that is not served is unknown', async () => {
    const encrypt = keys.send(new EncryptCommand({ KeyId: 'made', Plaintext: new Uint8Array(1) }));
    await expect(encrypt).rejects.toMatchObject({ name: 'UnknownOperationException', $metadata: { httpStatusCode: 400 } });
  });

  test('who does not know the account’s access key id is not let in', async () => {
    const stranger = new EventBridgeClient({ ...reaching(services.endpoint, { ...account, accessKeyId: 'AKIAOTHER' }), maxAttempts: 1 });
    await expect(stranger.send(new PutEventsCommand({ Entries: [entry()] }))).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
    expect(taken).toEqual([]);
  });

  const post = async (body: string) => {
    const authorization = `AWS4-HMAC-SHA256 Credential=${account.accessKeyId}/20260601/cn-north-1/events/aws4_request`;
    const response = await fetch(services.endpoint, { method: 'POST', headers: { authorization, 'x-amz-target': 'AWSEvents.PutEvents' }, body });
    return [response.status, ((await response.json()) as { __type: string }).__type];
  };
  test.each(['', '{', 'null', '{}', '{"Entries":[1]}', '{"Entries":[{"Detail":1}]}'])('the body “%s” is refused', async (body) => {
    expect(await post(body)).toEqual([400, 'SerializationException']);
  });

  test('a body of more than 2 MB is refused', async () => {
    expect(await post(' '.repeat(2 * 1024 * 1024 + 1))).toEqual([400, 'RequestEntityTooLargeException']);
  });
});
