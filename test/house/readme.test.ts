import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { completeUscc } from '../../functions/kernel/codes/uscc.ts';
import { execute } from '../../functions/kernel/execute.ts';
import { routesOf } from '../../functions/kernel/http/routes.ts';
import { makeKeyRing } from '../../functions/kernel/seal.ts';
import type { loadDefinitions as LoadDefinitions } from '../../infra/local/load-definitions.ts';
import { MemoryDataKeyStore } from '../simulation/memory-data-keys.ts';
import { MemoryLedgerStore, MemoryViewStore } from '../simulation/memory-store.ts';
import { Province, SetClock } from '../support/province.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('the README’s ten lines add a command that works', { timeout: 60_000 }, async () => {
  const diff = /```diff\n(?<diff>[\s\S]*?)```/.exec(readFileSync(join(root, 'README.md'), 'utf8'))?.groups?.diff ?? '';
  const command = /\/\*\* 备注案件 \*\/\n(?<lines>[\s\S]*?\n)---/.exec(diff.replaceAll(/^\+/gm, ''))?.groups?.lines ?? '';
  expect(command.trim().split('\n')).toHaveLength(9);

  const folder = mkdtempSync(join(tmpdir(), 'ten-lines-'));
  try {
    for (const part of ['events', 'functions', 'infra', 'test/api']) cpSync(join(root, part), join(folder, part), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    const apply = (...how: string[]) => spawnSync('git', ['apply', ...how, '-'], { cwd: folder, input: diff, encoding: 'utf8' });
    // Whoever follows the README runs this test on a tree that has the lines already.
    if (apply('--check', '--reverse').status !== 0) expect(apply().stderr).toBe('');

    const { loadDefinitions } = (await import(pathToFileURL(join(folder, 'infra/local/load-definitions.ts')).href)) as {
      loadDefinitions: typeof LoadDefinitions;
    };
    const definitions = await loadDefinitions();
    expect(routesOf(definitions).map(({ path }) => path)).toContain('/v1/commissions/note-case');

    const clock = new SetClock('2026-09-21T01:00:00Z');
    const keyRing = makeKeyRing({ dataKeys: new MemoryDataKeyStore(), master: new Uint8Array(32).fill(1) });
    const { kernel } = new Province({ definitions, ledger: new MemoryLedgerStore(), views: new MemoryViewStore(), keyRing, clock });
    const uscc = completeUscc('31360800MADE0001');
    const head = { agency: uscc, kind: 'institution', division: '360800', person: 'made', roles: ['head'] } as const;
    const order = async (name: string, input: unknown, actor: (Omit<typeof head, 'agency'> & { agency: string }) | 'system' = 'system') => {
      const command = definitions.commands.get(name);
      if (!command) throw new Error(`no command ${name}`);
      return execute(kernel, command, command.input.parse(input), { actor, receipt: JSON.stringify([name, input]) });
    };
    const bureau = { id: 'made-bureau', name: '虚构局', kind: 'justice-bureau', level: 'city', division: '360800', superior: null, discipline: null };
    await order('agencies/register-agency', bureau);
    await order('registry/register-institution', { uscc, name: '虚构所', division: '360800', supervisedBy: 'made-bureau', scopes: ['medicine-0201'] });
    for (const licence of ['MADE-1', 'MADE-2']) await order('registry/register-appraiser', { institution: uscc, scopes: [], name: '虚构', licence });
    const opened = { case: '（2026）虚构1号', matter: '虚构事项', commissioner: { kind: 'person' }, appraisers: ['MADE-1', 'MADE-2'] };
    expect(await order('commissions/open-case', opened, head)).toMatchObject({ outcome: 'done' });
    const noted = await order('commissions/note-case', { case: opened.case, note: '虚构备注' }, head);
    expect(noted).toMatchObject({ outcome: 'done', answer: { version: 2, events: [{ type: 'CaseNoted' }] } });
    const unknown = await order('commissions/note-case', { case: '（2026）虚构2号', note: '虚构备注' }, head);
    expect(unknown).toMatchObject({ outcome: 'refused', refusal: { code: 'not_found' } });
    const elsewhere = { ...head, agency: completeUscc('31360800MADE0002') };
    const stranger = await order('commissions/note-case', { case: opened.case, note: '另一虚构备注' }, elsewhere);
    expect(stranger).toMatchObject({ outcome: 'refused', refusal: { code: 'forbidden' } });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
