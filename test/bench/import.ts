import { join } from 'node:path';
import type { Definitions } from '../../functions/kernel/definitions.ts';
import { actorFrom } from '../../functions/kernel/identity.ts';
import { importResults, openResults } from '../../infra/local/import/import-results.ts';
import { Report } from '../../infra/local/import/report.ts';
import { openSource } from '../../infra/local/import/source.ts';
import { localKernel } from '../../infra/local/local-kernel.ts';
import { benchFolder } from './bench-province.ts';
import { PROVIDER, PROVINCE, type RoundPlan, registerInstitutions, writeRound } from './national-round.ts';
import { type Effort, type Line, lineOf } from './rounds.ts';

const ITEMS = 20;

/**
 * A round of results from its file into a fresh ledger, and the views after it: once small, so that all code is warm, then a tenth of the effort's
 * events and six times them, which is a national round. One sample each: it takes a minute.
 */
export async function measureImport(definitions: Definitions, { events }: Pick<Effort, 'events'>): Promise<readonly Line[]> {
  const planOf = (results: number): RoundPlan => ({ institutions: Math.ceil(results / ITEMS), items: ITEMS, year: 2025 });
  const [small, large] = [planOf(events / 10), planOf(events * 6)];
  await sample(definitions, small);
  const [few, many] = [await sample(definitions, small), await sample(definitions, large)];
  const told = (name: string, unit: Line['unit'], value: number) => lineOf(`import/${name}`, unit, [value]);
  const lines = (name: string, { imported, projected, busy }: Sample) => [
    told(`${name}/results`, 'per second', imported),
    told(`${name}/process-time`, 'µs', busy),
    told(`${name}/views`, 'per second', projected),
  ];
  return [...lines('few', few), ...lines('many', many), told('cost-of-many-to-few', 'ratio', many.busy / few.busy)];
}

interface Sample {
  /** Results a second. */
  readonly imported: number;
  /** Results a second, brought into the views. */
  readonly projected: number;
  /** Microseconds of this process a result, without the views. */
  readonly busy: number;
}

async function sample(definitions: Definitions, plan: RoundPlan): Promise<Sample> {
  const folder = benchFolder();
  const { kernel, project, close } = localKernel(folder.path, PROVINCE, definitions);
  try {
    const actor = actorFrom({ agency: PROVIDER, kind: 'provider', division: PROVINCE, person: 'import', roles: ['clerk'] }, kernel.keyRing);
    if ('refused' in actor) throw new Error(actor.detail);
    await registerInstitutions(kernel, plan);
    await project();
    const file = join(folder.path, 'round.csv');
    writeRound(file, plan);
    const results = plan.institutions * plan.items;
    const report = new Report();
    const before = process.cpuUsage();
    const began = performance.now();
    await importResults(kernel, await openResults(await openSource(file)), { actor, history: false, dry: false }, report);
    const { user, system } = process.cpuUsage(before);
    const imported = performance.now();
    await project();
    const projected = performance.now();
    if (report.accepted !== results) throw new Error(`${report.accepted} of ${results} results were accepted`);
    return {
      imported: (results * 1000) / (imported - began),
      projected: (results * 1000) / (projected - imported),
      busy: (user + system) / results,
    };
  } finally {
    close();
    folder.remove();
  }
}
