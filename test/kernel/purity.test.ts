import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const FUNCTIONS = fileURLToPath(new URL('../../functions/', import.meta.url));

/** What a rule may not ask: the clock, chance, the machine, the network. A hash is a function of its input. */
const IMPURE: readonly RegExp[] = [
  /\bDate\s*\.\s*now\b/,
  /\bnew\s+Date\s*\(\s*\)/,
  /\bMath\s*\.\s*random\b/,
  /\brandom(?:Bytes|UUID)\b/,
  /\bperformance\b/,
  /\bprocess\s*\./,
  /\bfetch\s*\(/,
  /\bset(?:Timeout|Interval|Immediate)\b/,
  /(?<!\{ hash \} )\bfrom\s+['"]node:/,
  /\bawait\b/,
];
const impurities = (text: string): readonly string[] => IMPURE.flatMap((pattern) => pattern.exec(text)?.[0] ?? []);

/** Rules: files of a context that are no query, no schedule and no dispatch, which read views or send. */
const rules = readdirSync(FUNCTIONS, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !/^kernel\//.test(file) && !/\/(?:queries|schedules|dispatches)\//.test(file),
);

describe('a rule is a pure function: no clock, no chance, no input or output', () => {
  test.each(rules)('%s', (file) => {
    expect(impurities(readFileSync(`${FUNCTIONS}${file}`, 'utf8'))).toEqual([]);
  });

  test('commands, reactions and aggregates are looked at', () => {
    for (const part of ['interference/commands/', 'sanctions/reactions/', 'interference/record.ts', 'policy/'])
      expect(rules.some((file) => file.startsWith(part))).toBe(true);
  });

  test.each(['Date.now()', 'new Date()', 'Math.random()', "import { x } from 'node:fs';", 'process.env.X', 'await x', 'fetch (url)'])('%s is found', (text) => {
    expect(impurities(`const a = 1;\n${text}\n`)).toHaveLength(1);
  });
});
