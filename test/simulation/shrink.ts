import { FAULTS, type Fault } from './faults.ts';
import { type RunOptions, type RunResult, run } from './run.ts';

export interface Shrunk {
  readonly faults: readonly Fault[];
  readonly only: readonly number[];
  readonly result: RunResult;
  readonly runs: number;
}

/** The kinds of faults and the acts without which a seed no longer fails; at most `budget` runs. Chance answers by name, so what stays meets the same fate. */
export async function shrink(options: RunOptions, first: RunResult, budget = 120): Promise<Shrunk> {
  let runs = 0;
  let faults = [...(options.faults ?? FAULTS)];
  let only = first.acts.map(({ index }) => index);
  let result = first;
  const fails = async (withFaults: readonly Fault[], acts: readonly number[]): Promise<boolean> => {
    if (runs >= budget) return false;
    runs += 1;
    const tried = await run({ ...options, faults: withFaults, only: new Set(acts) });
    if (tried.faults.length === 0) return false;
    result = tried;
    return true;
  };
  for (const fault of [...faults]) {
    const fewer = faults.filter((each) => each !== fault);
    if (await fails(fewer, only)) faults = fewer;
  }
  for (let size = Math.ceil(only.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < only.length; ) {
      const fewer = [...only.slice(0, at), ...only.slice(at + size)];
      if (await fails(faults, fewer)) only = fewer;
      else at += size;
    }
  }
  return { faults, only, result, runs };
}
