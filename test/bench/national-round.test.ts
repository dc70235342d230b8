import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkUscc } from '../../functions/kernel/codes/uscc.ts';
import { roundLines, writeRound } from './national-round.ts';

const plan = { institutions: 40, items: 20, year: 2025 };
const lines = [...roundLines(plan)].slice(1).map((line) => line.split(','));

test('a national round has each made institution once in each item, every code sound', () => {
  expect(new Set(lines.map(([institution, item]) => `${institution} ${item}`)).size).toBe(plan.institutions * plan.items);
  for (const [institution = ''] of lines) expect(checkUscc(institution)).toBeUndefined();
});

test('each item meets every kind of result', () => {
  const kinds = Map.groupBy(lines, ([, item]) => item);
  for (const of of kinds.values()) expect(new Set(of.map((cells) => cells.slice(3, 6).join())).size).toBe(8);
});

test('is written as a spreadsheet exports it: marked, its lines ended by CRLF', () => {
  const folder = mkdtempSync(join(tmpdir(), 'national-round-'));
  writeRound(join(folder, 'round.csv'), plan);
  const text = readFileSync(join(folder, 'round.csv'), 'utf8');
  rmSync(folder, { recursive: true });
  expect(text).toBe(`\ufeff${[...roundLines(plan)].map((line) => `${line}\r\n`).join('')}`);
});
