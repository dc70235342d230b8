import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { fingerprint, loadDefinitions } from '../../../infra/local/load-definitions.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const at = (path: string) => JSON.stringify(`${ROOT}${path}`);

/** A folder like `functions/` that goes when the test is over. */
function folder(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'jianheng-functions-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return `${root}/`;
}

const aggregateFile = (name: string, event: string, imported = event) => `
import { aggregate } from ${at('functions/kernel/aggregate.ts')};
import * as events from ${at('events/commissions.ts')};
import { defineEvent } from ${at('events/event.ts')};
import * as z from ${at('node_modules/zod/index.js')};
const Unlisted = defineEvent({ context: 'commissions', name: 'Unlisted', title: '虚构', means: 'Made up.', restsOn: '虚构', data: z.object({}) });
export const made = aggregate({ name: '${name}', title: '虚构', initial: null, events: [${imported}], evolve: { ${event}: (state) => state } });
`;
const commandFile = (name: string, more = '') => `
import * as z from ${at('node_modules/zod/index.js')};
import { command } from ${at('functions/kernel/command.ts')};
import { made } from '../made.ts';
export default command({ name: '${name}', title: '虚构', aggregate: made, input: z.object({}), who: 'system', key: () => 'k', decide: () => [] });
${more}`;
const GOOD = { 'commissions/made.ts': aggregateFile('commissions/made', 'CaseOpened', 'events.CaseOpened') };

describe('the loader', () => {
  test('finds every function of the repository by the layout, each under the name of its file', async () => {
    const definitions = await loadDefinitions();
    for (const [name, { kind }] of definitions.commands)
      expect({ name, kind }).toMatchObject({ kind: 'command', name: expect.stringMatching(/^[a-z]+\/[a-z-]+$/) });
    for (const name of ['interference/sign-row', 'interference/report-interference', 'sanctions/find-breach'])
      expect(definitions.commands.has(name)).toBe(true);
    expect(definitions.reactions.has('sanctions/issue-measures')).toBe(true);
    expect(definitions.aggregates.has('interference/record')).toBe(true);
    expect([...definitions.fingerprints.keys()].sort()).toEqual([...definitions.aggregates.keys()].sort());
  });

  test('takes the kernel and the rules for no context, and a context without a folder for one without', async () => {
    const definitions = await loadDefinitions(folder({ ...GOOD, 'kernel/made.ts': 'throw new Error("read")', 'policy/made.ts': 'throw new Error("read")' }));
    expect([...definitions.aggregates.keys()]).toEqual(['commissions/made']);
    expect(definitions.commands.size + definitions.reactions.size + definitions.queries.size + definitions.schedules.size).toBe(0);
  });

  test.each<[string, Record<string, string>, RegExp]>([
    [
      'no default export',
      { 'commissions/commands/make-up.ts': 'export const nothing = 1;' },
      /commands\/make-up\.ts must export the command commissions\/make-up as its default/,
    ],
    [
      'a default export of another kind',
      { 'commissions/commands/make-up.ts': "export default { kind: 'query', name: 'commissions/make-up' };" },
      /make-up\.ts must export the command commissions\/make-up/,
    ],
    [
      'a name that is not its file’s',
      { 'commissions/commands/make-up.ts': commandFile('commissions/make-down') },
      /make-up\.ts must export the command commissions\/make-up/,
    ],
    ['a name of another context', { 'commissions/commands/make-up.ts': commandFile('registry/make-up') }, /must export the command commissions\/make-up/],
    [
      'a command where a reaction should be',
      { 'commissions/reactions/make-up.ts': commandFile('commissions/make-up') },
      /reactions\/make-up\.ts must export the reaction commissions\/make-up/,
    ],
    ['a query file without one', { 'commissions/queries/list.ts': 'export default 1;' }, /queries\/list\.ts must export the query commissions\/list/],
    [
      'a schedule file without one',
      { 'commissions/schedules/sweep.ts': 'export default {};' },
      /schedules\/sweep\.ts must export the schedule commissions\/sweep/,
    ],
    [
      'two files of one aggregate',
      { 'commissions/other.ts': aggregateFile('commissions/made', 'CaseOpened', 'events.CaseOpened') },
      /two files declare the aggregate commissions\/made/,
    ],
    [
      'an event that the catalogue does not list',
      { 'commissions/other.ts': aggregateFile('commissions/other', 'Unlisted') },
      /commissions\/other writes Unlisted, which the catalogue does not list/,
    ],
    [
      'an event of a foreign context',
      { 'registry/thief.ts': aggregateFile('registry/thief', 'CaseOpened', 'events.CaseOpened') },
      /registry\/thief writes CaseOpened of the context commissions/,
    ],
    ['a fault of its own', { 'commissions/commands/make-up.ts': 'throw new Error("made up");' }, /made up/],
  ])('refuses %s, and tells the place', async (_, files, fault) => {
    await expect(loadDefinitions(folder({ ...GOOD, ...files }))).rejects.toThrow(fault);
  });

  test('takes a command under the name of its file', async () => {
    const definitions = await loadDefinitions(folder({ ...GOOD, 'commissions/commands/make-up.ts': commandFile('commissions/make-up') }));
    expect([...definitions.commands.keys()]).toEqual(['commissions/make-up']);
  });
});

describe('the fingerprint of the code that folds', () => {
  const files = {
    'made/made.ts': "import { helper } from './helper.ts';\nexport const made = helper;",
    'made/helper.ts': "import '../shared/deep.ts';\nexport { deep } from '../shared/deep.ts';\nexport const helper = 1;",
    'shared/deep.ts': "import type { made } from '../made/made.ts';\nexport const deep = 1;",
    'made/beside.ts': 'export const beside = 1;',
  };
  const of = (changed: Partial<Record<keyof typeof files, string>> = {}) => fingerprint(`${folder({ ...files, ...changed })}made/made.ts`);

  test('is the same for the same code, wherever it lies', () => {
    expect(of()).toBe(of());
    expect(of()).toMatch(/^[0-9a-f]{16}$/);
  });

  test.each(['made/made.ts', 'made/helper.ts', 'shared/deep.ts'] as const)('is another when %s has changed', (file) => {
    expect(of({ [file]: `${files[file]}\n// changed` })).not.toBe(of());
  });

  test('is the same when a file has changed that it does not import', () => {
    expect(of({ 'made/beside.ts': 'export const beside = 2;' })).toBe(of());
  });

  test.each([
    ["export * from './helper.ts';", 'a re-export'],
    ["import './helper.ts';", 'an import for its effect'],
    ["import {\n  helper,\n} from './helper.ts';", 'an import over several lines'],
    ["const { helper } = await import('./helper.ts');", 'an import at run time'],
  ])('sees %s (%s)', (text) => {
    const made = { 'made/made.ts': text };
    expect(of({ ...made, 'made/helper.ts': 'export const helper = 2;' })).not.toBe(of({ ...made, 'made/helper.ts': 'export const helper = 3;' }));
  });
});
