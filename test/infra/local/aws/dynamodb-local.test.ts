import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { DynamoDBClient, GetItemCommand, ListTablesCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, expect, test } from 'vitest';
import { SECRETS } from '../../../../functions/kernel/aws/key-ring.ts';
import { DynamoDataKeyStore } from '../../../../functions/kernel/dynamodb/data-key-store.ts';
import { TABLES } from '../../../../functions/kernel/dynamodb/tables.ts';
import { type Account, newAccessKeyId, reaching } from '../../../../infra/local/aws/account.ts';
import { type DynamoDbLocal, makeTables, startDynamoDbLocal } from '../../../../infra/local/aws/dynamodb-local.ts';
import { localKeyService } from '../../../../infra/local/aws/local-key-service.ts';
import { makeSecrets } from '../../../../infra/local/aws/secrets.ts';
import { tableStream } from '../../../../infra/local/aws/table-stream.ts';
import { creationOf } from '../../../support/dynamodb-local.ts';
import { withDynamoDb } from '../../../support/with-dynamodb.ts';

const tables = Object.values(TABLES).map((table) => ({ name: table.name, creation: creationOf(table) }));
const newAccount = (): Account => ({ accessKeyId: newAccessKeyId(), region: 'cn-north-1' });

function clientsOf(server: DynamoDbLocal, account: Account) {
  const database = new DynamoDBClient(reaching(server.endpoint, account));
  const streams = new DynamoDBStreamsClient(reaching(server.endpoint, account));
  return {
    database,
    put: (sk: string, bytes = 1) =>
      database.send(new PutItemCommand({ TableName: 'ledger', Item: { pk: { S: 'made' }, sk: { S: sk }, bytes: { B: new Uint8Array(bytes) } } })),
    has: async (sk: string) =>
      (await database.send(new GetItemCommand({ TableName: 'ledger', Key: { pk: { S: 'made' }, sk: { S: sk } }, ConsistentRead: true }))).Item !== undefined,
    async read(from: string | undefined, limit = 1000) {
      const source = await tableStream(database, streams, 'ledger');
      const read: string[] = [];
      for (let position = from; ; ) {
        const page = await source.read(position, limit);
        read.push(...page.records.map(({ record }) => (record as { dynamodb: { Keys: { sk: { S: string } } } }).dynamodb.Keys.sk.S));
        position = page.position;
        if (page.end) return { read, position };
      }
    },
  };
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

withDynamoDb('the servers of a local host', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dynamodb-'));
  const shared = startDynamoDbLocal();
  afterAll(async () => {
    await (await shared).stop();
    rmSync(folder, { recursive: true });
  });

  test('hosts with accounts of their own share a server and see nothing of one another, streams included', async () => {
    const server = await shared;
    const account = newAccount();
    const [one, other, elsewhere] = [account, newAccount(), { ...account, region: 'cn-northwest-1' }].map((each) => clientsOf(server, each));
    if (!one || !other || !elsewhere) throw new Error('three were made');
    await makeTables(one.database, tables);
    await one.put('1');
    expect((await elsewhere.database.send(new ListTablesCommand({}))).TableNames).toEqual([]);
    await makeTables(other.database, tables);
    await other.put('2');
    expect([await one.has('2'), await other.has('1')]).toEqual([false, false]);
    expect([(await one.read(undefined)).read, (await other.read(undefined)).read]).toEqual([['1'], ['2']]);
  });

  test('tables that are there stay as they are, and so do secrets', async () => {
    const { database, put, has } = clientsOf(await shared, newAccount());
    const dataKeys = new DynamoDataKeyStore({ client: DynamoDBDocumentClient.from(database), table: 'keys' });
    const secrets = () => Promise.all(Object.values(SECRETS).map((scope) => dataKeys.get(scope)));
    const keyService = localKeyService(new Uint8Array(32).fill(7));
    await makeTables(database, tables);
    await makeSecrets(dataKeys, keyService);
    const before = await secrets();
    await put('1');
    await makeTables(database, tables);
    await makeSecrets(dataKeys, keyService);
    expect(await has('1')).toBe(true);
    expect(await secrets()).toEqual(before);
    const opened = before.map((entry, at) => {
      const purpose = Object.keys(SECRETS)[at] ?? '';
      return keyService.decrypt(Buffer.from((entry as { wrapped: string }).wrapped, 'base64'), { purpose })?.length;
    });
    expect(opened).toEqual([32, 32]);
  });

  test('a stream says that it ends only when everything acknowledged was read, however large its pages', async () => {
    const { database, put, read } = clientsOf(await shared, newAccount());
    await makeTables(database, tables);
    const written = Array.from({ length: 60 }, (_, at) => String(at).padStart(3, '0'));
    await Promise.all(written.map((sk, at) => put(sk, at * 2000)));
    for (const limit of [7, 1000]) expect((await read(undefined, limit)).read.toSorted()).toEqual(written);
  });

  test('what was acknowledged is in its folder after the server was killed, and the stream goes on behind its position', async () => {
    const account = newAccount();
    const first = await startDynamoDbLocal({ folder });
    const before = clientsOf(first, account);
    await makeTables(before.database, tables);
    await before.put('1');
    const { read, position } = await before.read(undefined);
    expect(read).toEqual(['1']);
    await before.put('2');
    process.kill(first.pid, 'SIGKILL');
    await first.ended;
    await first.stop();

    const second = await startDynamoDbLocal({ folder });
    const after = clientsOf(second, account);
    await makeTables(after.database, tables);
    await after.put('3');
    expect([await after.has('1'), await after.has('2')]).toEqual([true, true]);
    expect((await after.read(position)).read).toEqual(['2', '3']);
    await second.stop();
    expect(runs(second.pid)).toBe(false);
  });

  test('a server does not outlive a host that was killed', async () => {
    const host = spawn(process.execPath, [fileURLToPath(new URL('start-and-stay.ts', import.meta.url))], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(host, 'exit');
    const [line] = await once(createInterface({ input: host.stdout }), 'line');
    const pid = Number(line);
    expect(runs(pid)).toBe(true);
    host.kill('SIGKILL');
    await ended;
    while (runs(pid)) await pause(10);
  });

  test('a folder that cannot be made is told', async () => {
    await expect(startDynamoDbLocal({ folder: fileURLToPath(import.meta.url) })).rejects.toThrow(/EEXIST/);
  });
});
