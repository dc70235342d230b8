/**
 * What the kernel asks of the world outside. Each port has several implementations (DynamoDB, SQLite, memory)
 * and one contract suite that all of them pass; a rule never sees a port.
 */

/** A value that JSON can carry. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** One commit as it lies in the ledger. `hash` covers `bytes`; `bytes` carry the previous hash. */
export interface CommitRecord {
  /** `<context>/<aggregate>/<natural key>` */
  readonly stream: string;
  /** 1 for a stream's first commit, then without a gap. */
  readonly version: number;
  /** The commit as RFC 8785 JSON in UTF-8: {@link Commit} in `ledger.ts`. */
  readonly bytes: Uint8Array;
  /** Name of the hash over the bytes. */
  readonly alg: 'sha256';
  /** Lower-case hex. */
  readonly hash: string;
  /** Folded state after this commit, as JSON text; a convenience outside the hash. */
  readonly state: string;
  /** Of the code that folded `state`; another fingerprint means folding again from the events. */
  readonly fingerprint: string;
  /** ISO instant at which the commit was written; also stands in `bytes`. Decides the feed's day (Asia/Shanghai). */
  readonly recordedAt: string;
}

/** What makes an effect exactly-once: a key that can be put only once, beside the effect. */
export interface Receipt {
  readonly key: string;
  /** JSON; what it means is the kernel's affair. At most 64 KB. */
  readonly body: Json;
}

/** That stream must have no newer version than this (0: no commit at all) when the append happens. */
export interface Guard {
  readonly stream: string;
  readonly version: number;
}

/** One atomic write: all of it or nothing. At least a commit or a receipt; no receipt's key twice. */
export interface Append {
  readonly commit?: CommitRecord;
  readonly receipts: readonly Receipt[];
  readonly guards: readonly Guard[];
}

/**
 * `receipt`: one of the receipts is there already (told first, whatever else failed).
 * `version`: the commit's version is taken, or its predecessor is missing. `guard`: a guarded stream has moved on.
 * Told in this order; `at` is the first receipt's key or the stream that stood against it. Guards look at what was there before the write.
 */
export type AppendOutcome = { readonly ok: true } | { readonly ok: false; readonly conflict: 'receipt' | 'version' | 'guard'; readonly at: string };

/** A place in the feed, opaque to the caller, durable, comparable only by the store that gave it. */
export type FeedPosition = string;

export interface FeedPage {
  readonly records: readonly CommitRecord[];
  /** After the last record of this page; equal to the position asked for when nothing came. */
  readonly position: FeedPosition;
  /** No more records at the moment. */
  readonly end: boolean;
}

/** Append-only. There is no update and no delete. */
export interface LedgerStore {
  /** The newest commit of a stream: one consistent read. */
  head(stream: string): Promise<CommitRecord | undefined>;
  /** Commits of a stream in order of version, from `after` (exclusive, default 0), at most `limit` (from 1, default 1,000). */
  read(stream: string, options?: { after?: number; limit?: number }): Promise<readonly CommitRecord[]>;
  /** One atomic write. Throws {@link LimitExceeded} before anything is written, {@link Throttled} when the store asks to come back later. */
  append(write: Append): Promise<AppendOutcome>;
  /** Consistent read of one receipt. */
  receipt(key: string): Promise<Receipt | undefined>;
  /**
   * Receipts whose key begins with `prefix`, in order of key (bytes of its UTF-8), all pages. The prefix ends with its first colon, as
   * that of a reaction's receipts for an event does; a store may refuse any other (TypeError).
   */
  receipts(prefix: string): Promise<readonly Receipt[]>;
  /**
   * Every commit once, in an order in which a stream's versions never go backwards, and without a gap: what is behind a position stays behind it
   * and nothing is added there. `undefined` begins at the first. A store with many writers holds a commit back until none can come before it,
   * and takes none that comes later than that ({@link Throttled}); how it orders different streams may differ from one walk to the next.
   */
  feed(position: FeedPosition | undefined, limit: number): Promise<FeedPage>;
  /** The position before the first commit recorded on that day (Asia/Shanghai, `YYYY-MM-DD`) or later, were it yet to come. */
  feedFrom(day: string): Promise<FeedPosition>;
}

/** What a row is called. `partition` is asked for whole, `sort` gives its order; the three names are its identity. */
export interface RowName {
  /** `<context>/<noun>` */
  readonly listing: string;
  readonly partition: string;
  readonly sort: string;
}

/** One row of a listing. */
export interface ListingRow extends RowName {
  readonly item: { readonly [key: string]: Json };
}

export interface CounterMove {
  /** `<context>/<noun>/<key>` */
  readonly counter: string;
  /** A whole number, also below zero; moves of one counter in one step add up. */
  readonly by: number;
}

/** What one stream looks like in the views, and how far its commits have been counted. */
export interface ProjectionMark {
  /** Version of the last commit projected. */
  readonly version: number;
  /** The rows that the stream has at that version, by name: what must go when the stream moves. */
  readonly rows: readonly RowName[];
}

