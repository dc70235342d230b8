import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { catalogue } from '../../../events/catalogue.ts';
import { ForeignFolder, LIST, writePages } from '../../../infra/catalogue/write-pages.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'catalogue-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const PAGES = new Map([
  ['index.html', '<p>虚构目录</p>'],
  ['Made.html', '<p>虚构事件</p>'],
]);
const there = (at = folder) => readdirSync(at).sort();

describe('pages are written', () => {
  test.each(['', 'new', 'new/below'])('into an empty folder, or one that is not there yet: “%s”', (below) => {
    writePages(PAGES, join(folder, below));
    expect(there(join(folder, below))).toEqual([LIST, 'Made.html', 'index.html']);
    expect(readFileSync(join(folder, below, 'Made.html'), 'utf8')).toBe('<p>虚构事件</p>');
  });

  test('over what was written before: a page that is no more goes', () => {
    writePages(PAGES, folder);
    writePages(new Map([['index.html', '<p>另一虚构目录</p>']]), folder);
    expect(there()).toEqual([LIST, 'index.html']);
    expect(readFileSync(join(folder, 'index.html'), 'utf8')).toBe('<p>另一虚构目录</p>');
  });

  test('over a writing that was broken off', () => {
    writePages(PAGES, folder);
    rmSync(join(folder, 'Made.html'));
    writePages(PAGES, folder);
    expect(there()).toEqual([LIST, 'Made.html', 'index.html']);
  });
});

describe('refused, and nothing is touched', () => {
  const refused = (at: string, message: string) => {
    const before = there();
    expect(() => writePages(PAGES, at)).toThrow(new ForeignFolder(message));
    expect(there()).toEqual(before);
  };

  test('a folder with a file of somebody’s', () => {
    writeFileSync(join(folder, 'index.html'), '虚构');
    refused(folder, `${folder} holds index.html, which is not of a catalogue: name an empty folder`);
    expect(readFileSync(join(folder, 'index.html'), 'utf8')).toBe('虚构');
  });

  test('one’s own folder into which somebody has put a file', () => {
    writePages(PAGES, folder);
    writeFileSync(join(folder, 'notes.txt'), '虚构');
    refused(folder, `${folder} holds notes.txt, which is not of a catalogue: name an empty folder`);
  });

  test('a file', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '虚构');
    refused(file, `${file} is no folder`);
    refused(join(file, 'below'), `${join(file, 'below')} is no folder`);
  });
});

describe('npm run catalogue', () => {
  const run = (...given: string[]) => {
    const command = fileURLToPath(new URL('../../../infra/catalogue/catalogue.ts', import.meta.url));
    const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...given], { encoding: 'utf8' });
    return { status, stdout, stderr };
  };

  test('writes the first page and one an event, and says where', () => {
    expect(run(folder)).toEqual({ status: 0, stdout: `${catalogue.length + 1} pages written: open ${folder}/index.html\n`, stderr: '' });
    expect(there()).toHaveLength(catalogue.length + 2);
  });

  test('says in plain words why it cannot, and how it is called', () => {
    writeFileSync(join(folder, 'notes.txt'), '虚构');
    expect(run(folder)).toEqual({ status: 1, stdout: '', stderr: `${folder} holds notes.txt, which is not of a catalogue: name an empty folder\n` });
    for (const given of [[], [folder, folder], ['--all']]) {
      const { status, stderr } = run(...given);
      expect(status).toBe(2);
      expect(stderr).toContain('npm run catalogue -- FOLDER');
      expect(stderr).not.toContain('    at ');
    }
  });
});
