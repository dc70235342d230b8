import type { Definitions } from '../../functions/kernel/definitions.ts';
import { FAULTS, type Fault } from '../simulation/faults.ts';
import { run } from '../simulation/run.ts';
import { type Effort, inRounds, type Line, lineOf } from './rounds.ts';

/** Runs of the simulation, judged, with all faults and with none: agencies' commands accepted, commits of whatever cause, seeds. */
export async function measureSimulation(definitions: Definitions, { rounds, ...effort }: Effort): Promise<readonly Line[]> {
  const samples = await inRounds(rounds, async () => ({
    ...(await seeds(definitions, effort, 'all-faults', FAULTS)),
    ...(await seeds(definitions, effort, 'no-faults', [])),
  }));
  return Object.keys(samples[0] ?? {}).map((name) =>
    lineOf(
      `simulation/${name}`,
      name.endsWith('/seeds') ? 'per minute' : 'per second',
      samples.map((sample) => sample[name as keyof typeof sample] as number),
    ),
  );
}

async function seeds(
  definitions: Definitions,
  { seconds, acts }: Pick<Effort, 'seconds' | 'acts'>,
  name: string,
  faults: readonly Fault[],
): Promise<Record<string, number>> {
  const began = performance.now();
  let [seed, accepted, commits, elapsed] = [0, 0, 0, 0];
  do {
    seed += 1;
    const result = await run({ seed, definitions, commands: acts, faults });
    if (result.faults.length > 0) throw new Error(`seed ${seed} fails: ${result.faults.join('\n')}`);
    accepted += result.accepted;
    commits += result.commits;
    elapsed = (performance.now() - began) / 1000;
  } while (elapsed < seconds);
  return { [`${name}/commands`]: accepted / elapsed, [`${name}/commits`]: commits / elapsed, [`${name}/seeds`]: (seed / elapsed) * 60 };
}
