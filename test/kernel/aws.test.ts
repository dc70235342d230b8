import type { DecryptCommand, KMSClient } from '@aws-sdk/client-kms';
import type { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { DynamoDBRecord } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { credentialsOf } from '../../functions/kernel/aws/credentials.ts';
import { commandFunction, environmentOf, functionsOf } from '../../functions/kernel/aws/environment.ts';
import { eventBridgeBus } from '../../functions/kernel/aws/event-bridge-bus.ts';
import { awsKeyRing, type Purpose } from '../../functions/kernel/aws/key-ring.ts';
import { kmsUnwrap } from '../../functions/kernel/aws/kms.ts';
import { lambdaCommands } from '../../functions/kernel/aws/lambda-commands.ts';
import { streamHandler, watching } from '../../functions/kernel/aws/stream-handler.ts';
import { makeLog } from '../../functions/kernel/log.ts';
import { NotPermitted, Throttled } from '../../functions/kernel/ports.ts';
import { type DataKeyStore, makeKeyRing } from '../../functions/kernel/seal.ts';

describe('a secret that the key service wrapped', () => {
  const secret = new Uint8Array(32).fill(7);
  const open = (answer: () => Promise<object>) => {
    const asked: DecryptCommand[] = [];
    const send = async (command: DecryptCommand) => {
      asked.push(command);
      return answer();
    };
    return { asked, opened: kmsUnwrap({ send } as unknown as KMSClient)('d3JhcHBlZA==', 'ring') };
  };

  test('is opened by one Decrypt with its purpose', async () => {
    const { asked, opened } = open(async () => ({ Plaintext: secret }));
    expect(await opened).toEqual(secret);
    expect(asked.map(({ input }) => input)).toEqual([{ CiphertextBlob: Buffer.from('wrapped'), EncryptionContext: { purpose: 'ring' } }]);
  });

  const named = (name: string) => async () => {
    throw Object.assign(new Error('made'), { name });
  };
  test.each([
    ['a refusal', named('AccessDeniedException'), NotPermitted],
    ['another purpose', named('InvalidCiphertextException'), NotPermitted],
    ['an answer without a secret', async () => ({}), NotPermitted],
    ['too many requests', named('ThrottlingException'), Throttled],
    ['a fault of the service', named('KMSInternalException'), Throttled],
    ['no answer', named('TimeoutError'), Throttled],
  ])('%s is told as what it is', async (_, answer, error) => {
    await expect(open(answer).opened).rejects.toBeInstanceOf(error);
  });
});

describe('a command’s function', () => {
  const give = (answer: () => Promise<object>) => {
    const asked: InvokeCommand[] = [];
    const send = async (command: InvokeCommand) => {
      asked.push(command);
      return answer();
    };
    const given = lambdaCommands({ send } as unknown as LambdaClient, 'jianheng-36-')('registry/register-institution', { body: '虚构' } as never);
    return { asked, given };
  };
  const payload = (text: string) => ({ transformToString: () => text });
  const throwing = (name: string) => async () => {
    throw Object.assign(new Error('made'), { name });
  };

  test('is called by its name with the event, and answers for itself', async () => {
    const { asked, given } = give(async () => ({ Payload: payload('{"statusCode":201,"body":"{}"}') }));
    expect(await given).toEqual({ statusCode: 201, body: '{}' });
    expect(asked.map(({ input }) => ({ ...input, Payload: String(input.Payload) }))).toEqual([
      { FunctionName: 'jianheng-36-registry-command-register-institution', Payload: '{"body":"虚构"}' },
    ]);
  });

  test.each(['TooManyRequestsException', 'ThrottlingException', 'TimeoutError'])('%s is to be tried again', async (name) => {
    await expect(give(throwing(name)).given).rejects.toBeInstanceOf(Throttled);
  });

  test.each<[string, () => Promise<object>]>([
    ['a function that failed', async () => ({ FunctionError: 'Unhandled', Payload: payload('{"errorMessage":"保密内容"}') })],
    ['an answer of nothing', async () => ({})],
    ['a service that failed', throwing('ServiceException')],
  ])('%s is an error, which says nothing of what was posted', async (_, answer) => {
    const error = await give(answer).given.catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(Throttled);
    expect(String(error)).not.toContain('保密内容');
  });

  test('is named as the deployment names it, which has to tell how', () => {
    expect(commandFunction('jianheng-36-', 'agencies/delegate')).toBe('jianheng-36-agencies-command-delegate');
    expect(functionsOf({ FUNCTIONS: 'jianheng-36-' })).toBe('jianheng-36-');
    for (const FUNCTIONS of [undefined, '']) expect(() => functionsOf({ FUNCTIONS })).toThrow('FUNCTIONS');
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
      rights.seal || rights.open ? { make: makeKeyRing, rights } : undefined,
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
    await expect(awsKeyRing(empty, async () => Buffer.alloc(32))).rejects.toThrow(/master\/pseudonym/);
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

  test('what was changed or removed is told, without the stream’s name or content, and what is new goes on', async () => {
    const lines: Record<string, unknown>[] = [];
    const log = makeLog({ sink: (line) => lines.push(JSON.parse(line)), clock: { now: () => 0 } });
    const versions: number[] = [];
    const handler = watching(
      log,
      streamHandler(async (records) => {
        versions.push(...records.map(({ version }) => version));
        return [1];
      }),
    );
    const altered = (eventName: 'MODIFY' | 'REMOVE', pk: string, SequenceNumber: string): DynamoDBRecord => ({
      eventName,
      dynamodb: { SequenceNumber, Keys: { pk: { S: pk } } },
    });
    const inserted = (version: number): DynamoDBRecord => ({ ...record(version), eventName: 'INSERT' });
    const Records = [
      altered('MODIFY', 'registry/institution/made', '100000000000000000001'),
      inserted(1),
      altered('REMOVE', 'receipt#command/made', '200000000000000000001'),
      inserted(2),
    ];
    expect(await handler({ Records })).toEqual({ batchItemFailures: [{ itemIdentifier: 'sequence-2' }] });
    expect(versions).toEqual([1, 2]);
    const time = '1970-01-01T00:00:00.000Z';
    expect(lines).toEqual([
      { time, level: 'error', what: 'ledger-altered', code: 'modify', aggregate: 'registry/institution', sequenceNumber: '100000000000000000001' },
      { time, level: 'error', what: 'ledger-altered', code: 'remove', sequenceNumber: '200000000000000000001' },
    ]);
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
    expect(environmentOf(whole)).toEqual({ ...whole, LOOPBACK_ENDPOINTS: 'refused' });
    expect(() => environmentOf({ ...whole, PROVINCE: '31', BUS: undefined })).toThrow(/: PROVINCE, BUS$/);
  });

  test('holds credentials, with a session’s token where there is one', () => {
    const variables = { AWS_ACCESS_KEY_ID: 'made', AWS_SECRET_ACCESS_KEY: 'made too' };
    expect(credentialsOf(variables)).toEqual({ accessKeyId: 'made', secretAccessKey: 'made too' });
    expect(credentialsOf({ ...variables, AWS_SESSION_TOKEN: 'token' }).sessionToken).toBe('token');
    expect(() => credentialsOf({ AWS_ACCESS_KEY_ID: 'made' })).toThrow(/credentials/);
  });
});
