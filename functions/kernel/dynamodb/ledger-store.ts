import { randomUUID } from 'node:crypto';
import { BatchGetCommand, type DynamoDBDocumentClient, GetCommand, QueryCommand, type QueryCommandInput, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { feedDay } from '../feed-day.ts';
import {
  type Append,
  type AppendOutcome,
  type Clock,
  type CommitRecord,
  type FeedPage,
  type FeedPosition,
  type LedgerStore,
  type Receipt,
  Throttled,
} from '../ports.ts';
import { checkAppend, checkPage } from '../store-limits.ts';
import { type AppendPlan, planAppend } from './append-plan.ts';
import { asking, firstFailed, PATIENCE, type Patience, patiently } from './errors.ts';
import { cursorOf, positionOf, startOf, walk } from './feed.ts';
import { canExist, commitKey, commitOf, feedPartition, type Item, instantOf, receiptKey, receiptOf } from './ledger-items.ts';
import { TABLES } from './tables.ts';

export interface DynamoLedgerOptions {
  readonly client: DynamoDBDocumentClient;
  /** Physical name of the ledger's table. */
  readonly table: string;
  /** The kernel's: what it stamps commits with decides how old they are. */
  readonly clock: Clock;
  /** First day of this ledger (Asia/Shanghai, `YYYY-MM-DD`): where the feed begins. */
  readonly since: string;
  /**
   * Milliseconds for which the feed holds a commit back, so that one written meanwhile with an earlier instant is not passed over: more than
   * clocks differ by, a write takes and the index lags together. A commit older than half of it is not written. 0: nothing is held back,
   * for a ledger with one writer that never reads the feed beside its own writes.
   */
  readonly settleMs?: number;
  readonly patience?: Patience;
}

export const SETTLE_MS = 10_000;

/** Keys of one BatchGetItem at most. */
const LARGEST_BATCH = 100;

/** The ledger 账本 in DynamoDB. It puts, checks and asks; it never scans, updates or deletes. */
export class DynamoLedgerStore implements LedgerStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #clock: Clock;
  readonly #since: string;
  readonly #settleMs: number;
  readonly #patience: Patience;

  constructor({ client, table, clock, since, settleMs = SETTLE_MS, patience = PATIENCE }: DynamoLedgerOptions) {
    this.#client = client;
    this.#table = table;
    this.#clock = clock;
    this.#since = since;
    this.#settleMs = settleMs;
    this.#patience = patience;
  }

  async head(stream: string): Promise<CommitRecord | undefined> {
    if (!canExist(stream)) return undefined;
    const [newest] = await this.#query({ KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': stream }, ScanIndexForward: false }, 1);
    return newest && commitOf(newest);
  }

  async read(stream: string, { after = 0, limit = 1000 }: { after?: number; limit?: number } = {}): Promise<readonly CommitRecord[]> {
    checkPage(limit);
    if (!canExist(stream)) return [];
    const { pk, sk } = commitKey(stream, Math.max(after, 0));
    return (await this.#query({ KeyConditionExpression: 'pk = :pk AND sk > :sk', ExpressionAttributeValues: { ':pk': pk, ':sk': sk } }, limit)).map(commitOf);
  }

  /** One TransactWriteItems; another only where a conflict with another writer, or that writer's faster clock, asks for it. */
  async append(write: Append): Promise<AppendOutcome> {
    const bodies = checkAppend(write);
    const plan = planAppend(this.#table, write, bodies, `${this.#since}T00:00:00+08:00`);
    if (write.commit && this.#settleMs > 0 && this.#clock.now() - Date.parse(write.commit.recordedAt) > this.#settleMs / 2) {
      throw new Throttled('the commit was decided too long ago for the feed');
    }
    return patiently(this.#patience, () => this.#send(plan));
  }

  async #send(plan: AppendPlan): Promise<AppendOutcome> {
    const { operations, precedence, verdict } = plan;
    try {
      await asking(this.#client.send(new TransactWriteCommand({ TransactItems: [...operations], ClientRequestToken: randomUUID() })));
      return { ok: true };
    } catch (error) {
      const failed = firstFailed(error, precedence);
      if (!failed) throw error;
      const answer = verdict(failed);
      return 'ok' in answer ? answer : this.#send(answer);
    }
  }

  async receipt(key: string): Promise<Receipt | undefined> {
    if (!canExist(key)) return undefined;
    const { Item: found } = await asking(this.#client.send(new GetCommand({ TableName: this.#table, Key: receiptKey(key), ConsistentRead: true })));
    return found && receiptOf(found);
  }

  async receipts(prefix: string): Promise<readonly Receipt[]> {
    if (prefix.indexOf(':') !== prefix.length - 1) throw new TypeError('receipts: a prefix ends with its first colon');
    if (!canExist(prefix)) return [];
    const { pk } = receiptKey(prefix);
    return (await this.#query({ KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': pk } })).map(receiptOf);
  }

  async feed(position: FeedPosition | undefined, limit: number): Promise<FeedPage> {
    checkPage(limit);
    const upTo = new Date(this.#clock.now() - this.#settleMs).toISOString();
    const from = position === undefined ? startOf(this.#since) : cursorOf(position);
    const { entries, cursor, end } = await walk(from, { upTo, lastDay: feedDay(upTo), limit }, (...asked) => this.#shard(...asked));
    return { records: await this.#commits(entries), position: positionOf(cursor), end };
  }

  async feedFrom(day: string): Promise<FeedPosition> {
    return positionOf(startOf(day < this.#since ? this.#since : day));
  }

  async #shard(day: string, shard: number, taken: string, upTo: string, limit: number): Promise<readonly FeedEntry[]> {
    if (instantOf(taken) > upTo) return [];
    const [{ name: IndexName }] = TABLES.ledger.indexes;
    const found = await this.#query(
      {
        IndexName,
        ConsistentRead: false,
        KeyConditionExpression: 'feed = :feed AND feedAt BETWEEN :after AND :upTo',
        // Every place has the same length: '+' makes the first bound exclusive, '~' the last inclusive.
        ExpressionAttributeValues: { ':feed': feedPartition(day, shard), ':after': `${taken}+`, ':upTo': `${upTo}~` },
      },
      limit,
    );
    return found as readonly unknown[] as readonly FeedEntry[];
  }

  async #commits(entries: readonly FeedEntry[]): Promise<CommitRecord[]> {
    const found = new Map<string, CommitRecord>();
    for (let at = 0; at < entries.length; at += LARGEST_BATCH) {
      const keys = entries.slice(at, at + LARGEST_BATCH).map(({ pk, sk }) => ({ pk, sk }));
      for (let left: Item[] = keys; left.length > 0; ) {
        const asked = left;
        const answer = await patiently(this.#patience, async () => {
          const request = { RequestItems: { [this.#table]: { Keys: asked, ConsistentRead: true } } };
          const { Responses, UnprocessedKeys } = await asking(this.#client.send(new BatchGetCommand(request)));
          const items = Responses?.[this.#table] ?? [];
          if (items.length === 0) throw new Throttled('DynamoDB: no key was processed');
          return { items, left: UnprocessedKeys?.[this.#table]?.Keys ?? [] };
        });
        for (const item of answer.items) found.set(`${item.sk}${item.pk}`, commitOf(item));
        left = answer.left;
      }
    }
    return entries.map(({ pk, sk }) => found.get(`${sk}${pk}`)).filter((record) => record !== undefined);
  }

  /** Items in order, all pages, at most `limit`. */
  async #query(query: Omit<QueryCommandInput, 'TableName'>, limit = Number.POSITIVE_INFINITY): Promise<Item[]> {
    const items: Item[] = [];
    let from: Item | undefined;
    do {
      const page = {
        TableName: this.#table,
        ConsistentRead: true,
        ...query,
        ...(Number.isFinite(limit) ? { Limit: limit - items.length } : {}),
        ...(from ? { ExclusiveStartKey: from } : {}),
      };
      const { Items = [], LastEvaluatedKey } = await asking(this.#client.send(new QueryCommand(page)));
      items.push(...Items);
      from = LastEvaluatedKey;
    } while (from && items.length < limit);
    return items;
  }
}

interface FeedEntry {
  readonly pk: string;
  readonly sk: string;
  readonly feedAt: string;
}
