import { describe, expect, test } from 'vitest';
import { progressLine, progressOn } from '../../../../infra/local/import/progress.ts';

const step = { read: 420, size: 1000, lines: 25_012, refused: 3 };

describe('the progress of an import', () => {
  test('tells the share of the bytes, lines, rate and refusals, with a bar where there is room', () => {
    expect(progressLine(step, 10, 80)).toBe('[#############-----------------]  42 %  25,012 lines  2,501/s  3 refused');
    expect(progressLine({ ...step, read: 1000 }, 10, 80)).toContain('#] 100 %');
    expect(progressLine({ ...step, read: 0, lines: 0 }, 0, 80)).toContain('0 lines  0/s');
  });

  test.each([1, 20, 40, 50, 60, 79, 200])('is never wider than %d cells', (width) => {
    expect(progressLine(step, 10, width).length).toBeLessThanOrEqual(width);
  });

  test('is one line, redrawn at most ten times a second within the terminal’s width, and gone at the end', () => {
    const written: string[] = [];
    let now = 0;
    const progress = progressOn({ isTTY: true, columns: 30, write: (text) => written.push(text) }, () => now);
    for (; now < 1000; now += 10) progress.tell(step);
    expect(written).toHaveLength(10);
    progress.say('x'.repeat(100));
    progress.clear();
    for (const text of written) {
      expect(text.startsWith('\r') && text.endsWith('\x1b[K') && !text.includes('\n')).toBe(true);
      expect(text.length - '\r\x1b[K'.length).toBeLessThan(30);
    }
    expect(written.at(-1)).toBe('\r\x1b[K');
  });

  test('writes nothing where there is no terminal', () => {
    const written: string[] = [];
    const progress = progressOn({ isTTY: false, write: (text) => written.push(text) });
    progress.tell(step);
    progress.say('x');
    progress.clear();
    expect(written).toEqual([]);
  });
});
