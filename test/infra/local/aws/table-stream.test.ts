import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  ExpiredIteratorException,
  type GetRecordsCommand,
  GetShardIteratorCommand,
  type _Record as ServiceRecord,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import { describe, expect, test } from 'vitest';
import { lambdaRecord } from '../../../../infra/local/aws/stream-record.ts';
import { TableStream, tableStream } from '../../../../infra/local/aws/table-stream.ts';
import type { StreamSource } from '../../../../infra/local/stream-source.ts';

interface MadeShard {
  readonly parent?: string;
  /** Sequence numbers, oldest first. */
  readonly records: number[];
  closed?: boolean;
}

/** A stream as the service tells it: shards that close and get children, iterators that expire, records that are forgotten. */
function madeStream(shards: Record<string, MadeShard>) {
  const asked: string[] = [];
  let generation = 0;
  const fault = (Type: new (options: { message: string; $metadata: object }) => Error) => new Type({ message: 'made', $metadata: {} });
  const made = {
    shards,
    asked,
    faults: [] as Error[],
    expire: () => {
      generation += 1;
    },
    client: {
      async send(command: unknown): Promise<object> {
        if (command instanceof DescribeStreamCommand) {
          asked.push('describe');
          const names = Object.keys(shards);
          const at = names.indexOf(command.input.ExclusiveStartShardId ?? '') + 1;
          const name = names[at];
          const Shards = name === undefined ? [] : [{ ShardId: name, ...(shards[name]?.parent ? { ParentShardId: shards[name].parent } : {}) }];
          return { StreamDescription: { Shards, ...(at + 1 < names.length ? { LastEvaluatedShardId: name } : {}) } };
        }
        if (command instanceof GetShardIteratorCommand) {
          const { ShardId = '', ShardIteratorType, SequenceNumber } = command.input;
          asked.push(`${ShardIteratorType} ${ShardId}`);
          const records = shards[ShardId]?.records ?? [];
          const at = ShardIteratorType === 'TRIM_HORIZON' ? 0 : records.indexOf(Number(SequenceNumber)) + 1;
          if (ShardIteratorType === 'AFTER_SEQUENCE_NUMBER' && at === 0) throw fault(TrimmedDataAccessException);
          return { ShardIterator: JSON.stringify([ShardId, at, generation]) };
        }
        const thrown = made.faults.shift();
        if (thrown) throw thrown;
        const { ShardIterator = '', Limit = 0 } = (command as GetRecordsCommand).input;
        const [name, at, of] = JSON.parse(ShardIterator) as [string, number, number];
        if (of !== generation) throw fault(ExpiredIteratorException);
        asked.push(`read ${name}`);
        const { records = [], closed } = shards[name] ?? {};
        const taken = records.slice(at, at + Limit);
        const Records = taken.map((each) => ({ dynamodb: { SequenceNumber: String(each) } }));
        const next = at + taken.length;
        return { Records, ...(closed && next >= records.length ? {} : { NextShardIterator: JSON.stringify([name, next, generation]) }) };
      },
    },
    source: (): StreamSource => new TableStream(made.client as unknown as DynamoDBStreamsClient, 'arn:made'),
  };
  return made;
}

const sequences = ({ records }: { records: readonly { sequence: string }[] }): number[] => records.map(({ sequence }) => Number(sequence));

/** Reads until the end; also tells the position there. */
async function drain(source: StreamSource, from?: string, limit = 100) {
  const read: number[] = [];
  for (let position = from; ; ) {
    const page = await source.read(position, limit);
    expect(page.records.length).toBeLessThanOrEqual(limit);
    read.push(...sequences(page));
    position = page.position;
    if (page.end) return { read, position };
  }
}

describe('one shard', () => {
  test('is read from its oldest record, page by page, once, until nothing is left', async () => {
    const { source, asked } = madeStream({ a: { records: [1, 2, 3, 4, 5] } });
    const reader = source();
    const first = await reader.read(undefined, 2);
    expect([sequences(first), first.end]).toEqual([[1, 2], false]);
    expect((await drain(reader, first.position, 2)).read).toEqual([3, 4, 5]);
    expect(asked.filter((each) => !each.startsWith('read'))).toEqual(['describe', 'TRIM_HORIZON a']);
  });

  test('a position lasts longer than its reader, and what comes later comes behind it', async () => {
    const { source, shards } = madeStream({ a: { records: [1, 2] } });
    const { position } = await drain(source());
    expect(await source().read(position, 10)).toEqual({ records: [], position, end: true });
    shards.a?.records.push(3);
    expect((await drain(source(), position)).read).toEqual([3]);
  });

  test('from an older position the same comes again', async () => {
    const reader = madeStream({ a: { records: [1, 2, 3] } }).source();
    const first = await reader.read(undefined, 1);
    const second = await reader.read(first.position, 1);
    expect(await reader.read(first.position, 1)).toEqual(second);
    expect((await drain(reader, undefined)).read).toEqual([1, 2, 3]);
  });

  test('an empty stream has an end and a position', async () => {
    const { source, shards } = madeStream({ a: { records: [] } });
    const { read, position } = await drain(source());
    expect(read).toEqual([]);
    shards.a?.records.push(1);
    expect((await drain(source(), position)).read).toEqual([1]);
  });

  test('an iterator that expired is asked for anew, from where it stood', async () => {
    const { source, expire } = madeStream({ a: { records: [1, 2, 3] } });
    const reader = source();
    const { position } = await reader.read(undefined, 2);
    expire();
    expect((await drain(reader, position)).read).toEqual([3]);
  });

  test('behind a position that the stream has forgotten it goes on at the oldest that is kept', async () => {
    const { source, shards } = madeStream({ a: { records: [1, 2, 3, 4] } });
    const { position } = await source().read(undefined, 1);
    shards.a?.records.splice(0, 2);
    expect((await drain(source(), position)).read).toEqual([3, 4]);
  });

  test('another error is thrown as it is; then everything is asked anew', async () => {
    const { source, faults, asked } = madeStream({ a: { records: [1] } });
    const reader = source();
    const error = new Error('made');
    faults.push(error);
    await expect(reader.read(undefined, 1)).rejects.toBe(error);
    expect((await drain(reader)).read).toEqual([1]);
    expect(asked.filter((each) => each === 'describe')).toHaveLength(2);
  });
});

