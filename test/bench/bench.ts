import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Definitions } from '../../functions/kernel/definitions.ts';
import { loadDefinitions } from '../../infra/local/load-definitions.ts';
import { openBareFile } from './bare-file.ts';
import { benchFolder } from './bench-province.ts';
import { measureCommands } from './commands.ts';
import { measureFold } from './fold.ts';
import { measureParts } from './parts.ts';
import type { Effort, Line } from './rounds.ts';
import { measureSimulation } from './simulation.ts';

const MEASURES: Readonly<Record<string, (definitions: Definitions, effort: Effort) => Promise<readonly Line[]>>> = {
  commands: measureCommands,
  simulation: measureSimulation,
  fold: measureFold,
  parts: measureParts,
};

const USUAL: Effort = { seconds: 0.5, rounds: 5, events: 10_000, acts: 40 };

/** Everything that one run found out. Figures of two runs are no ratio: compare within one. */
export interface Report {
  readonly machine: { readonly cores: number; readonly processor: string; readonly node: string; readonly sqlite: string; readonly settings: string };
  readonly effort: Effort;
  readonly lines: readonly Line[];
}

/** Throws RangeError for a name that is no measure. */
export async function bench(names: readonly string[], effort: Partial<Effort>, tell: (line: string) => void): Promise<Report> {
  const chosen = names.length > 0 ? names : Object.keys(MEASURES);
  const unknown = chosen.find((name) => !Object.hasOwn(MEASURES, name));
  if (unknown !== undefined) throw new RangeError(`${unknown} is none of ${Object.keys(MEASURES).join(', ')}`);
  const whole = { ...USUAL, ...effort };
  const definitions = await loadDefinitions();
  const machine = machineOf();
  tell(`${machine.cores} cores · ${machine.processor} · Node ${machine.node} · SQLite ${machine.sqlite} · ${machine.settings}`);
  tell(`median (min – max) of ${whole.rounds} rounds of ${whole.seconds} s`);
  const lines: Line[] = [];
  for (const name of chosen) {
    tell('');
    for (const line of (await MEASURES[name]?.(definitions, whole)) ?? []) {
      lines.push(line);
      tell(printed(line));
    }
  }
  return { machine, effort: whole, lines };
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

if (import.meta.main) {
  const { values } = parseArgs({ options: { json: { type: 'boolean' }, only: { type: 'string' }, seconds: { type: 'string' } } });
  const seconds = values.seconds === undefined ? USUAL.seconds : Number(values.seconds);
  if (!(seconds > 0)) throw new RangeError('--seconds takes a number above 0: the length of one sample');
  const report = await bench(values.only?.split(',') ?? [], { seconds }, values.json ? () => undefined : console.log);
  if (values.json) console.log(JSON.stringify(report, null, 2));
}
