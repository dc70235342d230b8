import type { DatabaseSync } from 'node:sqlite';
import { feedDay } from '../../../functions/kernel/feed-day.ts';
import type { Append, AppendOutcome, CommitRecord, FeedPage, FeedPosition, Guard, LedgerStore, Receipt } from '../../../functions/kernel/ports.ts';
import { checkAppend, checkPage } from '../../../functions/kernel/store-limits.ts';
import type { LocalDatabase } from './open-database.ts';

const COLUMNS = 'place, stream, version, bytes, alg, hash, state, fingerprint, recorded_at AS recordedAt';

/** Heads that are kept in memory. */
const HEADS = 1000;

type StoredCommit = CommitRecord & { readonly place: number };

/** An append as it was when it was asked for. */
interface Prepared {
  readonly commit: CommitRecord | undefined;
  readonly day: string;
  readonly receipts: readonly { key: string; body: string }[];
  readonly guards: readonly Guard[];
}

/** The ledger 账本 in one SQLite file, which it alone writes to: it keeps heads in memory. A feed position is a commit's place: given under the single writer, hence in order and without a gap. */
export class SqliteLedgerStore implements LedgerStore {
  readonly #database: LocalDatabase;
  readonly #statements: ReturnType<typeof statements>;
  readonly #heads = new Map<string, CommitRecord>();
  /** A day whose first place is durable. */
  #dayBegun: string | undefined;

  constructor(database: LocalDatabase) {
    this.#database = database;
    this.#statements = statements(database.sql);
  }

  async head(stream: string): Promise<CommitRecord | undefined> {
    const head = this.#heads.get(stream) ?? this.#readHead(stream);
    return head && { ...head, bytes: new Uint8Array(head.bytes) };
  }

  async read(stream: string, { after = 0, limit = 1000 }: { after?: number; limit?: number } = {}): Promise<readonly CommitRecord[]> {
    return this.#statements.read.all(stream, after, checkPage(limit)).map((found) => commitOf(found as unknown as StoredCommit));
  }

  async append(write: Append): Promise<AppendOutcome> {
    const bodies = checkAppend(write);
    const { commit, receipts, guards } = write;
    const prepared: Prepared = {
      commit: commit && { ...commit, bytes: new Uint8Array(commit.bytes) },
      day: commit ? feedDay(commit.recordedAt) : '',
      receipts: receipts.map(({ key }, at) => ({ key, body: bodies[at] as string })),
      guards: guards.map(({ stream, version }) => ({ stream, version })),
    };
    const outcome = await this.#database.group.run(() => this.#conflict(prepared) ?? this.#write(prepared));
    if (outcome.ok && commit) this.#dayBegun = prepared.day;
    return outcome;
  }

  async receipt(key: string): Promise<Receipt | undefined> {
    const found = this.#statements.receipt.get(key);
    return found && { key, body: JSON.parse(found.body as string) };
  }

  async receipts(prefix: string): Promise<readonly Receipt[]> {
    const found: Receipt[] = [];
    for (const { key, body } of this.#statements.receipts.iterate(prefix)) {
      if (!(key as string).startsWith(prefix)) break;
      found.push({ key: key as string, body: JSON.parse(body as string) });
    }
    return found;
  }

  async feed(position: FeedPosition | undefined, limit: number): Promise<FeedPage> {
    const after = placeOf(position);
    const found = this.#statements.feed.all(after, checkPage(limit)) as unknown as StoredCommit[];
    const reached = found.at(-1)?.place ?? after;
    return { records: found.map(commitOf), position: String(reached), end: found.length < limit || reached >= this.#lastPlace() };
  }

  async feedFrom(day: string): Promise<FeedPosition> {
    const first = this.#statements.firstOfDay.get(day)?.place as number | null;
    return String(first === null ? this.#lastPlace() : first - 1);
  }

  #conflict({ commit, receipts, guards }: Prepared): AppendOutcome | undefined {
    for (const { key } of receipts) if (this.#statements.known.get(key)) return { ok: false, conflict: 'receipt', at: key };
    if (commit && commit.version !== this.#version(commit.stream) + 1) return { ok: false, conflict: 'version', at: commit.stream };
    for (const { stream, version } of guards) if (this.#version(stream) > version) return { ok: false, conflict: 'guard', at: stream };
    return undefined;
  }

  #write({ commit, day, receipts }: Prepared): AppendOutcome {
    for (const { key, body } of receipts) this.#statements.putReceipt.run(key, body);
    if (commit) {
      const { stream, version, bytes, alg, hash, state, fingerprint, recordedAt } = commit;
      this.#heads.delete(stream);
      const { lastInsertRowid } = this.#statements.putCommit.run(stream, version, bytes, alg, hash, state, fingerprint, recordedAt);
      if (day !== this.#dayBegun) this.#statements.putDay.run(day, lastInsertRowid);
    }
    return { ok: true };
  }

  /** Kept until the stream's next commit is on its way; nothing is read between that and the end of its transaction, whatever the end is. */
  #readHead(stream: string): CommitRecord | undefined {
    const found = this.#statements.head.get(stream);
    if (!found) return undefined;
    const head = commitOf(found as unknown as StoredCommit);
    this.#heads.set(stream, head);
    if (this.#heads.size > HEADS) this.#heads.delete(this.#heads.keys().next().value as string);
    return head;
  }

  #version(stream: string): number {
    return (this.#statements.version.get(stream)?.version as number | undefined) ?? 0;
  }

  #lastPlace(): number {
    return (this.#statements.lastPlace.get()?.place as number | null) ?? 0;
  }
}

function statements(sql: DatabaseSync) {
  return {
    head: sql.prepare(`SELECT ${COLUMNS} FROM commits WHERE stream = ? ORDER BY version DESC LIMIT 1`),
    read: sql.prepare(`SELECT ${COLUMNS} FROM commits WHERE stream = ? AND version > ? ORDER BY version LIMIT ?`),
    version: sql.prepare('SELECT version FROM commits WHERE stream = ? ORDER BY version DESC LIMIT 1'),
    feed: sql.prepare(`SELECT ${COLUMNS} FROM commits WHERE place > ? ORDER BY place LIMIT ?`),
    lastPlace: sql.prepare('SELECT max(place) AS place FROM commits'),
    firstOfDay: sql.prepare('SELECT min(place) AS place FROM days WHERE day >= ?'),
    receipt: sql.prepare('SELECT body FROM receipts WHERE key = ?'),
    receipts: sql.prepare('SELECT key, body FROM receipts WHERE key >= ? ORDER BY key'),
    known: sql.prepare('SELECT 1 FROM receipts WHERE key = ?'),
    putReceipt: sql.prepare('INSERT INTO receipts (key, body) VALUES (?, ?)'),
    putCommit: sql.prepare('INSERT INTO commits (stream, version, bytes, alg, hash, state, fingerprint, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)'),
    putDay: sql.prepare('INSERT INTO days (day, place) VALUES (?, ?) ON CONFLICT DO NOTHING'),
  };
}

function commitOf({ stream, version, bytes, alg, hash, state, fingerprint, recordedAt }: StoredCommit): CommitRecord {
  return { stream, version, bytes, alg, hash, state, fingerprint, recordedAt };
}

/** Throws RangeError for a text that this store never gave. */
function placeOf(position: FeedPosition | undefined): number {
  if (position !== undefined && !/^\d{1,15}$/.test(position)) throw new RangeError('feed: not a position of this store');
  return Number(position ?? 0);
}
