import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { CannotOpen, cannotOpen, openDatabase } from '../../../../infra/local/sqlite/open-database.ts';
import { MIGRATIONS } from '../../../../infra/local/sqlite/schema.ts';
import { SqliteLedgerStore } from '../../../../infra/local/sqlite/sqlite-ledger-store.ts';
import { SqlitePositions } from '../../../../infra/local/sqlite/sqlite-positions.ts';
import { SqliteViewStore } from '../../../../infra/local/sqlite/sqlite-view-store.ts';
import { commit, grow, names, receipt, row, step, tail, write } from '../../../contract/samples.ts';
import { temporaryDatabase, temporaryFile } from './temporary-database.ts';

/** What opening throws; it is one line, names the file and says what to do. */
function refusal(file: string): string {
  try {
    openDatabase(file).close();
  } catch (cause) {
    expect(cause).toBeInstanceOf(CannotOpen);
    const { message } = cause as CannotOpen;
    expect(message.startsWith(file)).toBe(true);
    expect(message).toMatch(/: [^\n]+\.$/);
    return message;
  }
  throw new Error('it opened');
}

function pragma(sql: DatabaseSync, name: string): unknown {
  return Object.values(sql.prepare(`PRAGMA ${name}`).get() ?? {})[0];
}

/** A file that was opened, filled and closed. */
async function filled(): Promise<string> {
  const file = temporaryFile();
  const database = temporaryDatabase(file);
  await grow(new SqliteLedgerStore(database), 'a', 100);
  database.close();
  return file;
}

describe('open', () => {
  test('makes folder and file, and every commit waits for the disk', () => {
    const file = temporaryFile();
    const { sql } = temporaryDatabase(file);
    expect(existsSync(file)).toBe(true);
    const settings = ['journal_mode', 'synchronous', 'locking_mode', 'secure_delete', 'wal_autocheckpoint', 'user_version'];
    expect(settings.map((name) => pragma(sql, name))).toEqual(['wal', 2, 'exclusive', 1, 8000, MIGRATIONS.length]);
  });

  test('a file opened again shows everything', async () => {
    const file = temporaryFile();
    const first = temporaryDatabase(file);
    const store = new SqliteLedgerStore(first);
    await grow(store, 'a', 3);
    await store.append(write({ commit: commit('b'), receipts: [receipt('r', { of: '鉴衡' })] }));
    await new SqliteViewStore(first).apply(step('a', { rows: [row('x')], counters: [{ counter: 'c', by: 7 }] }));
    await new SqlitePositions(first).set('publish', '4');
    const middle = (await store.feed(undefined, 2)).position;
    first.close();

    const again = temporaryDatabase(file);
    const reopened = new SqliteLedgerStore(again);
    expect(names((await tail(reopened, 4)).records)).toEqual(['a@1', 'a@2', 'a@3', 'b@1']);
    expect(names((await tail(reopened, 2, { from: middle })).records)).toEqual(['a@3', 'b@1']);
    expect(await reopened.receipts('')).toEqual([receipt('r', { of: '鉴衡' })]);
    const views = new SqliteViewStore(again);
    expect([await views.row('interference/record', 'open', 'x'), await views.counter('c'), (await views.mark('a'))?.version]).toEqual([row('x'), 7, 1]);
    expect(new SqlitePositions(again).get('publish')).toBe('4');
    expect(await reopened.append(write({ commit: commit('a', 4) }))).toEqual({ ok: true });
    expect(names((await tail(reopened, 5)).records).at(-1)).toBe('a@4');
  });

  test('closing first commits what was asked for, and afterwards writes are refused', async () => {
    const file = temporaryFile();
    const database = temporaryDatabase(file);
    const store = new SqliteLedgerStore(database);
    const answer = store.append(write({ commit: commit('a') }));
    database.close();
    expect(await answer).toEqual({ ok: true });
    await expect(store.append(write({ commit: commit('a', 2) }))).rejects.toThrow('closed');
    expect((await new SqliteLedgerStore(temporaryDatabase(file)).head('a'))?.version).toBe(1);
  });

  test.each(['UPDATE commits SET state = 1', 'DELETE FROM commits', "UPDATE receipts SET body = 'x'", 'DELETE FROM receipts'])(
    'the file itself refuses: %s',
    async (statement) => {
      const database = temporaryDatabase();
      await new SqliteLedgerStore(database).append(write({ commit: commit('a'), receipts: [receipt('r')] }));
      expect(() => database.sql.exec(statement)).toThrow('the ledger only grows');
    },
  );
});

