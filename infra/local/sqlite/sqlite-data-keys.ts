import type { StatementSync } from 'node:sqlite';
import type { DataKeyStore } from '../../../functions/kernel/seal.ts';
import type { LocalDatabase } from './open-database.ts';

/** Data keys in the ledger's SQLite file; a tombstone is an entry without a key. */
export class SqliteDataKeyStore implements DataKeyStore {
  readonly #database: LocalDatabase;
  readonly #get: StatementSync;
  readonly #put: StatementSync;
  readonly #destroy: StatementSync;

  constructor(database: LocalDatabase) {
    this.#database = database;
    this.#get = database.sql.prepare('SELECT wrapped FROM data_keys WHERE scope = ?');
    this.#put = database.sql.prepare('INSERT INTO data_keys (scope, wrapped) VALUES (?, ?) ON CONFLICT DO NOTHING');
    this.#destroy = database.sql.prepare('INSERT INTO data_keys (scope, wrapped) VALUES (?, NULL) ON CONFLICT DO UPDATE SET wrapped = NULL');
  }

  async get(scope: string): Promise<{ wrapped: string } | 'destroyed' | undefined> {
    const found = this.#get.get(scope);
    if (!found) return undefined;
    return found.wrapped === null ? 'destroyed' : { wrapped: found.wrapped as string };
  }

  async putIfAbsent(scope: string, wrapped: string): Promise<void> {
    // What is sealed under it is committed after it, in the same log.
    await this.#database.group.follow(() => this.#put.run(scope, wrapped));
  }

  async destroy(scope: string): Promise<void> {
    await this.#database.group.run(() => this.#destroy.run(scope));
    // secure_delete zeroes the key in the file; its copy in the write-ahead log goes only with the log.
    this.#database.sql.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }
}
