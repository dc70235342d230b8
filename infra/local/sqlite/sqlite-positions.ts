import type { StatementSync } from 'node:sqlite';
import type { LocalDatabase } from './open-database.ts';

/** Small values that a host must not lose, by name: how far a stream was read, when a schedule last ran. */
export class SqlitePositions {
  readonly #database: LocalDatabase;
  readonly #get: StatementSync;
  readonly #put: StatementSync;

  constructor(database: LocalDatabase) {
    this.#database = database;
    this.#get = database.sql.prepare('SELECT value FROM positions WHERE name = ?');
    this.#put = database.sql.prepare('INSERT OR REPLACE INTO positions (name, value) VALUES (?, ?)');
  }

  get(name: string): string | undefined {
    return this.#get.get(name)?.value as string | undefined;
  }

  /** Resolves when the value outlives this process; a power failure may take it back, together with everything written after it. */
  async set(name: string, value: string): Promise<void> {
    await this.#database.group.follow(() => this.#put.run(name, value));
  }
}
