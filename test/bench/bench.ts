import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Definitions } from '../../functions/kernel/definitions.ts';
import { cannotRun } from '../../infra/local/aws/dynamodb-local.ts';
import { loadDefinitions } from '../../infra/local/load-definitions.ts';
import { openBareFile } from './bare-file.ts';
import { benchFolder } from './bench-province.ts';
import { measureBundles } from './bundles.ts';
import { measureCommands } from './commands.ts';
import { measureDynamoDb } from './dynamodb.ts';
import { measureFold } from './fold.ts';
import { measureHttp } from './http.ts';
import { measureLanes } from './lanes.ts';
import { measureLatency } from './latency.ts';
import { measureParts } from './parts.ts';
import { measureRoster } from './roster.ts';
import { measureRound } from './round.ts';
import type { Effort, Line } from './rounds.ts';
import { LIFTED } from './served.ts';
import { measureSimulation } from './simulation.ts';

const MEASURES: Readonly<Record<string, (definitions: Definitions, effort: Effort) => Promise<readonly Line[]>>> = {
  commands: measureCommands,
  simulation: measureSimulation,
  fold: measureFold,
  parts: measureParts,
  bundles: measureBundles,
  http: measureHttp,
  latency: measureLatency,
  round: measureRound,
  roster: measureRoster,
  lanes: measureLanes,
  dynamodb: measureDynamoDb,
};

/** What keeps a measure from being taken here, by measure. */
const OBSTACLES: Readonly<Record<string, () => string | undefined>> = { dynamodb: cannotRun };

/** Lines that are one sample, by measure. */
const ONCE: Readonly<Record<string, string>> = { round: 'round/many is one sample, and the ratio to it with it' };

/** What was changed for a measure, where that is anything. */
const CHANGED: Readonly<Record<string, string>> = Object.fromEntries(
  ['http', 'latency', 'dynamodb'].map((name) => [name, `${name}: the deployed host but for its throttle, which is ${LIFTED.rate} requests a second here`]),
);

const USUAL: Effort = { seconds: 0.5, rounds: 5, events: 10_000, acts: 40, institutions: 3_000 };

/** Everything that one run found out. Figures of two runs are no ratio: compare within one. */
export interface Report {
  readonly machine: { readonly cores: number; readonly processor: string; readonly node: string; readonly sqlite: string; readonly settings: string };
  readonly effort: Effort;
  /** What differs from the deployment, by measure. */
  readonly changed: Readonly<Record<string, string>>;
  /** Why a measure was not taken, by measure. */
  readonly skipped: Readonly<Record<string, string>>;
  readonly lines: readonly Line[];
}

/** Throws RangeError for a name that is no measure. */
export async function bench(names: readonly string[], effort: Partial<Effort>, tell: (line: string) => void): Promise<Report> {
  const chosen = names.length > 0 ? known(names) : Object.keys(MEASURES);
  const whole = { ...USUAL, ...effort };
  const definitions = await loadDefinitions();
  const machine = machineOf();
  tell(`${machine.cores} cores · ${machine.processor} · Node ${machine.node} · SQLite ${machine.sqlite} · ${machine.settings}`);
  tell(`median (min – max) of ${whole.rounds} rounds of ${whole.seconds} s`);
  const lines: Line[] = [];
  const skipped: Record<string, string> = {};
  for (const name of chosen) {
    tell('');
    const obstacle = OBSTACLES[name]?.();
    if (obstacle !== undefined) {
      skipped[name] = obstacle;
      tell(`${name}: skipped, since ${obstacle}`);
      continue;
    }
    for (const heading of [CHANGED[name], ONCE[name]]) if (heading !== undefined) tell(heading);
    for (const line of (await MEASURES[name]?.(definitions, whole)) ?? []) {
      lines.push(line);
      tell(printed(line));
    }
  }
  return { machine, effort: whole, changed: Object.fromEntries(Object.entries(CHANGED).filter(([name]) => chosen.includes(name))), skipped, lines };
}

function known(names: readonly string[]): readonly string[] {
  const unknown = names.find((name) => !Object.hasOwn(MEASURES, name));
  if (unknown !== undefined) throw new RangeError(`${unknown} is none of ${Object.keys(MEASURES).join(', ')}`);
  return names;
}

function machineOf(): Report['machine'] {
  const folder = benchFolder();
  const { settings, close } = openBareFile(join(folder.path, 'settings.sqlite'));
  close();
  folder.remove();
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    node: process.versions.node,
    sqlite: process.versions.sqlite ?? 'unknown',
    settings,
  };
}

const figure = (value: number): string => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3));
const printed = ({ name, unit, median, min, max }: Line): string =>
  `${name.padEnd(48)}${figure(median).padStart(9)} ${unit.padEnd(10)}  (${figure(min)} – ${figure(max)})`;

const USAGE = `node test/bench/bench.ts [--json] [--only ${Object.keys(MEASURES).join(',')}] [--seconds <length of one sample>]`;

function planOf(): { json: boolean; only: readonly string[]; seconds: number } {
  try {
    const { values } = parseArgs({ options: { json: { type: 'boolean' }, only: { type: 'string' }, seconds: { type: 'string' } } });
    const seconds = Number(values.seconds ?? USUAL.seconds);
    if (!(seconds > 0)) throw new RangeError('--seconds takes a number above 0');
    return { json: values.json ?? false, only: known(values.only?.split(',') ?? []), seconds };
  } catch (error) {
    console.error(`${(error as Error).message}\n${USAGE}`);
    process.exit(2);
  }
}

if (import.meta.main) {
  const { json, only, seconds } = planOf();
  const report = await bench(only, { seconds }, json ? () => undefined : console.log);
  if (json) console.log(JSON.stringify(report, null, 2));
}
