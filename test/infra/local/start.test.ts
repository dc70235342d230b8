import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'start-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const running = new Set<ChildProcess>();
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** `npm start -- …`, up to the end of its welcome. */
async function start(...args: string[]) {
  const child = spawn(process.execPath, ['infra/local/start.ts', ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text;
  });
  const ended = once(child, 'exit').then(([code]) => {
    running.delete(child);
    return code as number;
  });
  while (!said.out.includes('/dev/token') && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 20));
  return { child, said, ended, url: /http:\/\/127\.0\.0\.1:\d+/.exec(said.out)?.[0] ?? '' };
}

/** A start that comes to nothing: its exit code and what it said. */
function refused(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['infra/local/start.ts', ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
  return { status, stdout, lines: stderr.trimEnd().split('\n') };
}

/** All that is said before anything can go wrong. */
const READING = expect.stringMatching(/^江西省: reading its templates, .*\n$/);

const listens = (url: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

const curl = spawnSync('curl', ['--version']).status === 0 && spawnSync('sh', ['-c', 'true']).status === 0;
if (!curl) console.warn('SKIPPED: the lines that npm start prints were not pasted, for there is no curl here');

describe('npm start', () => {
  test.skipIf(!curl)('prints lines that work as they are pasted, and stops at Ctrl-C', { timeout: 120_000 }, async () => {
    const { child, said, ended, url } = await start('--port', '0', '--data', join(folder, 'usual'));
    const lines = said.out.split('\n').filter((line) => line.startsWith('curl '));
    const [records, signed, trace, , drawnUp] = lines.map((line) => {
      const { stdout } = spawnSync('sh', ['-c', line], { encoding: 'utf8', cwd: folder });
      return stdout === '' ? undefined : JSON.parse(stdout);
    });
    expect(records.items).toMatchObject([{ case: '（虚构）演示鉴字第2号', signed: 2 }]);
    expect(signed.events).toMatchObject([{ type: 'RecordRowSigned' }]);
    expect(trace.tree).toMatchObject([{ command: 'registry/register-institution', roles: ['registrar'] }]);
    expect(readFileSync(join(folder, 'chart.svg'), 'utf8')).toMatch(/^<svg .*连续两年/s);
    expect(drawnUp.items).toMatchObject([{ status: 'drawn-up', years: [2022, 2023] }]);
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    expect(said.out.trimEnd().split('\n').at(-1)).toBe('stopped; nothing that was accepted is lost');
    expect(said.err).toBe('');
    expect(await listens(url)).toBe(false);
  });

  test('started again finds everything as it was, the demo data once', { timeout: 120_000 }, async () => {
    const data = join(folder, 'again');
    const versions: unknown[] = [];
    for (const _ of [1, 2]) {
      const { child, ended, url } = await start('--port', '0', '--data', data);
      await fetch(`${url}/dev/settle`, { method: 'POST' });
      child.kill('SIGTERM');
      await ended;
      const database = new DatabaseSync(join(data, 'province.sqlite'));
      versions.push(database.prepare('SELECT count(*) AS commits FROM commits').get());
      database.close();
    }
    expect(versions[1]).toEqual(versions[0]);
    expect(versions[0]).not.toEqual({ commits: 0 });
  });

  test('says in one line that the folder or the port is another’s', { timeout: 120_000 }, async () => {
    const data = join(folder, 'held');
    const { url } = await start('--port', '0', '--data', data, '--empty');
    const { port } = new URL(url);
    const sameFolder = refused(['--port', '0', '--data', data]);
    expect(sameFolder).toMatchObject({ status: 1, stdout: READING });
    expect(sameFolder.lines).toEqual([`${join(data, 'province.sqlite')} is in use by another host: stop that one, or give this one another file.`]);
    const samePort = refused(['--port', port, '--data', join(folder, 'other')]);
    expect(samePort).toMatchObject({ status: 1, stdout: READING });
    expect(samePort.lines).toEqual([`port ${port} is taken: stop what listens there, or give another with --port`]);
  });

  test.each([
    [
      'a damaged file',
      () => writeFileSync(fileIn('damaged'), 'not a database, but long enough to look like one'.repeat(100)),
      'damaged',
      /is damaged or no SQLite file: /,
    ],
    [
      'a file of a newer version',
      () => {
        const database = new DatabaseSync(fileIn('newer'));
        database.exec(`PRAGMA application_id = ${0x4a484e47}; PRAGMA user_version = 999; CREATE TABLE t (a)`);
        database.close();
      },
      'newer',
      /was written by a newer version \(schema 999, this one knows \d+\): start that version\.$/,
    ],
    ['a place that cannot be written', () => writeFileSync(join(folder, 'blocked'), ''), 'blocked/data', /cannot be written: give this user the right/],
  ])('says in one line what to do about %s', (_, prepare, data, line) => {
    prepare();
    const { status, stdout, lines } = refused(['--port', '0', '--data', join(folder, data)]);
    expect({ status, stdout, lines: lines.length }).toEqual({ status: 1, stdout: READING, lines: 1 });
    expect(lines[0]).toMatch(line);
  });

  test('says in one line that --dynamodb needs Java, and that nothing else does', () => {
    const { status, lines } = refused(['--port', '0', '--data', join(folder, 'java'), '--dynamodb'], { PATH: folder });
    expect([status, lines]).toEqual([1, ['java is not on the PATH: install a Java runtime, 17 or newer; without --dynamodb none is needed']]);
  });

  test.each([
    [['--province', 'nowhere'], /^no province is called nowhere; there are shanxi \(14\)/],
    [['--port', '70000'], /^--port takes a number from 0 to 65535$/],
    [['--colour'], /^Unknown option '--colour'/],
  ])('refuses %j with the reason', (args, line) => {
    const { status, lines } = refused([...args, '--data', join(folder, 'never')]);
    expect(status).toBeGreaterThan(0);
    expect(lines[0]).toMatch(line);
  });
});

function fileIn(data: string): string {
  mkdirSync(join(folder, data), { recursive: true });
  return join(folder, data, 'province.sqlite');
}
