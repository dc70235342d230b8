import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { keptFile } from '../../../infra/local/kept-file.ts';

const folders: string[] = [];
let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jianheng-kept-'));
  folders.push(folder);
  file = join(folder, 'secret');
});

afterAll(() => {
  for (const each of folders) rmSync(each, { recursive: true, force: true });
});

test('is made once, for its owner alone, and is the first one from then on', () => {
  expect(keptFile(file, () => 'first').toString()).toBe('first');
  expect(keptFile(file, () => 'second').toString()).toBe('first');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['secret']);
});

test('is another’s where that one was first', () => {
  const late = keptFile(file, () => {
    keptFile(file, () => 'first');
    return 'second';
  });
  expect(late.toString()).toBe('first');
  expect(readdirSync(folder)).toEqual(['secret']);
});

test('a process that dies while it makes one leaves none, and the next makes it whole', () => {
  const module = new URL('../../../infra/local/kept-file.ts', import.meta.url).href;
  const script = `import { keptFile } from '${module}'; keptFile(process.argv[1], () => process.kill(process.pid, 'SIGKILL'));`;
  expect(spawnSync(process.execPath, ['--input-type=module', '--eval', script, file]).signal).toBe('SIGKILL');
  expect(() => readFileSync(file)).toThrow('ENOENT');
  expect(keptFile(file, () => 'whole').toString()).toBe('whole');
});

test('tells what is wrong with its place', () => {
  expect(() => keptFile(join(folder, 'absent', 'secret'), () => 'never')).toThrow('ENOENT');
});
