import type { Definitions } from '../../functions/kernel/definitions.ts';
import { makeKeyRing } from '../../functions/kernel/seal.ts';
import type { Bug } from './bugs.ts';
import { Chance } from './chance.ts';
import { FAULTS, type Fault } from './faults.ts';
import { type Act, makeHistory } from './history.ts';
import { MemoryDataKeyStore } from './memory-data-keys.ts';
import { judge } from './oracle.ts';
import { Endless } from './scheduler.ts';
import { MASTER, World } from './world.ts';

export interface RunOptions {
  readonly seed: number;
  readonly definitions: Definitions;
  /** Acts beside the setup. */
  readonly commands: number;
  readonly faults?: readonly Fault[];
  readonly bug?: Bug;
  /** Only these acts of the history, by index; the setup always. */
  readonly only?: ReadonlySet<number>;
}

export interface RunResult {
  readonly faults: readonly string[];
  /** Acts played beside the setup. */
  readonly acts: readonly Act[];
  readonly accepted: number;
  readonly commits: number;
  /** Awaits of ports and deliveries. */
  readonly steps: number;
  /** As the run left it. */
  readonly world: World;
}

/** Steps beyond which a run is said to go on for ever. */
const BUDGET = 400_000;
/** Two weeks before the National Day holiday of 2026, so that a month of work runs into it. */
const START = '2026-09-18T01:00:00.000Z';

/** One run of one seed, judged. */
export async function run({ seed, definitions, commands, faults = FAULTS, bug, only }: RunOptions): Promise<RunResult> {
  const world = new World({ seed, definitions, faults: new Set(faults), start: START, ...(bug ? { bug } : {}) });
  const keyRing = makeKeyRing({ dataKeys: new MemoryDataKeyStore(), master: MASTER });
  const history = makeHistory(new Chance(seed), keyRing, commands);
  const lanes = history.lanes.map((lane) => (only ? lane.filter(({ index }) => only.has(index)) : lane)).filter((lane) => lane.length > 0);
  const acts = lanes.flat().flatMap((act) => [act, ...(act.rival ? [act.rival] : [])]);
  let found: readonly string[];
  try {
    await world.play(history.setup, lanes, BUDGET);
    found = await judge(world, [...history.setup, ...acts], definitions, history.marks);
  } catch (error) {
    found = [error instanceof Endless ? `it goes on for ever: ${error.message}` : `it broke: ${error instanceof Error ? error.stack : String(error)}`];
  }
  const accepted = [...world.answers].filter(([, { status }]) => status === 200 || status === 201).length;
  return { faults: found, acts, accepted, commits: world.ledger.stream(0, Number.MAX_SAFE_INTEGER).length, steps: world.scheduler.done, world };
}
