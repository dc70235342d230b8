import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { audit } from '../../../functions/kernel/audit.ts';
import { completeUscc } from '../../../functions/kernel/codes/uscc.ts';
import { decodeCommit } from '../../../functions/kernel/ledger.ts';
import { busEntries } from '../../../functions/kernel/publish.ts';
import { loadDefinitions } from '../../../infra/local/load-definitions.ts';
import { localKernel } from '../../../infra/local/local-kernel.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'import-'));
afterAll(() => rmSync(folder, { recursive: true }));

const operator = {
  agency: 'made-province-bureau',
  kind: 'justice-bureau',
  division: '360000',
  person: 'made-operator',
  roles: ['operator', 'registrar', 'officer'],
};
const uscc = completeUscc('31360800MADE0001');
const write = (name: string, lines: readonly unknown[]): string => {
  const file = join(folder, name);
  writeFileSync(file, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
  return file;
};
const run = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['infra/local/import.ts', ...args, '--data', join(folder, 'data')], {
    cwd: root,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};

const bureau = {
  id: 'made-province-bureau',
  name: '虚构省厅',
  kind: 'justice-bureau',
  level: 'province',
  division: '360000',
  superior: null,
  discipline: null,
};
const institution = { uscc, name: '虚构鉴定所', division: '360800', supervisedBy: 'made-province-bureau', scopes: ['medicine-0201'] };
const finding = {
  subject: { kind: 'institution', id: uscc, role: 'head' },
  institution: uscc,
  breach: 'instructed-not-to-record-or-report',
  acts: 1,
  account: '虚构往年认定',
};

describe('npm run import', () => {
  test('history is facts that cause nothing: kept by the rules of its day, shown, counted, never published, owing nothing', async () => {
    expect(run('agencies/register-agency', write('a.jsonl', [{ claims: operator, input: bureau }]))).toMatchObject({ status: 0 });
    expect(run('registry/register-institution', write('i.jsonl', [{ claims: operator, input: institution }]))).toMatchObject({ status: 0 });
    const past = write('f.jsonl', [{ claims: operator, occurredOn: '2021-05-06', input: finding }]);
    expect(run('sanctions/find-breach', past, '--as-history').stdout).toBe('1 accepted, 0 imported before, 0 refused\n');

    const definitions = await loadDefinitions();
    const { kernel, close } = localKernel(join(folder, 'data'), '360000', definitions);
    const { records } = await kernel.ledger.feed(undefined, 10);
    const found = records.find(({ stream }) => stream.startsWith('sanctions/ladder/'));
    expect(found && decodeCommit(found)).toMatchObject({ history: true, occurredOn: '2021-05-06', policy: 'national/2020-07-01' });
    expect(found && busEntries('360000', found)).toEqual([]);
    expect(JSON.parse(found?.state ?? '{}')).toMatchObject({ counts: { instructions: { earliest: [{ acts: 1 }] } } });
    // The bureau was not imported as history: what follows of it is owed, as nothing has been delivered here.
    expect((await audit(kernel)).missing.map(({ event }) => event)).toEqual(['AgencyRegistered']);
    expect(await kernel.views.counter('sanctions/found/made-province-bureau')).toBe(1);
    close();
  });

  test('is safe to run twice, and counts by what came before', () => {
    expect(run('sanctions/find-breach', join(folder, 'f.jsonl'), '--as-history').stdout).toBe('0 accepted, 1 imported before, 0 refused\n');
  });

  test('refuses line by line, with the number and the reason, and takes the rest', () => {
    const other = { ...bureau, id: 'made-city-bureau', level: 'city', division: '360800', superior: 'made-province-bureau' };
    const file = write('mixed.jsonl', [
      'no JSON',
      { claims: { ...operator, roles: ['appraiser'] }, input: other },
      { claims: operator, input: { ...other, level: 'village' } },
      { claims: operator, input: { ...other, id: 'made-lost', superior: 'made-nobody' } },
      '',
      { claims: operator, input: other },
      { claims: operator, occurredOn: '2999-01-01', input: { ...other, id: 'made-late' } },
    ]);
    const { status, stdout } = run('agencies/register-agency', file);
    expect(status).toBe(1);
    expect(stdout.split('\n').map((line) => /^line \d+/.exec(line)?.[0] ?? line)).toEqual([
      'line 1',
      'line 2',
      'line 3',
      'line 4',
      'line 7',
      '1 accepted, 0 imported before, 5 refused',
      '',
    ]);
    expect(stdout).toContain('line 3: /level');
    expect(stdout).not.toContain('village');
  });

  test('the master key is made once, for its owner alone', () => {
    expect(statSync(join(folder, 'data', 'master.key')).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'data', 'master.key')).size).toBe(32);
  });

  test.each([
    ['an unknown command', ['made/nothing', 'x'], 'is no command'],
    ['a command of the system alone', ['sanctions/issue-measures', 'x'], 'is no command'],
    ['no file', ['agencies/register-agency'], 'name a command and a file'],
    ['a file that is not there', ['agencies/register-agency', 'made-absent.jsonl'], 'ENOENT'],
    ['an unknown option', ['agencies/register-agency', 'x', '--nothing'], '--nothing'],
  ])('%s is told in one line, with the usage', (_, args, words) => {
    const { status, stderr } = run(...args);
    expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringContaining(words) });
    expect(stderr).toContain('npm run import --');
  });
});
