import { DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  ExpiredIteratorException,
  GetRecordsCommand,
  type GetRecordsOutput,
  GetShardIteratorCommand,
  type Shard,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import type { StreamEntry, StreamPage, StreamSource } from '../stream-source.ts';
import { lambdaRecord } from './stream-record.ts';

/** The change stream of a table. Throws when the table has none. */
export async function tableStream(tables: Pick<DynamoDBClient, 'send'>, streams: Pick<DynamoDBStreamsClient, 'send'>, table: string): Promise<StreamSource> {
  const { Table } = await tables.send(new DescribeTableCommand({ TableName: table }));
  if (!Table?.LatestStreamArn) throw new Error(`${table} has no change stream`);
  return new TableStream(streams, Table.LatestStreamArn);
}

/** In a position: the shard is closed and read to its end. */
const DONE = 'done';
/** Records of one answer, at most. */
const PAGE = 1000;

/**
 * Follows all shards (分片) of a stream, each after its parent, as Lambda's event source mapping does; a position says for each shard that is
 * still kept how far it was read. Where the stream has meanwhile forgotten what comes after a position, it goes on at the oldest that is kept:
 * what lies between is in the ledger's feed. Any other error of the service is thrown as it is, and the next read asks for everything anew.
 * A shard that answers without records counts as read to its end, as it is on DynamoDB Local, where a write that was acknowledged is in the stream.
 */
export class TableStream implements StreamSource {
  readonly #client: Pick<DynamoDBStreamsClient, 'send'>;
  readonly #arn: string;
  #shards: readonly Shard[] | undefined;
  /** Where the service said to go on, by shard, and after which record that is. */
  readonly #iterators = new Map<string, { readonly after: string | undefined; readonly iterator: string }>();

  constructor(client: Pick<DynamoDBStreamsClient, 'send'>, arn: string) {
    this.#client = client;
    this.#arn = arn;
  }

  async read(position: string | undefined, limit: number): Promise<StreamPage> {
    try {
      return await this.#read(placesOf(position), limit);
    } catch (error) {
      this.#shards = undefined;
      this.#iterators.clear();
      throw error;
    }
  }

  async #read(told: ReadonlyMap<string, string>, limit: number): Promise<StreamPage> {
    const shards = this.#shards ?? (await this.#describe());
    const kept = new Set(shards.map(({ ShardId }) => ShardId));
    const places = new Map([...told].filter(([shard]) => kept.has(shard)));
    const open = shards.filter(
      ({ ShardId = '', ParentShardId: parent }) => places.get(ShardId) !== DONE && !(parent && kept.has(parent) && places.get(parent) !== DONE),
    );
    const records: StreamEntry[] = [];
    let end = true;
    let closed = false;
    for (const { ShardId: shard = '' } of open) {
      if (records.length >= limit) break;
      const { Records = [], NextShardIterator: next } = await this.#page(shard, places.get(shard), Math.min(limit - records.length, PAGE));
      const entries = Records.map((record) => lambdaRecord(record, this.#arn));
      records.push(...entries);
      const after = entries.at(-1)?.sequence ?? places.get(shard);
      if (next) this.#iterators.set(shard, { after, iterator: next });
      else closed = true;
      const place = next ? after : DONE;
      if (place !== undefined) places.set(shard, place);
      if (entries.length > 0 || !next) end = false;
    }
    // A closed shard may have children; the shard that came first comes last the next time, so that none waits for ever behind a busy one.
    this.#shards = closed ? undefined : [...shards.slice(1), ...shards.slice(0, 1)];
    return { records, position: JSON.stringify(Object.fromEntries(places)), end };
  }

  /** Iterators expire within minutes. */
  async #page(shard: string, after: string | undefined, Limit: number): Promise<GetRecordsOutput> {
    const held = this.#iterators.get(shard);
    this.#iterators.delete(shard);
    const ask = (ShardIterator: string) => this.#client.send(new GetRecordsCommand({ ShardIterator, Limit }));
    try {
      return await ask(held && held.after === after ? held.iterator : await this.#iterator(shard, after));
    } catch (error) {
      if (error instanceof ExpiredIteratorException) return ask(await this.#iterator(shard, after));
      if (error instanceof TrimmedDataAccessException) return ask(await this.#iterator(shard, undefined));
      throw error;
    }
  }

  async #iterator(ShardId: string, after: string | undefined): Promise<string> {
    const from =
      after === undefined ? ({ ShardIteratorType: 'TRIM_HORIZON' } as const) : ({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after } as const);
    const { ShardIterator } = await this.#client.send(new GetShardIteratorCommand({ StreamArn: this.#arn, ShardId, ...from }));
    if (!ShardIterator) throw new Error('the stream gives no iterator');
    return ShardIterator;
  }

  async #describe(): Promise<readonly Shard[]> {
    const shards: Shard[] = [];
    for (let last: string | undefined; ; ) {
      const { StreamDescription: told } = await this.#client.send(
        new DescribeStreamCommand({ StreamArn: this.#arn, ...(last ? { ExclusiveStartShardId: last } : {}) }),
      );
      shards.push(...(told?.Shards ?? []));
      last = told?.LastEvaluatedShardId;
      if (!last) return shards;
    }
  }
}

/** Throws RangeError for what no read gave. */
function placesOf(position: string | undefined): ReadonlyMap<string, string> {
  if (position === undefined) return new Map();
  try {
    const places: unknown = JSON.parse(position);
    if (typeof places === 'object' && places !== null && !Array.isArray(places) && Object.values(places).every((place) => typeof place === 'string'))
      return new Map(Object.entries(places));
  } catch {}
  throw new RangeError('this is no position of a change stream');
}
