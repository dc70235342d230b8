import type { Definitions } from '../../functions/kernel/definitions.ts';
import { FAULTS, type Fault } from '../simulation/faults.ts';
import { run } from '../simulation/run.ts';
import { type Effort, inRounds, type Line, linesOf } from './rounds.ts';

const UNITS: Readonly<Record<string, Line['unit']>> = { seeds: 'per minute', 'process-time-of-a-seed': 'ms' };

/** Runs of the simulation, judged, with all faults and with none: agencies' commands accepted, commits of whatever cause, seeds. */
export async function measureSimulation(definitions: Definitions, { rounds, ...effort }: Effort): Promise<readonly Line[]> {
  const samples = await inRounds(rounds, async () => ({
    ...(await seeds(definitions, effort, 'all-faults', FAULTS)),
    ...(await seeds(definitions, effort, 'no-faults', [])),
  }));
  return linesOf('simulation', samples, (name) => UNITS[name.split('/')[1] ?? ''] ?? 'per second');
}

async function seeds(
  definitions: Definitions,
  { seconds, acts }: Pick<Effort, 'seconds' | 'acts'>,
  name: string,
  faults: readonly Fault[],
): Promise<Record<string, number>> {
  const began = performance.now();
  const before = process.cpuUsage();
  let [seed, accepted, commits, elapsed] = [0, 0, 0, 0];
  do {
    seed += 1;
    const result = await run({ seed, definitions, commands: acts, faults });
    if (result.faults.length > 0) throw new Error(`seed ${seed} fails: ${result.faults.join('\n')}`);
    accepted += result.accepted;
    commits += result.commits;
    elapsed = (performance.now() - began) / 1000;
  } while (elapsed < seconds);
  const { user, system } = process.cpuUsage(before);
  return {
    [`${name}/process-time-of-a-seed`]: (user + system) / 1000 / seed,
    [`${name}/commands`]: accepted / elapsed,
    [`${name}/commits`]: commits / elapsed,
    [`${name}/seeds`]: (seed / elapsed) * 60,
  };
}
