import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runOps } from '../../../infra/ops/run-ops.ts';
import { type LocalTestHost, localHost } from '../../support/local-host.ts';
import { type Receiver, receiver, withStatus } from '../../support/receiver.ts';

let host: LocalTestHost;
let court: Receiver;
beforeAll(async () => {
  host = await localHost()('360000');
  court = await receiver();
}, 300_000);
afterAll(async () => {
  await host?.close();
  await court?.close();
});

async function ops(...args: readonly string[]) {
  const told: string[] = [];
  const warned: string[] = [];
  const open = async () => {
    throw new Error('no folder is opened');
  };
  const code = await runOps(['agency', ...args], { tell: (line) => told.push(line), warn: (text) => warned.push(text), open });
  return { code, told: told.join('\n'), warned: warned.join('\n') };
}
const at = () => ['--at', host.url] as const;
const COURT = ['--agency', 'made-court'] as const;
const secretIn = (text: string): string => /whsec_\S+/.exec(text)?.[0] ?? '';

describe('an agency is joined from the command line', () => {
  test('entered, its credential and its endpoint registered; each secret is another, and shown once', async () => {
    const agency = ['--id', 'made-court', '--name', '虚构法院', '--kind', 'court', '--level', 'county', '--division', '360802'];
    expect(await ops('register', ...at(), ...agency)).toMatchObject({ code: 0, told: expect.stringContaining('stands in the directory') });
    const credential = await ops('credential', ...at(), ...COURT);
    const endpoint = await ops('endpoint', ...at(), ...COURT, '--url', court.url);
    expect([credential.code, endpoint.code]).toEqual([0, 0]);
    const secrets = [secretIn(credential.told), secretIn(endpoint.told)];
    expect(new Set(secrets).size).toBe(2);
    const { told } = await ops('status', ...at(), ...COURT);
    for (const secret of secrets) expect(told).not.toContain(secret.slice(6));
    expect(told).toMatch(/^It posts by signature, since/);
  });

  test('a test that arrives, one that does not, and what was given up delivered anew', async () => {
    expect(await ops('ping', ...at(), ...COURT)).toMatchObject({ code: 0, told: expect.stringMatching(/^A test: delivered after 1 attempt, taken \(204\)/) });
    court.answer = withStatus(410);
    expect(await ops('ping', ...at(), ...COURT)).toMatchObject({ code: 1, told: expect.stringMatching(/^A test: given-up after 1 attempt, gone \(410\)/) });
    await ops('rotate', ...at(), ...COURT);
    await host.settle();
    await host.sweep();
    await host.settle();
    expect(await ops('status', ...at(), ...COURT)).toMatchObject({ code: 1, told: expect.stringContaining('DISABLED, gone') });
    court.answer = withStatus(204);
    expect((await ops('enable', ...at(), ...COURT)).code).toBe(0);
    expect((await ops('redeliver', ...at(), ...COURT, '--dry-run')).told).toMatch(/^1 of the last \d+ deliveries were given up; nothing was asked for/);
    expect((await ops('redeliver', ...at(), ...COURT)).told).toMatch(/^1 of the last \d+ deliveries were given up, and are on their way again/);
    await host.settle();
    await host.sweep();
    expect((await ops('redeliver', ...at(), ...COURT, '--dry-run')).told).toMatch(/^0 of the last/);
    expect((await ops('disable', ...at(), ...COURT)).code).toBe(0);
  });
});

describe('what is wrong is told', () => {
  test('as the interface says it, with the pointer and what cures it', async () => {
    expect(await ops('credential', ...at(), '--agency', 'made-nobody')).toMatchObject({
      code: 1,
      warned: expect.stringMatching(/^404 not_found: .*\n {2}\/agency: /),
    });
    const inside = await ops('endpoint', ...at(), ...COURT, '--url', 'https://10.0.0.1/');
    expect(inside).toMatchObject({ code: 1, warned: expect.stringMatching(/^422 endpoint_private_address: .*内网.*\n {2}请登记.*\n {2}\/url: /s) });
    expect(inside.told).not.toContain('whsec_');
  });
  test.each([
    ['no agency', ['ping'], 2, /--agency/],
    ['an option that there is not', ['ping', ...COURT, '--folder', 'x'], 2, /--folder/],
    ['a place elsewhere without a token', ['ping', ...COURT, '--at', 'https://jianheng.example'], 2, /JIANHENG_TOKEN/],
    ['a place where nobody answers', ['ping', ...COURT, '--at', 'http://127.0.0.1:9'], 1, /nobody answers at http:\/\/127\.0\.0\.1:9/],
  ])('%s', async (_, args, code, warned) => {
    expect(await ops(...args)).toMatchObject({ code, warned: expect.stringMatching(warned) });
  });
});
