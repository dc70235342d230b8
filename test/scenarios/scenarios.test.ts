import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadDefinitions } from '../../infra/local/load-definitions.ts';
import type { MakeHost } from '../support/host.ts';
import { inProcessHost, sqliteStores } from '../support/in-process-host.ts';
import { localHost } from '../support/local-host.ts';
import { parseScenario } from './parse-scenario.ts';
import { runScenario } from './run-scenario.ts';
import { steps } from './steps/index.ts';
import { INSTITUTION_QUERIES } from './steps/visibility.ts';

const folder = import.meta.dirname;
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .sort();
const textOf = (file: string) => readFileSync(join(folder, file), 'utf8');

const onSqlite: MakeHost = async (province) => {
  const place = mkdtempSync(join(tmpdir(), 'jianheng-scenario-'));
  const host = await inProcessHost(province, sqliteStores(join(place, 'jianheng.sqlite')));
  return {
    ...host,
    close: async () => {
      await host.close();
      rmSync(place, { recursive: true, force: true });
    },
  };
};

describe.each([
  ['memory', (province: string) => inProcessHost(province)],
  ['SQLite', onSqlite],
  ['HTTP, embedded', localHost()],
] as const)('scenarios over %s', (_, makeHost) => {
  test.each(files)('%s', async (file) => {
    await runScenario(file, textOf(file), { makeHost });
  });
});

describe('the table of steps', () => {
  test('is used whole: no step stands in it that no scenario tells', () => {
    const used = new Set(files.flatMap((file) => parseScenario(file, textOf(file), steps).steps.map(({ step }) => step.says)));
    expect(steps.map(({ says }) => says).filter((says) => !used.has(says))).toEqual([]);
  });

  test('asks every query that an institution may ask, when nothing may change', async () => {
    const { queries } = await loadDefinitions();
    const open = [...queries.values()].filter(({ who }) => who.some(({ kind }) => kind === 'institution')).map(({ name }) => name);
    expect(Object.keys(INSTITUTION_QUERIES).sort()).toEqual(open.sort());
  });
});
