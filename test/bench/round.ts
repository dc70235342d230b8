import { join } from 'node:path';
import type { Definitions } from '../../functions/kernel/definitions.ts';
import { actorFrom } from '../../functions/kernel/identity.ts';
import type { Kernel } from '../../functions/kernel/kernel.ts';
import { loadDeployment } from '../../infra/local/assembly/synthesize.ts';
import type { Deployment } from '../../infra/local/deployment.ts';
import { startHost } from '../../infra/local/host.ts';
import { importResults, openResults } from '../../infra/local/import/import-results.ts';
import { Report } from '../../infra/local/import/report.ts';
import { openSource } from '../../infra/local/import/source.ts';
import { localKernel } from '../../infra/local/local-kernel.ts';
import { benchFolder } from './bench-province.ts';
import { PROVINCE, registerInstitutions } from './made-register.ts';
import { outcomesOf, PROVIDER, type RoundPlan, writeRound } from './national-round.ts';
import { type Effort, inRounds, type Line, linesOf, type Samples } from './rounds.ts';
import { PROVINCE as STAGE } from './served.ts';

const ITEMS = 20;
const YEAR = 2025;

/** So many times fewer institutions in the small round. */
const FEWER = 60;

/**
 * A national round into one province that has last year's as history: imported from its file while the host is not running, as `npm run import` does;
 * then the embedded host is started over the same folder and settles. A small round some times over, and the whole one once: it takes minutes.
 */
export async function measureRound(definitions: Definitions, { institutions, rounds }: Pick<Effort, 'institutions' | 'rounds'>): Promise<readonly Line[]> {
  const deployment = await loadDeployment(STAGE);
  const take = async (size: string, of: number) => figuresOf(size, await sample(definitions, deployment, { institutions: of, items: ITEMS, year: YEAR }));
  const few = await inRounds(rounds, () => take('few', Math.ceil(institutions / FEWER)));
  const many = await take('many', institutions);
  const costs = STEPS.map((step) => [step, `${step}/process-time`] as const);
  const ratios = few.map((each) =>
    Object.fromEntries(costs.map(([step, name]) => [`cost-of-many-to-few/${step}`, (many[`many/${name}`] as number) / (each[`few/${name}`] as number)])),
  );
  return [few, [many], ratios].flatMap((samples) => linesOf('round', samples, unitOfLine));
}

const STEPS = ['import', 'views', 'settle', 'whole'] as const;

const figuresOf = (size: string, { results, imported, followed, spent }: Sample): Samples => ({
  ...Object.fromEntries(
    STEPS.flatMap((step) => [
      [`${size}/${step}/results`, results / spent[step].elapsed],
      [`${size}/${step}/process-time`, spent[step].busy / results],
    ]),
  ),
  [`${size}/commits-of-a-result`]: (imported + followed) / results,
});

const unitOfLine = (name: string): Line['unit'] => {
  if (name.startsWith('cost')) return 'ratio';
  if (name.endsWith('commits-of-a-result')) return 'commits';
  return name.endsWith('process-time') ? 'µs' : 'per second';
};

interface Spent {
  /** Seconds. */
  readonly elapsed: number;
  /** Microseconds of this process. */
  readonly busy: number;
}

interface Sample {
  readonly results: number;
  /** Commits that the import wrote. */
  readonly imported: number;
  /** Commits that followed from them. */
  readonly followed: number;
  /** From the file to the ledger, from there to the views, from the host's start to the last consequence; and all of it. */
  readonly spent: Readonly<Record<(typeof STEPS)[number], Spent>>;
}

async function sample(definitions: Definitions, deployment: Deployment, plan: RoundPlan): Promise<Sample> {
  const folder = benchFolder();
  const data = join(folder.path, 'data');
  const opened = async <Answer>(work: (local: ReturnType<typeof localKernel>) => Promise<Answer>): Promise<Answer> => {
    const local = localKernel(data, PROVINCE, definitions);
    try {
      return await work(local);
    } finally {
      local.close();
    }
  };
  const settled = async (): Promise<Spent> => {
    const host = await startHost({ deployment, definitions, data, port: 0, sink: (line) => process.stderr.write(`${line}\n`), level: 'warn' });
    try {
      return await spentOn(() => host.settle());
    } finally {
      await host.close();
    }
  };
  try {
    await opened(async ({ kernel, project }) => {
      await registerInstitutions(kernel, plan);
      await importRound(kernel, join(folder.path, 'before.csv'), { ...plan, year: plan.year - 1 }, true);
      await project();
    });
    await settled();
    const before = await opened(({ kernel }) => commitsOf(kernel));
    const [imported, views, between] = await opened(async ({ kernel, project }) => [
      await importRound(kernel, join(folder.path, 'round.csv'), plan, false),
      await spentOn(() => project()),
      await commitsOf(kernel),
    ]);
    const settle = await settled();
    const after = await opened(async ({ kernel }) => {
      await checkConsequences(kernel, plan);
      return commitsOf(kernel);
    });
    return {
      results: plan.institutions * plan.items,
      imported: between - before,
      followed: after - between,
      spent: { import: imported, views, settle, whole: sumOf([imported, views, settle]) },
    };
  } finally {
    folder.remove();
  }
}

const sumOf = (spent: readonly Spent[]): Spent => spent.reduce((sum, { elapsed, busy }) => ({ elapsed: sum.elapsed + elapsed, busy: sum.busy + busy }));

async function spentOn(work: () => Promise<unknown>): Promise<Spent> {
  const before = process.cpuUsage();
  const began = performance.now();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { elapsed: (performance.now() - began) / 1000, busy: user + system };
}

/** Throws unless every line was accepted. */
async function importRound(kernel: Kernel, file: string, plan: RoundPlan, history: boolean): Promise<Spent> {
  const actor = actorFrom({ agency: PROVIDER, kind: 'provider', division: PROVINCE, person: 'import', roles: ['clerk'] }, kernel.keyRing);
  if ('refused' in actor) throw new Error(actor.detail);
  writeRound(file, plan);
  const report = new Report();
  const spent = await spentOn(async () => importResults(kernel, await openResults(await openSource(file)), { actor, history, dry: false }, report));
  if (report.accepted !== plan.institutions * plan.items) throw new Error(`${report.accepted} of ${plan.institutions * plan.items} results were accepted`);
  return spent;
}

/** Commits of the whole ledger: its feed numbers them. */
const commitsOf = async ({ ledger }: Kernel): Promise<number> => Number(await ledger.feedFrom('9999-12-31'));

/** Throws unless all that must follow from the round stands in the views. */
async function checkConsequences({ views }: Kernel, plan: RoundPlan): Promise<void> {
  const { warned, failed, again } = outcomesOf(plan);
  const counted = async (prefix: string) => (await views.counters(prefix)).reduce((sum, { value }) => sum + value, 0);
  // To the institution, its bureau and the registrar; what is drawn up, to the bureau. No deadline begins before an officer orders.
  const expected = { notices: 3 * (warned + failed) + again, entries: failed };
  const found = { notices: await counted('notifications/sent/'), entries: await counted('integrity/standing/institution') };
  if (JSON.stringify(found) !== JSON.stringify(expected)) throw new Error(`${JSON.stringify(found)} followed, and should ${JSON.stringify(expected)}`);
}
