import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { loadDefinitions } from '../../infra/local/load-definitions.ts';
import { FAULTS, type Fault } from './faults.ts';
import { type RunOptions, run } from './run.ts';
import { shrink } from './shrink.ts';

const USAGE = `npm run simulate -- [--seeds N] [--from S] [--commands K] [--seconds T] [--faults a,b | none] [--only 12,13] [--workers W]
  --seeds N     how many seeds (default 100)      --from S      the first of them (default 1)
  --commands K  acts a history (default 40)       --seconds T   begin no further seed after T seconds
  --faults      only these of: ${FAULTS.join(', ')}
  --only        only these acts of the history, by number`;

interface Plan {
  readonly from: number;
  readonly seeds: number;
  readonly commands: number;
  readonly seconds: number;
  readonly faults: readonly Fault[];
  readonly only: readonly number[] | undefined;
  readonly worker: number;
  readonly workers: number;
}

interface Told {
  readonly seed: number;
  readonly failed: boolean;
  readonly accepted: number;
  readonly commits: number;
  readonly met: ReadonlyMap<Fault, number>;
  readonly report?: string;
}

if (isMainThread) await lead();
else await work(workerData as Plan);

async function lead(): Promise<void> {
  const plan = planOf();
  const began = performance.now();
  const sum = { seeds: 0, failed: 0, accepted: 0, commits: 0 };
  const met = new Map<Fault, number>();
  const seconds = () => (performance.now() - began) / 1000;
  const workers = Array.from({ length: plan.workers }, (_, worker) => new Worker(new URL(import.meta.url), { workerData: { ...plan, worker } satisfies Plan }));
  await Promise.all(
    workers.map(
      (worker) =>
        new Promise<void>((resolve, reject) => {
          worker.on('message', (told: Told) => {
            sum.seeds += 1;
            sum.failed += told.failed ? 1 : 0;
            sum.accepted += told.accepted;
            sum.commits += told.commits;
            for (const [fault, times] of told.met) met.set(fault, (met.get(fault) ?? 0) + times);
            if (told.report) console.log(told.report);
            if (sum.seeds % 250 === 0) console.log(`${sum.seeds} seeds, ${sum.failed} failed, ${Math.round(seconds())} s`);
          });
          worker.on('error', reject);
          worker.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a worker ended with ${code} before its seeds were played`))));
        }),
    ),
  );
  const minutes = seconds() / 60;
  console.log(
    `${sum.seeds} seeds, ${sum.failed} failed; ${sum.accepted} commands accepted, ${sum.commits} commits; ` +
      `${Math.round(sum.seeds / minutes)} seeds a minute, ${Math.round(sum.accepted / minutes / 60)} commands a second, ${plan.workers} workers`,
  );
  console.log(`befell: ${[...met].map(([fault, times]) => `${fault} ${times}`).join(', ') || 'nothing'}`);
  process.exitCode = sum.failed > 0 ? 1 : 0;
}

async function work(plan: Plan): Promise<void> {
  const definitions = await loadDefinitions();
  const began = performance.now();
  for (let seed = plan.from + plan.worker; seed < plan.from + plan.seeds; seed += plan.workers) {
    if ((performance.now() - began) / 1000 > plan.seconds) return;
    const options: RunOptions = { seed, definitions, commands: plan.commands, faults: plan.faults, ...(plan.only ? { only: new Set(plan.only) } : {}) };
    const result = await run(options);
    const failed = result.faults.length > 0;
    parentPort?.postMessage({
      seed,
      failed,
      accepted: result.accepted,
      commits: result.commits,
      met: result.world.met,
      ...(failed ? { report: await report(options, result) } : {}),
    } satisfies Told);
  }
}

/** What failed, the shortest history that still does, and the command that plays it again. */
async function report(options: RunOptions, first: Awaited<ReturnType<typeof run>>): Promise<string> {
  const { faults, only, result, runs } = await shrink(options, first);
  const acts = result.acts.map(({ index, command, pause, input }) => `  ${index}  +${pause / 1000} s  ${command}  ${JSON.stringify(input).slice(0, 200)}`);
  return [
    `seed ${options.seed} fails (${result.acts.length} acts after ${runs} runs of shrinking; at first: ${first.faults[0]}):`,
    ...acts,
    ...result.faults.slice(0, 3).map((fault) => `  ✗ ${fault}`),
    `  again: npm run simulate -- --seeds 1 --from ${options.seed} --commands ${options.commands} --faults ${faults.join(',') || 'none'} --only ${only.join(',')}`,
  ].join('\n');
}

function planOf(): Omit<Plan, 'worker'> {
  try {
    const { values } = parseArgs({
      options: Object.fromEntries(['seeds', 'from', 'commands', 'seconds', 'faults', 'only', 'workers'].map((name) => [name, { type: 'string' }])) as Record<
        string,
        { type: 'string' }
      >,
    });
    const number = (name: string, fallback: number, least = 0) => {
      const value = values[name] === undefined ? fallback : Number(values[name]);
      if (!(value >= least)) throw new Error(`--${name} takes a number from ${least}`);
      return value;
    };
    const seeds = number('seeds', 100, 1);
    return {
      seeds,
      from: number('from', 1),
      commands: number('commands', 40, 1),
      seconds: number('seconds', Number.POSITIVE_INFINITY),
      workers: Math.min(seeds, number('workers', availableParallelism(), 1)),
      faults: faultsOf(values.faults),
      only: values.only === undefined ? undefined : values.only.split(',').map(Number),
    };
  } catch (error) {
    console.error(`${(error as Error).message}\n${USAGE}`);
    process.exit(2);
  }
}

function faultsOf(text: string | undefined): readonly Fault[] {
  if (text === undefined) return FAULTS;
  if (text === 'none') return [];
  const unknown = text.split(',').find((each) => !FAULTS.includes(each as Fault));
  if (unknown !== undefined) throw new Error(`no fault is called ${unknown}`);
  return text.split(',') as Fault[];
}