describe('several shards', () => {
  test('are all read, each after its parent, also where a shard closes while it is read', async () => {
    const { source, shards } = madeStream({
      b: { parent: 'a', records: [4, 5] },
      a: { parent: 'forgotten', records: [1, 2, 3], closed: true },
      c: { parent: 'a', records: [6] },
      z: { records: [100, 101] },
    });
    const reader = source();
    const { read, position } = await drain(reader, undefined, 2);
    expect(read.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 100, 101]);
    const place = (sequence: number) => read.indexOf(sequence);
    expect(place(4)).toBeGreaterThan(place(3));
    expect(place(6)).toBeGreaterThan(place(3));

    const c = shards.c as MadeShard;
    c.records.push(7);
    c.closed = true;
    shards.d = { parent: 'c', records: [8] };
    expect((await drain(reader, position)).read).toEqual([7, 8]);
    expect((await drain(source(), position)).read).toEqual([7, 8]);
  });

  test('a busy shard keeps none waiting', async () => {
    const reader = madeStream({ busy: { records: Array.from({ length: 20 }, (_, at) => at) }, calm: { records: [100] } }).source();
    const first = await reader.read(undefined, 2);
    expect([...sequences(first), ...sequences(await reader.read(first.position, 2))]).toContain(100);
  });

  test('a shard that the stream has forgotten leaves the position', async () => {
    const { source, shards } = madeStream({ a: { records: [1], closed: true }, b: { parent: 'a', records: [2] } });
    const { position } = await drain(source());
    delete shards.a;
    const { read, position: later } = await drain(source(), position);
    expect(read).toEqual([]);
    expect(later).not.toContain('"a"');
  });
});

test.each(['', '1', 'null', '[]', '{"a":1}', '{'])('the position “%s”, which no read gave, is thrown back', async (position) => {
  await expect(
    madeStream({ a: { records: [] } })
      .source()
      .read(position, 1),
  ).rejects.toThrow(RangeError);
});

test('a table without a change stream is thrown back', async () => {
  await expect(tableStream({ send: async () => ({ Table: {} }) } as never, {} as never, 'views')).rejects.toThrow('views has no change stream');
});

test('a record is as Lambda hands it over: bytes as base64 at any depth, the time in seconds, nothing undefined', () => {
  const bytes = new Uint8Array([255, 0, 1]);
  const record: ServiceRecord = {
    eventID: 'made',
    eventName: 'INSERT',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: 'cn-north-1',
    dynamodb: {
      ApproximateCreationDateTime: new Date('2026-06-01T00:00:00.900Z'),
      Keys: { pk: { S: 'made' } },
      NewImage: {
        pk: { S: 'made' },
        n: { N: '1' },
        b: { B: bytes },
        bs: { BS: [bytes] },
        m: { M: { l: { L: [{ B: bytes }, { BOOL: false }, { NULL: true }] } } },
      },
      SequenceNumber: '0001',
      SizeBytes: 26,
      StreamViewType: 'NEW_IMAGE',
    },
  };
  expect(lambdaRecord(record, 'arn:made')).toStrictEqual({
    sequence: '0001',
    arrivedAt: '2026-06-01T00:00:00.900Z',
    record: {
      eventID: 'made',
      eventName: 'INSERT',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'cn-north-1',
      eventSourceARN: 'arn:made',
      dynamodb: {
        ApproximateCreationDateTime: 1_780_272_000,
        Keys: { pk: { S: 'made' } },
        NewImage: {
          pk: { S: 'made' },
          n: { N: '1' },
          b: { B: '/wAB' },
          bs: { BS: ['/wAB'] },
          m: { M: { l: { L: [{ B: '/wAB' }, { BOOL: false }, { NULL: true }] } } },
        },
        SequenceNumber: '0001',
        SizeBytes: 26,
        StreamViewType: 'NEW_IMAGE',
      },
    },
  });
});
