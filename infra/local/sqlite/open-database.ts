import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { GroupCommit } from './group-commit.ts';
import { APPLICATION_ID, MIGRATIONS } from './schema.ts';

/** The one file of a local host, held by this process alone until it is closed or dies. */
export interface LocalDatabase {
  readonly sql: DatabaseSync;
  /** What every store of the file writes through. */
  readonly group: GroupCommit;
  /** Commits what waits, and lets go of the file. */
  close(): void;
}

/** The file cannot be used; the message says in one line what to do. */
export class CannotOpen extends Error {
  override readonly name = 'CannotOpen';
}

/**
 * Opens the file, makes it (and its folder) where it is absent, and brings it to this version's schema. Throws {@link CannotOpen}.
 * The lock is SQLite's own: it goes when the process does, however that ends.
 */
export function openDatabase(file: string): LocalDatabase {
  let sql: DatabaseSync | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true });
    sql = new DatabaseSync(file, { timeout: LOCK_WAIT });
    // Before anything else is read, so that the lock is taken with the first look and WAL needs no shared memory.
    sql.exec('PRAGMA locking_mode = EXCLUSIVE');
    const known = version(sql, file);
    sql.exec(SETTINGS);
    migrate(sql, known);
  } catch (cause) {
    sql?.close();
    throw cause instanceof CannotOpen ? cause : cannotOpen(file, cause);
  }
  const opened = sql;
  const group = new GroupCommit(opened);
  return {
    sql: opened,
    group,
    close: () => {
      group.end();
      opened.close();
    },
  };
}

/** What a failure on opening means for who started the host. */
export function cannotOpen(file: string, cause: unknown): CannotOpen {
  const { errcode, code, message } = cause as { errcode?: number; code?: string; message?: string };
  // The low byte is the primary result code; extended codes only refine it.
  const advice = ADVICE.get(errcode === undefined ? code : errcode & 0xff) ?? `cannot be opened (${message}): choose another place`;
  return new CannotOpen(`${file} ${advice}.`, { cause });
}

/** Milliseconds: a host that is just ending may let go meanwhile. */
const LOCK_WAIT = 500;

/** A checkpoint on opening, so that what a crash left in the log (a destroyed key's bytes too) is folded in. */
const SETTINGS = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA fullfsync = ON;
  PRAGMA wal_autocheckpoint = 8000;
  PRAGMA secure_delete = ON;
  PRAGMA cache_size = -65536;
  PRAGMA wal_checkpoint(TRUNCATE);
`;

const IN_USE = 'is in use by another host: stop that one, or give this one another file';
const NOT_WRITABLE = 'cannot be written: give this user the right to write there, or choose another place';
const DAMAGED = 'is damaged or no SQLite file: put a backup in its place, or move it and its -wal away to begin with an empty ledger';

/** By SQLite's primary result code, or by the system's error code. */
const ADVICE: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  [5, IN_USE],
  [6, IN_USE],
  [8, NOT_WRITABLE],
  [11, DAMAGED],
  [13, 'finds the disk full: make room'],
  [14, NOT_WRITABLE],
  [26, DAMAGED],
  ...['EACCES', 'EEXIST', 'ENOTDIR', 'EPERM', 'EROFS'].map((code): [string, string] => [code, NOT_WRITABLE]),
]);

/** Schema version of the file; 0 for one that is empty. */
function version(sql: DatabaseSync, file: string): number {
  const number = (query: string) => Object.values(sql.prepare(query).get() ?? {})[0] as number;
  const known = number('PRAGMA user_version');
  const application = number('PRAGMA application_id');
  if (application !== APPLICATION_ID && (application !== 0 || known !== 0 || number('SELECT count(*) FROM sqlite_schema') > 0)) {
    throw new CannotOpen(`${file} belongs to another program: choose another file.`);
  }
  if (known > MIGRATIONS.length) {
    throw new CannotOpen(`${file} was written by a newer version (schema ${known}, this one knows ${MIGRATIONS.length}): start that version.`);
  }
  return known;
}

function migrate(sql: DatabaseSync, known: number): void {
  if (known === MIGRATIONS.length) return;
  sql.exec(`BEGIN IMMEDIATE;
    ${MIGRATIONS.slice(known).join('')}
    PRAGMA application_id = ${APPLICATION_ID};
    PRAGMA user_version = ${MIGRATIONS.length};
    COMMIT`);
}
