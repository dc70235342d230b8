import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type LocalDatabase, openDatabase } from '../../../../infra/local/sqlite/open-database.ts';

/** A file's place in a folder that goes when the test is over. */
export function temporaryFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'jianheng-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'data', 'jianheng.sqlite');
}

/** Opens a file until the test is over; closing it before is allowed. */
export function temporaryDatabase(file = temporaryFile()): LocalDatabase {
  const database = openDatabase(file);
  onTestFinished(() => {
    if (database.sql.isOpen) database.close();
  });
  return database;
}
