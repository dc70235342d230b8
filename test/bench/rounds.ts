/** How long, how often, and over how much a benchmark measures. */
export interface Effort {
  /** Length of one sample. */
  readonly seconds: number;
  /** Samples of each line, after one that only warms up. */
  readonly rounds: number;
  /** Events of the stream that is folded. */
  readonly events: number;
  /** Acts of each simulated seed beside the setup. */
  readonly acts: number;
  /** Institutions of the whole country, in a round of proficiency testing. */
  readonly institutions: number;
}

/** What was measured, once a round; rounds of lines that are compared lie beside each other. */
export interface Line {
  /** `<measure>/<what>/…`, stable over versions. */
  readonly name: string;
  readonly unit: 'per second' | 'per minute' | 'µs' | 'ms' | 'KB' | 'ratio' | 'requests' | 'units' | 'commits';
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Sample of one round: a value for each line. */
export type Samples = Readonly<Record<string, number>>;

/** All lines of a measure, sampled in turn in each round, the first of which only warms up. */
export async function inRounds(rounds: number, sample: () => Promise<Samples>): Promise<readonly Samples[]> {
  await sample();
  const found: Samples[] = [];
  for (let round = 0; round < rounds; round += 1) found.push(await sample());
  return found;
}

/** Throws where there is no sample. */
export function lineOf(name: string, unit: Line['unit'], values: readonly number[]): Line {
  const sorted = [...values].sort((a, b) => a - b);
  const [min, max] = [sorted[0], sorted.at(-1)];
  if (min === undefined || max === undefined) throw new RangeError(`${name}: no sample`);
  const middle = (sorted.length - 1) / 2;
  const median = ((sorted[Math.floor(middle)] as number) + (sorted[Math.ceil(middle)] as number)) / 2;
  return { name, unit, median, min, max };
}

/** The value below which such a share of them lies. Throws where there is none. */
export function quantile(values: readonly number[], share: number): number {
  const found = [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];
  if (found === undefined) throw new RangeError('no value');
  return found;
}

/** A line of each value that the rounds sampled, in their order. */
export const linesOf = (measure: string, samples: readonly Samples[], unit: (name: string) => Line['unit']): readonly Line[] =>
  Object.keys(samples[0] ?? {}).map((name) =>
    lineOf(
      `${measure}/${name}`,
      unit(name),
      samples.map((sample) => sample[name] as number),
    ),
  );

/** Calls for at least so long, at least once; microseconds a call. */
export async function perCall(seconds: number, work: () => unknown): Promise<number> {
  const began = performance.now();
  const end = began + seconds * 1000;
  for (let calls = 1; ; calls += 1) {
    const answer = work();
    if (answer instanceof Promise) await answer;
    const now = performance.now();
    if (now >= end) return ((now - began) * 1000) / calls;
  }
}
