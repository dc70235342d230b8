import { randomUUID } from 'node:crypto';
import { type DynamoDBDocumentClient, GetCommand, type QueryCommandInput, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
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
import { canExist, commitKey, commitOf, feedPartition, instantOf, receiptKey, receiptOf } from './ledger-items.ts';
import { getAll, type Item, queryAll } from './reads.ts';
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
    return this.#carryOut(plan);
  }

  /** One token for all attempts: one that happened without an answer is not made again. */
  async #carryOut({ operations, verdict }: AppendPlan): Promise<AppendOutcome> {
    const request = { TransactItems: [...operations], ClientRequestToken: randomUUID() };
    const failed = await patiently(this.#patience, async () => {
      try {
        await asking(this.#client.send(new TransactWriteCommand(request)));
        return undefined;
      } catch (error) {
        return firstFailed(error);
      }
    });
    if (!failed) return { ok: true };
    const answer = verdict(failed);
    return 'ok' in answer ? answer : this.#carryOut(answer);
  }

  async receipt(key: string): Promise<Receipt | undefined> {
    if (!canExist(key)) return undefined;
    const { Item: found } = await asking(this.#client.send(new GetCommand({ TableName: this.#table, Key: receiptKey(key), ConsistentRead: true })));
    return found && receiptOf(found);
  }

  async receipts(prefix: string): Promise<readonly Receipt[]> {
    if (prefix === '' || prefix.indexOf(':') !== prefix.length - 1) throw new TypeError('receipts: a prefix ends with its first colon');
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
    const keys = entries.map(({ pk, sk }) => ({ pk, sk }));
    const found = new Map((await getAll(this.#client, this.#table, keys, this.#patience)).map((item) => [`${item.sk}${item.pk}`, commitOf(item)]));
    return keys.map(({ pk, sk }) => found.get(`${sk}${pk}`)).filter((record) => record !== undefined);
  }

  #query(query: Omit<QueryCommandInput, 'TableName'>, limit?: number): Promise<Item[]> {
    return queryAll(this.#client, { TableName: this.#table, ...query }, limit);
  }
}

interface FeedEntry {
  readonly pk: string;
  readonly sk: string;
  readonly feedAt: string;
}
