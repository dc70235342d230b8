import type { DatabaseSync } from 'node:sqlite';
import type { ListingRow, ProjectionMark, ProjectionStep, RowName, RowPage, ViewStore } from '../../../functions/kernel/ports.ts';
import { checkPage, checkStep, LARGEST_ROW_PAGE, sameRow } from '../../../functions/kernel/store-limits.ts';
import type { LocalDatabase } from './open-database.ts';

/** SQLite orders every text below every blob: the end of a listing that no `sort` can pass. */
const BEYOND_ALL = new Uint8Array(0);

/** The views 视图 in the ledger's SQLite file. */
export class SqliteViewStore implements ViewStore {
  readonly #database: LocalDatabase;
  readonly #statements: ReturnType<typeof statements>;

  constructor(database: LocalDatabase) {
    this.#database = database;
    this.#statements = statements(database.sql);
  }

  async mark(stream: string): Promise<ProjectionMark | undefined> {
    return this.#mark(stream);
  }

  async apply(step: ProjectionStep): Promise<'applied' | 'moved'> {
    const { items, kept, moves } = checkStep(step);
    const { stream, from, to } = step;
    const rows = step.rows.map(({ listing, partition, sort }) => ({ listing, partition, sort }));
    return this.#database.group.follow(() => {
      const mark = this.#mark(stream);
      if ((mark?.version ?? 0) !== from) return 'moved';
      this.#write(stream, to, rows, items, mark?.rows ?? []);
      for (const { row, item } of kept) this.#statements.put.run(row.listing, row.partition, row.sort, item);
      for (const [counter, by] of moves) this.#statements.move.run(counter, by);
      return 'applied';
    });
  }

  async row(listing: string, partition: string, sort: string): Promise<ListingRow | undefined> {
    const found = this.#statements.row.get(listing, partition, sort);
    return found && { listing, partition, sort, item: JSON.parse(found.item as string) };
  }

  async rows(
    listing: string,
    partition: string,
    { after, until, limit, newestFirst = false }: { after?: string; until?: string; limit: number; newestFirst?: boolean },
  ): Promise<RowPage> {
    checkPage(limit, LARGEST_ROW_PAGE);
    // One more than asked for tells whether this is the last page.
    const found = newestFirst
      ? this.#statements.downwards.all(listing, partition, after ?? BEYOND_ALL, until ?? '', limit + 1)
      : this.#statements.upwards.all(listing, partition, after ?? '', until ?? BEYOND_ALL, limit + 1);
    const rows = found.slice(0, limit).map(({ sort, item }) => ({ listing, partition, sort: sort as string, item: JSON.parse(item as string) }));
    const last = rows.at(-1);
    return found.length > limit && last ? { rows, next: last.sort } : { rows };
  }

  async counter(counter: string): Promise<number> {
    return (this.#statements.counter.get(counter)?.value as number | undefined) ?? 0;
  }

  async counters(prefix: string): Promise<readonly { counter: string; value: number }[]> {
    const found: { counter: string; value: number }[] = [];
    for (const { counter, value } of this.#statements.counters.iterate(prefix)) {
      if (!(counter as string).startsWith(prefix)) break;
      found.push({ counter: counter as string, value: value as number });
    }
    return found;
  }

  async clear(): Promise<void> {
    return this.#database.group.follow(() => this.#database.sql.exec('DELETE FROM marks; DELETE FROM rows; DELETE FROM counters'));
  }

  #mark(stream: string): ProjectionMark | undefined {
    const found = this.#statements.mark.get(stream);
    return found && { version: found.version as number, rows: JSON.parse(found.rows as string) };
  }

  #write(stream: string, to: number, rows: readonly RowName[], items: readonly string[], before: readonly RowName[]): void {
    for (const old of before) {
      if (!rows.some((row) => sameRow(row, old))) this.#statements.remove.run(old.listing, old.partition, old.sort);
    }
    rows.forEach(({ listing, partition, sort }, at) => {
      this.#statements.put.run(listing, partition, sort, items[at] as string);
    });
    this.#statements.putMark.run(stream, to, JSON.stringify(rows));
  }
}

function statements(sql: DatabaseSync) {
  const page = 'SELECT sort, item FROM rows WHERE listing = ? AND partition = ?';
  return {
    mark: sql.prepare('SELECT version, rows FROM marks WHERE stream = ?'),
    putMark: sql.prepare('INSERT OR REPLACE INTO marks (stream, version, rows) VALUES (?, ?, ?)'),
    row: sql.prepare('SELECT item FROM rows WHERE listing = ? AND partition = ? AND sort = ?'),
    upwards: sql.prepare(`${page} AND sort > ? AND sort <= ? ORDER BY sort LIMIT ?`),
    downwards: sql.prepare(`${page} AND sort < ? AND sort >= ? ORDER BY sort DESC LIMIT ?`),
    put: sql.prepare('INSERT OR REPLACE INTO rows (listing, partition, sort, item) VALUES (?, ?, ?, ?)'),
    remove: sql.prepare('DELETE FROM rows WHERE listing = ? AND partition = ? AND sort = ?'),
    counter: sql.prepare('SELECT value FROM counters WHERE counter = ?'),
    counters: sql.prepare('SELECT counter, value FROM counters WHERE counter >= ? ORDER BY counter'),
    move: sql.prepare('INSERT INTO counters (counter, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = value + excluded.value'),
  };
}
