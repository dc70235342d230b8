import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openDatabase } from '../../../infra/local/sqlite/open-database.ts';
import { COMMANDS } from '../../../infra/ops/commands.ts';
import { openPlace } from '../../../infra/ops/open-place.ts';
import { madeFolder, ops } from './made-folder.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

const unopened = () => Promise.reject(new Error('a place was opened for a command that was called wrongly'));

test('help lists every command with one line, and each tells its options', async () => {
  const { code, text } = await ops(unopened, '--help');
  expect(code).toBe(0);
  for (const [words, { does, options }] of Object.entries(COMMANDS)) {
    expect(text).toMatch(new RegExp(`^ {2}${words} +${does}$`, 'm'));
    const one = await ops(unopened, ...words.split(' '), '--help');
    expect(one.code).toBe(0);
    expect(one.text).toMatch(new RegExp(`^npm run ops -- ${words}\\b`));
    for (const [name, { says }] of Object.entries(options)) expect(one.text).toMatch(new RegExp(`^ {2}--${name}.* ${says.replaceAll(/[()]/g, '.')}$`, 'm'));
  }
});

test.each([
  [[], 'name a command'],
  [['dlq'], 'there is no command "dlq"'],
  [['toString'], 'there is no command "toString"'],
  [['dlq', 'list', 'twice'], 'there is no command "dlq list twice"'],
])('%j names no command: the usage of all is shown', async (args, words) => {
  const { code, warnings, text } = await ops(unopened, ...args);
  expect({ code, text, first: warnings.split('\n')[0] }).toEqual({ code: 2, text: '', first: words });
  expect(warnings).toContain('  audit completeness  looks for');
});

test.each([
  [['dlq', 'list', '--nothing'], "Unknown option '--nothing'"],
  [['dlq', 'list', '--message', '1'], "Unknown option '--message'"],
  [['dlq', 'list', '--queue'], 'argument missing'],
  [['dlq', 'redrive', '--yes', 'more'], "Unexpected argument 'more'"],
  [['dlq', 'forget'], '--queue NAME is missing'],
  [['replay'], '--from DAY is missing'],
  [['replay', '--from', '2026-02-30'], '--from takes a day'],
  [['audit', 'completeness', '--from', 'yesterday'], '--from takes a day'],
  [['rebuild', 'views', '--dry-run=no'], 'does not take an argument'],
])('%j is told in one line, with the usage of that command', async (args, words) => {
  const { code, warnings } = await ops(unopened, ...args);
  const [first, usage] = warnings.split('\n');
  expect(code).toBe(2);
  expect(first).toContain(words);
  expect(usage).toMatch(/^npm run ops -- (dlq|replay|rebuild|audit)/);
});

test.each([['list'], ['redrive'], ['forget']])('dlq %s of a queue that there is not', async (command) => {
  const folder = await madeFolder(0);
  const { code, warnings } = await folder.ops('dlq', command, '--queue', 'nowhere');
  expect({ code, first: warnings.split('\n')[0] }).toEqual({ code: 2, first: 'no dead-letter queue is called nowhere; dlq list tells the names' });
});

test('a folder in which no host has kept anything stays as it is, and one of the other mode is told', async () => {
  const { data } = await madeFolder(0);
  const empty = join(data, 'empty');
  mkdirSync(empty);
  for (const mode of [[], ['--dynamodb']]) {
    expect(await ops(openPlace, 'dlq', 'list', '--data', empty, ...mode)).toMatchObject({
      code: 2,
      warnings: expect.stringMatching(/^no host has kept anything in /),
    });
  }
  writeFileSync(join(empty, 'queues.sqlite'), '');
  expect((await ops(openPlace, 'dlq', 'list', '--data', empty)).warnings).toContain('--dynamodb');
});

test('--deployed is no folder', async () => {
  expect(await ops(openPlace, 'dlq', 'list', '--deployed', '--data', 'x')).toMatchObject({ code: 2, warnings: expect.stringContaining('are for a folder') });
});

test('npm run ops tells of a host that runs, of a province that there is not, and ends with its code', { timeout: 120_000 }, async () => {
  const { data } = await madeFolder(0);
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['infra/ops.ts', ...args], { cwd: root, encoding: 'utf8' });
    return { status, stdout, stderr };
  };
  expect(run('dlq', 'list', '--data', data)).toEqual({
    status: 0,
    stdout: expect.stringMatching(/^0 messages wait in \d+ dead-letter queues\. There is nothing to do\.\n$/),
    stderr: '',
  });
  const held = openDatabase(join(data, 'province.sqlite'));
  expect(run('rebuild', 'views', '--data', data)).toEqual({
    status: 2,
    stdout: '',
    stderr: expect.stringMatching(/in use by another host.*\n.*: stop the host first\.\n$/),
  });
  held.close();
  expect(run('dlq', 'list', '--province', 'nowhere')).toEqual({ status: 2, stdout: '', stderr: expect.stringMatching(/^no province is called nowhere/) });
});
