import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { PRINTED, Report } from '../../../../infra/local/import/report.ts';

const folder = mkdtempSync(join(tmpdir(), 'import-report-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the report of an import', () => {
  test('prints so many refusals, says how many more there are, and the sum', () => {
    const report = new Report();
    report.done('accepted');
    report.done('known');
    for (let line = 1; line <= PRINTED; line += 1) report.refuse(line, '虚构');
    expect(report.lines()).toHaveLength(PRINTED + 1);
    report.refuse(PRINTED + 1, '虚构');
    const lines = report.lines({ dry: true });
    expect([lines[0], ...lines.slice(-2)]).toEqual(['line 1: 虚构', '… and 1 more', '1 would be accepted, 1 imported before, 51 refused']);
  });

  test('writes every refusal into a new file, and never over one', () => {
    const file = join(folder, 'refused.csv');
    const report = new Report(file);
    for (let line = 1; line <= PRINTED + 1; line += 1) report.refuse(line, line === 2 ? '有"引号"' : '虚构');
    report.close();
    const lines = readFileSync(file, 'utf8').split('\r\n');
    expect(lines.slice(0, 3)).toEqual(['\ufeff行号,原因', '1,"虚构"', '2,"有""引号"""']);
    expect(lines).toHaveLength(PRINTED + 3);
    expect(() => new Report(file)).toThrow('EEXIST');
  });

  test('bounds a reason', () => {
    const report = new Report();
    report.refuse(1, '虚'.repeat(10_000));
    expect(report.lines()[0]?.length).toBeLessThan(500);
  });
});
