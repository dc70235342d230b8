import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkUscc } from '../../functions/kernel/codes/uscc.ts';
import { outcomesOf, roundLines, writeRound } from './national-round.ts';

const plan = { institutions: 50, items: 20, year: 2025 };
const lines = [...roundLines(plan)].slice(1).map((line) => line.split(','));

test('a national round has each made institution once in each item, every code sound', () => {
  expect(new Set(lines.map(([institution, item]) => `${institution} ${item}`)).size).toBe(plan.institutions * plan.items);
  for (const [institution = ''] of lines) expect(checkUscc(institution)).toBeUndefined();
});

test('each item meets every kind of result', () => {
  const kinds = Map.groupBy(lines, ([, item]) => item);
  for (const of of kinds.values()) expect(new Set(of.map((cells) => cells.slice(3, 6).join())).size).toBe(10);
});

test('6 of 100 results are warned, 6 failed, and of these a third failed the year before', () => {
  expect(outcomesOf(plan)).toEqual({ warned: 60, failed: 60, again: 20 });
});

test('is written as a spreadsheet exports it: marked, its lines ended by CRLF', () => {
  const folder = mkdtempSync(join(tmpdir(), 'national-round-'));
  writeRound(join(folder, 'round.csv'), plan);
  const text = readFileSync(join(folder, 'round.csv'), 'utf8');
  rmSync(folder, { recursive: true });
  expect(text).toBe(`\ufeff${[...roundLines(plan)].map((line) => `${line}\r\n`).join('')}`);
});
