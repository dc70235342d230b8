import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadDeployment } from '../../infra/local/assembly/synthesize.ts';
import { type LocalHost, startHost } from '../../infra/local/host.ts';
import { loadDefinitions } from '../../infra/local/load-definitions.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const page = readFileSync(`${ROOT}functions/agencies/JOIN.md`, 'utf8');
const blocks = (language: string) => [...page.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(([, block]) => block as string);

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

/** The page “join in a day” (一日接入), line by line, as a new agency follows it: in one shell, in a folder of its own. */
describe('join in a day', () => {
  const folder = mkdtempSync(join(tmpdir(), 'join-'));
  let host: LocalHost;
  const told = (file: string): string => readFileSync(join(folder, file), 'utf8');

  beforeAll(async () => {
    const [deployment, definitions] = await Promise.all([loadDeployment('jiangxi'), loadDefinitions()]);
    host = await startHost({ deployment, definitions, data: join(folder, 'data'), port: 0, sink: () => undefined });
    const [receiver] = blocks('js');
    writeFileSync(join(folder, 'receiver.mjs'), receiver ?? '');
    writeFileSync(join(folder, 'page.sh'), ['set -euo pipefail', ...blocks('sh')].join('\n'));
    const environment = {
      ...process.env,
      HOST: host.url,
      PORT: String(await freePort()),
      JIANHENG: ROOT,
      JOINING: folder,
      PATH: `${join(ROOT, 'node_modules/.bin')}:${process.env.PATH}`,
    };
    await promisify(execFile)('bash', ['page.sh'], { cwd: folder, env: environment });
  }, 300_000);
  afterAll(async () => {
    await host?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('the first event is taken', () => {
    expect(JSON.parse(told('first.json'))).toMatchObject({ stream: 'deliveries/endpoint/made-case-court', events: [{ type: 'EndpointRegistered' }] });
  });

  test('a wrong one is refused, with what is wrong', () => {
    expect(JSON.parse(told('refused.json'))).toMatchObject({ status: 400, code: 'invalid_event', errors: [{ pointer: '/specversion' }] });
  });

  test('the tests arrive, before and after the secret is rotated', () => {
    expect(told('ping.txt').match(/^A test: delivered after 1 attempt, taken \(204\)/gm)).toHaveLength(2);
    expect(told('received.txt').match(/^cn\.jianheng\.deliveries\.EndpointPinged\.v1 a test$/gm)).toHaveLength(2);
  });

  test('and so do the notices of what was changed', () => {
    expect(told('received.txt')).toMatch(/^cn\.jianheng\.notifications\.NoticeSent\.v1 已登记接收端点/m);
    expect(told('received.txt')).toMatch(/^cn\.jianheng\.notifications\.NoticeSent\.v1 接收端点的签名密钥已轮换/m);
  });

  test('the status tells it', () => {
    expect(told('status.txt')).toMatch(/^It posts by signature, since \d{4}-\d{2}-\d{2}\.\nIt is delivered to at 127\.0\.0\.1:\d+; it last answered \d{4}-/);
  });
});