/** One atomic step of a projection: mark, rows and counters together. */
export interface ProjectionStep {
  readonly stream: string;
  /** Version that the mark must have before the step; 0 where there is none. */
  readonly from: number;
  /** Greater than `from`, so that a step told twice is `moved` the second time. */
  readonly to: number;
  /** All rows the stream has from now on, none twice; rows of the old mark that are not among them are removed. */
  readonly rows: readonly ListingRow[];
  /** A row that stays for good and belongs to no mark, such as the trace's. */
  readonly kept?: ListingRow;
  readonly counters: readonly CounterMove[];
}

export interface RowPage {
  readonly rows: readonly ListingRow[];
  /** `sort` to go on after; absent on the last page, also when that page is full. */
  readonly next?: string;
}

/** What queries read. All of it can be rebuilt from the ledger. */
export interface ViewStore {
  mark(stream: string): Promise<ProjectionMark | undefined>;
  /** `moved`: the mark was not at `from`; nothing was written. Throws {@link LimitExceeded} before anything is written, {@link Throttled}. */
  apply(step: ProjectionStep): Promise<'applied' | 'moved'>;
  row(listing: string, partition: string, sort: string): Promise<ListingRow | undefined>;
  /**
   * Rows of a partition in order of `sort` (bytes of its UTF-8, which is the order of code points), at most `limit` (1 to 1,000).
   * `newestFirst` turns the order round; in the order asked for, `after` (exclusive) comes before the rows and `until` (inclusive) is the last.
   */
  rows(listing: string, partition: string, options: { after?: string; until?: string; limit: number; newestFirst?: boolean }): Promise<RowPage>;
  /** Sum over the counter's shards; 0 for a counter never moved. */
  counter(counter: string): Promise<number>;
  /** Counters whose name begins with `prefix` and that were ever moved, in order of name (bytes of its UTF-8). */
  counters(prefix: string): Promise<readonly { counter: string; value: number }[]>;
  /** Empties every view, for a rebuild. */
  clear(): Promise<void>;
}

/** What goes to PutEvents: the shape of EventBridge, so the local bus and the deployed one are told the same. */
export interface BusEntry {
  /** `jianheng.<context>` */
  readonly source: string;
  /** The event's name. */
  readonly detailType: string;
  /** The CloudEvent as JSON text. */
  readonly detail: string;
  /** ISO instant. */
  readonly time: string;
}

export type BusAnswer = { readonly eventId: string } | { readonly errorCode: string; readonly errorMessage: string };

export interface Bus {
  /** At most 10 entries and 256 KB a call; one answer per entry, in order; some may have failed. Throws {@link Throttled} when all did. */
  put(entries: readonly BusEntry[]): Promise<readonly BusAnswer[]>;
}

/** Seals what is restricted under one data key per scope (a case, a report); destroying the key is erasure. */
export interface KeyRing {
  /**
   * Ciphertext (JWE, compact) bound to `place`: it opens nowhere else. Makes the scope's key when there is none, after `beforeNewKey`, which may throw
   * instead. Throws {@link Erased}.
   */
  seal(scope: string, place: string, plain: Json, beforeNewKey?: () => Promise<void>): Promise<string>;
  /** Throws {@link Erased} when the key is destroyed, {@link SealBroken} when the text was altered or moved, {@link NotPermitted} when this role may not. */
  open(scope: string, place: string, sealed: string): Promise<Json>;
  /** For ever: a destroyed scope never gets a key again. */
  destroy(scope: string): Promise<void>;
  /** Keyed, one-way, stable: 32 lower-case hex characters for a person's number or any other low-entropy text. */
  pseudonym(kind: string, value: string): string;
}

/** Why an address cannot be sent to (地址不可用). */
export type AddressFault = 'not-https' | 'private-address' | 'unknown-host';
/** Why a message got no answer (未得应答). */
export type NetworkFault = AddressFault | 'not-connected' | 'certificate' | 'no-answer';

export interface Outgoing {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Whatever lies outside (外部网络): https to public addresses and nothing else, in bounded time. No redirect is followed, and of the answer's body nothing is kept. */
export interface Network {
  /** Nothing for an address that may be sent to. */
  check(url: string): Promise<AddressFault | undefined>;
  /** `retryAfter`: seconds that the answer asks to wait. Checked again, so that a name may not lead elsewhere by now. Never rejects. */
  post(message: Outgoing): Promise<{ readonly status: number; readonly retryAfter?: number } | { readonly fault: NetworkFault }>;
}

export interface Clock {
  /** Milliseconds since 1970 UTC. */
  now(): number;
}

/** The store, the bus or the key service asks to be called again later. */
export class Throttled extends Error {
  override readonly name = 'Throttled';
}

/** A commit, an event, a state, a receipt or a key is larger than the ledger takes. */
export class LimitExceeded extends Error {
  override readonly name = 'LimitExceeded';
  readonly what: string;
  readonly limit: number;
  readonly actual: number;
  constructor(what: string, limit: number, actual: number) {
    super(`${what}: ${actual} exceeds ${limit}`);
    this.what = what;
    this.limit = limit;
    this.actual = actual;
  }
}

/** The data key of this scope was destroyed. */
export class Erased extends Error {
  override readonly name = 'Erased';
}

/** A sealed text was altered, or stands where it was not sealed for. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

/** The role that asks holds no right to decrypt. */
export class NotPermitted extends Error {
  override readonly name = 'NotPermitted';
}
