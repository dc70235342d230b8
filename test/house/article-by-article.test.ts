import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

const ROOT = join(import.meta.dirname, '../..');
const CONTEXT = 'functions/interference';
const README = readFileSync(join(ROOT, CONTEXT, 'README.md'), 'utf8');

interface Line {
  readonly article: string;
  readonly files: readonly string[];
  readonly scenarios: readonly string[];
}

const named = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? '');

/** The table of the README's first section (逐条对照). */
const table: readonly Line[] = (/## Article by article[\s\S]*?(?=\n## )/.exec(README)?.[0] ?? '')
  .split('\n')
  .filter((line) => /^\| (第|附件|印发)/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, article = '', , files = '', scenarios = '']) => ({ article, files: named(files), scenarios: named(scenarios) }));

const pathOf = (file: string): string => join(ROOT, file.startsWith('functions/') ? file : `${CONTEXT}/${file}`);
/** Neither is a rule that somebody could break in a story. */
const WITHOUT_STORY = ['第一条、第二条', '第十二条'];

describe('the provisions, article by article', () => {
  test('no article of the twelve, nor the annex, nor the notice that issued them, is missing', () => {
    const told = table.map(({ article }) => article).join('、');
    for (const number of ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二']) expect(told).toMatch(new RegExp(`第${number}条`));
    for (const item of ['一', '二', '三', '四', '五']) expect(told).toContain(`第八条第（${item}）项`);
    for (const other of ['第五条第一款', '第五条第二款', '第五条第三款', '第八条第二款', '附件', '印发通知']) expect(told).toContain(other);
  });

  test.each(table)('$article: its files are there', ({ files }) => {
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) expect(existsSync(pathOf(file)), file).toBe(true);
  });

  test.each(table.filter(({ article }) => !WITHOUT_STORY.includes(article)))('$article: its stories cite it', ({ article, scenarios }) => {
    expect(scenarios.length).toBeGreaterThan(0);
    const number = /^第[一二三四五六七八九十]+条/.exec(article)?.[0] ?? article;
    const basis = scenarios.map((name) => parse(readFileSync(join(ROOT, 'test/scenarios', name), 'utf8')).依据 as string);
    expect(basis.filter((cited) => cited.includes(number)).length, basis.join('\n')).toBeGreaterThan(0);
  });
});
