import { stringify } from 'yaml';

const linesOf = (value: unknown): string[] => stringify(value, { lineWidth: 0 }).trimEnd().split('\n');

/** Longest common lines of the two from each place on. */
function common(a: readonly string[], b: readonly string[]): number[][] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      (lengths[i] as number[])[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  return lengths;
}

/** Two values as lines of YAML: `-` was expected (应为), `+` was found (实为), the rest stands in both. */
export function difference(expected: unknown, found: unknown): string {
  const a = linesOf(expected);
  const b = linesOf(found);
  const lengths = common(a, b);
  const told: string[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      told.push(`  ${a[i]}`);
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && (lengths[i + 1]?.[j] ?? 0) >= (lengths[i]?.[j + 1] ?? 0))) {
      told.push(`- ${a[i]}`);
      i += 1;
    } else {
      told.push(`+ ${b[j]}`);
      j += 1;
    }
  }
  return told.join('\n');
}
