import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { drawn, markdownTable, TABLES } from './tables.ts';

const textOf = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

test.each(TABLES)('$file: the table “$name” is what the code decides by; else: npm run tables -- --write', (table) => {
  const text = textOf(table.file);
  expect(drawn(text, table)).toBe(text);
});

describe('a drawn table', () => {
  const table = { file: 'made.md', name: 'made', markdown: () => markdownTable(['a', 'b'], [['1', 'x|y']]) };

  test('replaces what stood in its place, and nothing around it', () => {
    const text = 'before\n<!-- table: made -->\nold\n<!-- end: made -->\nafter $1\n';
    expect(drawn(text, table)).toBe('before\n<!-- table: made -->\n\n| a | b |\n| --- | --- |\n| 1 | x\\|y |\n\n<!-- end: made -->\nafter $1\n');
    expect(drawn(drawn(text, table), table)).toBe(drawn(text, table));
  });

  test('needs its place', () => {
    expect(() => drawn('<!-- table: other --><!-- end: other -->', table)).toThrow('made.md: no place for the table “made”');
  });
});
