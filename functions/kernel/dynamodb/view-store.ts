import { randomUUID } from 'node:crypto';
import {
  BatchWriteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  ScanCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { type ListingRow, type ProjectionMark, type ProjectionStep, type RowPage, Throttled, type ViewStore } from '../ports.ts';
import { checkPage, checkStep, LARGEST_ROW_PAGE, sameRow } from '../store-limits.ts';
import { asking, firstFailed, PATIENCE, type Patience, patiently } from './errors.ts';
import { canExist, type ItemKey } from './ledger-items.ts';
import { fewer, getAll, type Item, queryAll } from './reads.ts';
import { COUNTER_SHARDS } from './tables.ts';
import { counterKey, inBytes, markKey, rangeOf, rowKey, rowOf, shardOf } from './view-items.ts';

type Operation = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

export interface DynamoViewOptions {
  readonly client: DynamoDBDocumentClient;
  /** Physical name of the views' table. */
  readonly table: string;
  readonly patience?: Patience;
}

/** Items of one BatchWriteItem at most. */
const LARGEST_BATCH = 25;

/** Scans for what is left in the views that are emptied. */
const MOST_SCANS = 50;

const SHARDS = Array.from({ length: COUNTER_SHARDS }, (_, shard) => shard);

/**
 * The views 视图 in DynamoDB. A step is one TransactWriteItems; what a stream moves in a counter goes to that stream's shard.
 * All reads are consistent: how far the views go is itself a row, and must not be ahead of the others.
 */
export class DynamoViewStore implements ViewStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #patience: Patience;

  constructor({ client, table, patience = PATIENCE }: DynamoViewOptions) {
    this.#client = client;
    this.#table = table;
    this.#patience = patience;
  }

  async mark(stream: string): Promise<ProjectionMark | undefined> {
    const found = canExist(stream) ? await this.#get(markKey(stream)) : undefined;
    return found && { version: found.version as number, rows: JSON.parse(found.rows as string) };
  }

  async apply(step: ProjectionStep): Promise<'applied' | 'moved'> {
    const { items, kept, moves } = checkStep(step);
    const { stream, from, to } = step;
    const rows = step.rows.map(({ listing, partition, sort }) => ({ listing, partition, sort }));
    const put = [...rows.map((row, at) => ({ row, item: items[at] })), ...kept.map(({ row, item }) => ({ row: { ...row }, item }))];
    const before = from === 0 ? undefined : await this.mark(stream);
    if ((before?.version ?? 0) !== from) return 'moved';
    const gone = (before?.rows ?? []).filter((old) => !put.some(({ row }) => sameRow(row, old)));
    const TableName = this.#table;
    const operations: Operation[] = [
      { Put: { TableName, Item: { ...markKey(stream), version: to, rows: JSON.stringify(rows) }, ...standingAt(from) } },
      ...put.map(({ row, item }) => ({ Put: { TableName, Item: { ...rowKey(row), item } } })),
      ...gone.map((row) => ({ Delete: { TableName, Key: { ...rowKey(row) } } })),
      ...Array.from(moves, ([counter, by]) => ({ Update: { TableName, Key: { ...counterKey(counter, shardOf(stream)) }, ...adding(by) } })),
    ];
    return this.#write({ TransactItems: operations, ClientRequestToken: randomUUID() });
  }

  /** Only the first operation, the mark's, has a condition. */
  #write(request: { TransactItems: Operation[]; ClientRequestToken: string }): Promise<'applied' | 'moved'> {
    return patiently(this.#patience, async () => {
      try {
        await asking(this.#client.send(new TransactWriteCommand(request)));
        return 'applied';
      } catch (error) {
        firstFailed(error);
        return 'moved';
      }
    });
  }

  async row(listing: string, partition: string, sort: string): Promise<ListingRow | undefined> {
    if (!canExist(listing, partition, sort, listing + partition)) return undefined;
    const found = await this.#get(rowKey({ listing, partition, sort }));
    return found && rowOf(listing, partition, found);
  }

  async rows(
    listing: string,
    partition: string,
    { after, until, limit, newestFirst = false }: { after?: string; until?: string; limit: number; newestFirst?: boolean },
  ): Promise<RowPage> {
    checkPage(limit, LARGEST_ROW_PAGE);
    const range = newestFirst ? rangeOf(until, after) : rangeOf(after, until);
    if (!range || !canExist(listing, partition, listing + partition)) return { rows: [] };
    const query = {
      TableName: this.#table,
      KeyConditionExpression: `pk = :pk${range.condition}`,
      ExpressionAttributeValues: { ':pk': rowKey({ listing, partition, sort: '' }).pk, ...range.values },
      ScanIndexForward: !newestFirst,
    };
    // One more than asked for tells whether this is the last page, another makes up for the row that `after` names.
    const found = (await queryAll(this.#client, query, limit + 2)).filter(({ sk }) => sk !== after);
    const rows = found.slice(0, limit).map((item) => rowOf(listing, partition, item));
    const last = rows.at(-1);
    return found.length > limit && last ? { rows, next: last.sort } : { rows };
  }

  async counter(counter: string): Promise<number> {
    if (!canExist(counter)) return 0;
    const keys = SHARDS.map((shard) => counterKey(counter, shard));
    const found = await getAll(this.#client, this.#table, keys, this.#patience);
    return found.reduce((sum, { value }) => sum + (value as number), 0);
  }

  async counters(prefix: string): Promise<readonly { counter: string; value: number }[]> {
    if (prefix !== '' && !canExist(prefix)) return [];
    const pages = await Promise.all(SHARDS.map((shard) => this.#shard(shard, prefix)));
    const sums = new Map<string, number>();
    for (const { sk, value } of pages.flat()) sums.set(sk as string, (sums.get(sk as string) ?? 0) + (value as number));
    return Array.from(sums, ([counter, value]) => ({ counter, value })).sort((one, other) => inBytes(one.counter, other.counter));
  }

  /**
   * Until a whole scan finds nothing: what others wrote meanwhile may have lost some of its items, and only what was written where such a scan had been
   * already is left as a whole. Throws {@link Throttled} where they write faster than that.
   */
  async clear(): Promise<void> {
    for (let scan = 0; scan < MOST_SCANS; scan += 1) if ((await this.#clearOnce()) === 0) return;
    throw new Throttled('the views are written faster than they can be emptied');
  }

  /** How many items it removed. */
  async #clearOnce(): Promise<number> {
    let removed = 0;
    let from: Record<string, unknown> | undefined;
    do {
      const page = { TableName: this.#table, ProjectionExpression: 'pk, sk', ConsistentRead: true, ...(from ? { ExclusiveStartKey: from } : {}) };
      const { Items = [], LastEvaluatedKey } = await asking(this.#client.send(new ScanCommand(page)));
      for (let at = 0; at < Items.length; at += LARGEST_BATCH) await this.#remove(Items.slice(at, at + LARGEST_BATCH));
      removed += Items.length;
      from = LastEvaluatedKey;
    } while (from);
    return removed;
  }

  async #remove(keys: readonly object[]): Promise<void> {
    for (let left = keys; left.length > 0; ) {
      const asked = left;
      left = await patiently(this.#patience, async () => {
        const RequestItems = { [this.#table]: asked.map((key) => ({ DeleteRequest: { Key: { ...key } } })) };
        const { UnprocessedItems } = await asking(this.#client.send(new BatchWriteCommand({ RequestItems })));
        return fewer(
          asked,
          (UnprocessedItems?.[this.#table] ?? []).flatMap(({ DeleteRequest }) => DeleteRequest?.Key ?? []),
        );
      });
    }
  }

  #shard(shard: number, prefix: string): Promise<Item[]> {
    const within = prefix === '' ? '' : ' AND begins_with(sk, :prefix)';
    return queryAll(this.#client, {
      TableName: this.#table,
      KeyConditionExpression: `pk = :pk${within}`,
      ExpressionAttributeValues: { ':pk': counterKey(prefix, shard).pk, ...(prefix === '' ? {} : { ':prefix': prefix }) },
    });
  }

  async #get(key: ItemKey): Promise<Item | undefined> {
    return (await asking(this.#client.send(new GetCommand({ TableName: this.#table, Key: { ...key }, ConsistentRead: true })))).Item;
  }
}

const standingAt = (version: number) =>
  version === 0
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : { ConditionExpression: '#version = :version', ExpressionAttributeNames: { '#version': 'version' }, ExpressionAttributeValues: { ':version': version } };

const adding = (by: number) => ({
  UpdateExpression: 'ADD #value :by',
  ExpressionAttributeNames: { '#value': 'value' },
  ExpressionAttributeValues: { ':by': by },
});