describe('refusals in one line', () => {
  test('a second host on the file, in this process or another', () => {
    const file = temporaryFile();
    temporaryDatabase(file);
    expect(refusal(file)).toContain('in use by another host: stop that one');
    const script = `import { openDatabase } from ${JSON.stringify(new URL('../../../../infra/local/sqlite/open-database.ts', import.meta.url).href)};
      try { openDatabase(${JSON.stringify(file)}); console.log('opened'); } catch (cause) { console.log(cause.message); }`;
    expect(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })).toContain('in use by another host');
  });

  test('a file that is no database', () => {
    const file = temporaryFile();
    mkdirSync(dirname(file));
    writeFileSync(file, 'made up '.repeat(1000));
    expect(refusal(file)).toContain('damaged');
    expect(readFileSync(file, 'utf8')).toBe('made up '.repeat(1000));
  });

  test('a file that was cut short', async () => {
    const file = await filled();
    truncateSync(file, 8192);
    expect(refusal(file)).toContain('damaged');
  });

  test('a file of a newer version is left as it is', async () => {
    const file = await filled();
    const later = new DatabaseSync(file);
    later.exec(`PRAGMA user_version = ${MIGRATIONS.length + 1}`);
    later.close();
    expect(refusal(file)).toContain(`newer version (schema ${MIGRATIONS.length + 1}, this one knows ${MIGRATIONS.length}): start that version`);
    const after = new DatabaseSync(file);
    expect([pragma(after, 'user_version'), after.prepare('SELECT count(*) AS n FROM commits').get()?.n]).toEqual([MIGRATIONS.length + 1, 100]);
    after.close();
  });

  test.each(['CREATE TABLE theirs (a)', 'PRAGMA application_id = 7', 'PRAGMA user_version = 1'])(
    'a database of another program (%s) is left as it is',
    (made) => {
      const file = temporaryFile();
      mkdirSync(dirname(file));
      const theirs = new DatabaseSync(file);
      theirs.exec(made);
      theirs.close();
      expect(refusal(file)).toContain('another program');
      const after = new DatabaseSync(file);
      expect(pragma(after, 'journal_mode')).toBe('delete');
      after.close();
      expect(readdirSync(dirname(file))).toHaveLength(1);
    },
  );

  test('a place where no file can be', () => {
    const file = temporaryFile();
    mkdirSync(dirname(file));
    writeFileSync(file, '');
    expect(refusal(`${file}/jianheng.sqlite`)).toContain('cannot be written');
    expect(refusal(dirname(file))).toContain('cannot be written');
  });

  test.each([
    [{ errcode: 8 }, 'cannot be written'],
    [{ errcode: 8 | (4 << 8) }, 'cannot be written'],
    [{ code: 'EACCES' }, 'cannot be written'],
    [{ code: 'EROFS' }, 'cannot be written'],
    [{ errcode: 13, code: 'ERR_SQLITE_ERROR' }, 'disk full'],
    [{ errcode: 11 | (1 << 8), code: 'ERR_SQLITE_ERROR' }, 'damaged'],
    [{ errcode: 1, code: 'ERR_SQLITE_ERROR', message: 'made up' }, '(made up)'],
  ])('%o tells what to do', (cause, expected) => {
    expect(cannotOpen('ledger.sqlite', cause).message).toContain(expected);
  });
});
