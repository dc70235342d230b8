/** "JHNG": says that a SQLite file is ours. */
export const APPLICATION_ID = 0x4a484e47;

/**
 * Each script takes the file from the version before (`user_version`) to its own place in this list, counted from 1; none is ever changed.
 * The triggers hold the ledger to what its port promises, whoever writes.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE commits (
    place INTEGER PRIMARY KEY AUTOINCREMENT,
    stream TEXT NOT NULL,
    version INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    alg TEXT NOT NULL,
    hash TEXT NOT NULL,
    state TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    UNIQUE (stream, version)
  ) STRICT;
  CREATE TABLE days (day TEXT PRIMARY KEY, place INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE receipts (key TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TRIGGER commits_stay BEFORE UPDATE ON commits BEGIN SELECT raise(ABORT, 'the ledger only grows'); END;
  CREATE TRIGGER commits_remain BEFORE DELETE ON commits BEGIN SELECT raise(ABORT, 'the ledger only grows'); END;
  CREATE TRIGGER receipts_stay BEFORE UPDATE ON receipts BEGIN SELECT raise(ABORT, 'the ledger only grows'); END;
  CREATE TRIGGER receipts_remain BEFORE DELETE ON receipts BEGIN SELECT raise(ABORT, 'the ledger only grows'); END;

  CREATE TABLE marks (stream TEXT PRIMARY KEY, version INTEGER NOT NULL, rows TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE rows (
    listing TEXT NOT NULL,
    partition TEXT NOT NULL,
    sort TEXT NOT NULL,
    item TEXT NOT NULL,
    PRIMARY KEY (listing, partition, sort)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE counters (counter TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE positions (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE data_keys (id INTEGER PRIMARY KEY, scope TEXT NOT NULL UNIQUE, wrapped TEXT) STRICT;
  `,
  `
  CREATE TABLE messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    queue TEXT NOT NULL,
    body TEXT NOT NULL,
    sent_at INTEGER NOT NULL,
    receives INTEGER NOT NULL,
    visible_at INTEGER NOT NULL
  ) STRICT;
  `,
];
