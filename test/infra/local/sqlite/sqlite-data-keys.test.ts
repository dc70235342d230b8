import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { SqliteDataKeyStore } from '../../../../infra/local/sqlite/sqlite-data-keys.ts';
import { temporaryDatabase, temporaryFile } from './temporary-database.ts';

test('the bytes of a destroyed key are in no file any more, those of the others are', async () => {
  const file = temporaryFile();
  const store = new SqliteDataKeyStore(temporaryDatabase(file));
  const scopes = Array.from({ length: 400 }, (_, at) => `case-${(at * 7919) % 400}`);
  const key = (scope: string) => `wrapped<${scope}>${'k'.repeat(150)}`;
  await Promise.all(scopes.slice(0, 200).map((scope) => store.putIfAbsent(scope, key(scope))));
  for (const scope of scopes.slice(200)) await store.putIfAbsent(scope, key(scope));
  const onDisk = () =>
    readdirSync(dirname(file))
      .map((name) => readFileSync(join(dirname(file), name), 'latin1'))
      .join('');
  const [gone, left] = [scopes.filter((_, at) => at % 3 === 0), scopes.filter((_, at) => at % 3 > 0)];
  expect(onDisk()).toContain(`wrapped<${gone[0]}>`);
  await Promise.all(gone.map((scope) => store.destroy(scope)));
  const bytes = onDisk();
  expect(gone.filter((scope) => bytes.includes(`wrapped<${scope}>`))).toEqual([]);
  expect(left.filter((scope) => !bytes.includes(`wrapped<${scope}>`))).toEqual([]);
});

test('a kill between a destruction and the end of the log leaves the bytes only until the next opening', async () => {
  const file = temporaryFile();
  const database = temporaryDatabase(file);
  await new SqliteDataKeyStore(database).putIfAbsent('case-1', 'wrapped<case-1>');
  database.sql.exec('UPDATE data_keys SET wrapped = NULL');
  const killed = temporaryFile();
  cpSync(dirname(file), dirname(killed), { recursive: true });
  const onDisk = () => readdirSync(dirname(killed)).some((name) => readFileSync(join(dirname(killed), name), 'latin1').includes('wrapped<case-1>'));
  expect(onDisk()).toBe(true);
  const reopened = new SqliteDataKeyStore(temporaryDatabase(killed));
  expect(onDisk()).toBe(false);
  expect(await reopened.get('case-1')).toBe('destroyed');
});
