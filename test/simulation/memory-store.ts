import { feedDay } from '../../functions/kernel/feed-day.ts';
import type {
  Append,
  AppendOutcome,
  CommitRecord,
  FeedPage,
  FeedPosition,
  LedgerStore,
  ListingRow,
  ProjectionMark,
  ProjectionStep,
  Receipt,
  RowName,
  RowPage,
  ViewStore,
} from '../../functions/kernel/ports.ts';
import { checkAppend, checkPage, checkStep, LARGEST_ROW_PAGE, sameRow } from '../../functions/kernel/store-limits.ts';
import { compareNames, SortedKeys } from './sorted-keys.ts';

/** The ledger 账本 in memory. Every call is done before it returns; the promise only carries the answer. */
export class MemoryLedgerStore implements LedgerStore {
  readonly #log: CommitRecord[] = [];
  readonly #streams = new Map<string, CommitRecord[]>();
  readonly #receipts = new Map<string, string>();
  readonly #receiptKeys = new SortedKeys();
  /** Place in the log of each day's first commit. */
  readonly #days = new Map<string, number>();

  async head(stream: string): Promise<CommitRecord | undefined> {
    const newest = this.#streams.get(stream)?.at(-1);
    return newest && copy(newest);
  }

  async read(stream: string, { after = 0, limit = 1000 }: { after?: number; limit?: number } = {}): Promise<readonly CommitRecord[]> {
    checkPage(limit);
    return (this.#streams.get(stream) ?? []).slice(Math.max(after, 0), Math.max(after, 0) + limit).map(copy);
  }

  async append(write: Append): Promise<AppendOutcome> {
    const bodies = checkAppend(write);
    const day = write.commit && feedDay(write.commit.recordedAt);
    const conflict = this.#conflict(write);
    if (conflict) return conflict;
    write.receipts.forEach(({ key }, at) => {
      this.#receipts.set(key, bodies[at] as string);
      this.#receiptKeys.add(key);
    });
    if (write.commit && day) this.#put(copy(write.commit), day);
    return { ok: true };
  }

  async receipt(key: string): Promise<Receipt | undefined> {
    const body = this.#receipts.get(key);
    return body === undefined ? undefined : { key, body: JSON.parse(body) };
  }

  async receipts(prefix: string): Promise<readonly Receipt[]> {
    return this.#receiptsUnder(prefix);
  }

  async feed(position: FeedPosition | undefined, limit: number): Promise<FeedPage> {
    const after = Number(position ?? 0);
    const records = this.stream(after, checkPage(limit));
    const reached = after + records.length;
    return { records, position: String(reached), end: reached >= this.#log.length };
  }

  async feedFrom(day: string): Promise<FeedPosition> {
    let first = this.#log.length;
    for (const [known, place] of this.#days) if (known >= day) first = Math.min(first, place);
    return String(first);
  }

  /** Commits in the order in which they were written, after the first `after` of them: the change stream 变更流. */
  stream(after: number, limit: number): CommitRecord[] {
    return this.#log.slice(after, after + limit).map(copy);
  }

  /** Names of all streams, in order. */
  streams(): string[] {
    return [...this.#streams.keys()].sort(compareNames);
  }

  /** In order of key. */
  allReceipts(): Receipt[] {
    return this.#receiptsUnder('');
  }

  #receiptsUnder(prefix: string): Receipt[] {
    return Array.from(this.#receiptKeys.beginningWith(prefix), (key) => ({ key, body: JSON.parse(this.#receipts.get(key) as string) }));
  }

  #conflict({ commit, receipts, guards }: Append): AppendOutcome | undefined {
    for (const { key } of receipts) if (this.#receipts.has(key)) return { ok: false, conflict: 'receipt', at: key };
    if (commit && commit.version !== this.#version(commit.stream) + 1) return { ok: false, conflict: 'version', at: commit.stream };
    for (const { stream, version } of guards) if (this.#version(stream) > version) return { ok: false, conflict: 'guard', at: stream };
    return undefined;
  }

  #version(stream: string): number {
    return this.#streams.get(stream)?.length ?? 0;
  }

  #put(commit: CommitRecord, day: string): void {
    if (!this.#days.has(day)) this.#days.set(day, this.#log.length);
    this.#log.push(commit);
    const commits = this.#streams.get(commit.stream);
    if (commits) commits.push(commit);
    else this.#streams.set(commit.stream, [commit]);
  }
}

interface Partition {
  /** Item's JSON text by sort. */
  readonly items: Map<string, string>;
  readonly sorts: SortedKeys;
}

/** The views 视图 in memory. Every call is done before it returns; the promise only carries the answer. */
export class MemoryViewStore implements ViewStore {
  readonly #marks = new Map<string, ProjectionMark>();
  readonly #listings = new Map<string, Map<string, Partition>>();
  readonly #counters = new Map<string, number>();
  #counterNames = new SortedKeys();

  async mark(stream: string): Promise<ProjectionMark | undefined> {
    const mark = this.#marks.get(stream);
    return mark && { version: mark.version, rows: mark.rows.map((row) => ({ ...row })) };
  }

  async apply(step: ProjectionStep): Promise<'applied' | 'moved'> {
    const { items, kept, moves } = checkStep(step);
    const mark = this.#marks.get(step.stream);
    if ((mark?.version ?? 0) !== step.from) return 'moved';
    const rows = step.rows.map(({ listing, partition, sort }) => ({ listing, partition, sort }));
    for (const old of mark?.rows ?? []) if (!rows.some((row) => sameRow(row, old))) this.#remove(old);
    rows.forEach((row, at) => {
      this.#put(row, items[at] as string);
    });
    for (const { row, item } of kept) this.#put(row, item);
    this.#marks.set(step.stream, { version: step.to, rows });
    for (const [counter, by] of moves) {
      const value = this.#counters.get(counter);
      if (value === undefined) this.#counterNames.add(counter);
      this.#counters.set(counter, (value ?? 0) + by);
    }
    return 'applied';
  }

  async row(listing: string, partition: string, sort: string): Promise<ListingRow | undefined> {
    const item = this.#listings.get(listing)?.get(partition)?.items.get(sort);
    return item === undefined ? undefined : { listing, partition, sort, item: JSON.parse(item) };
  }

  async rows(
    listing: string,
    partition: string,
    { after, until, limit, newestFirst = false }: { after?: string; until?: string; limit: number; newestFirst?: boolean },
  ): Promise<RowPage> {
    checkPage(limit, LARGEST_ROW_PAGE);
    const found = this.#listings.get(listing)?.get(partition);
    const rows: ListingRow[] = [];
    if (!found) return { rows };
    for (const sort of newestFirst ? found.sorts.downFrom(after) : found.sorts.upFrom(after ?? '')) {
      if (sort === after) continue;
      const beyond = until === undefined ? 0 : compareNames(sort, until);
      if (newestFirst ? beyond < 0 : beyond > 0) break;
      const last = rows.at(-1);
      if (last && rows.length === limit) return { rows, next: last.sort };
      rows.push({ listing, partition, sort, item: JSON.parse(found.items.get(sort) as string) });
    }
    return { rows };
  }

  async counter(counter: string): Promise<number> {
    return this.#counters.get(counter) ?? 0;
  }

  async counters(prefix: string): Promise<readonly { counter: string; value: number }[]> {
    return Array.from(this.#counterNames.beginningWith(prefix), (counter) => ({ counter, value: this.#counters.get(counter) as number }));
  }

  async clear(): Promise<void> {
    for (const all of [this.#marks, this.#listings, this.#counters]) all.clear();
    this.#counterNames = new SortedKeys();
  }

  /** In order of listing, partition, sort. */
  allRows(): ListingRow[] {
    return inOrder(this.#listings).flatMap(([listing, partitions]) =>
      inOrder(partitions).flatMap(([partition, { items }]) => inOrder(items).map(([sort, item]) => ({ listing, partition, sort, item: JSON.parse(item) }))),
    );
  }

  /** In order of name. */
  allCounters(): { counter: string; value: number }[] {
    return inOrder(this.#counters).map(([counter, value]) => ({ counter, value }));
  }

  #put({ listing, partition, sort }: RowName, item: string): void {
    const partitions = entry(this.#listings, listing, () => new Map<string, Partition>());
    const { items, sorts } = entry(partitions, partition, () => ({ items: new Map(), sorts: new SortedKeys() }));
    if (!items.has(sort)) sorts.add(sort);
    items.set(sort, item);
  }

  #remove({ listing, partition, sort }: RowName): void {
    const partitions = this.#listings.get(listing);
    const found = partitions?.get(partition);
    if (!found?.items.delete(sort)) return;
    if (found.items.size === 0) partitions?.delete(partition);
    else found.sorts.delete(sort);
  }
}

function copy(record: CommitRecord): CommitRecord {
  return { ...record, bytes: new Uint8Array(record.bytes) };
}

function entry<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function inOrder<Value>(map: ReadonlyMap<string, Value>): [string, Value][] {
  return [...map].sort(([a], [b]) => compareNames(a, b));
}
