import type { Grade, Verdict } from '../../events/proficiency.ts';
import type { Charted } from '../../functions/proficiency/chart.ts';
import { type HistoryRow, told } from '../../functions/proficiency/history.ts';

export type MadeYear = HistoryRow['years'][number];

export const z = (...scores: number[]): Grade => ({ by: 'z', scores });
export const en = (...scores: number[]): Grade => ({ by: 'en', scores });
export const word = (said: string): Grade => ({ by: 'word', word: said });

/** 一个年度, made up. */
export const made = (
  year: number,
  verdict: Verdict | null,
  more: Partial<MadeYear> & { grade?: Grade | null; excused?: boolean; counts?: boolean } = {},
): MadeYear => {
  const { grade = null, excused = false, counts = verdict === 'failed', ...rest } = more;
  const test = verdict && { verdict, grade, excused, counts, provider: 'made-provider', on: '2026-03-10', event: 'e'.padEnd(32, '0') };
  return { year, test, assessment: null, retest: null, detected: null, ...rest };
};

export const assessed = (passed: boolean, counts = false) => ({ passed, counts, on: '2026-03-10' });
export const retested = (passed: boolean) => ({ passed, on: '2026-03-10' });

export const charted = (years: readonly MadeYear[], more: Partial<Charted> = {}): Charted => ({
  name: '虚构吉州司法鉴定所',
  asOf: '2026-03-10T01:00:00.000Z',
  ...told({ institution: 'made-institution', item: 'medicine-0201', unresolved: null, years: [...years] }),
  ...more,
});

/** Ten years with everything that there is to draw. */
export const TEN: readonly MadeYear[] = [
  made(2016, 'passed', { grade: z(0.4, -1.1, 1.6) }),
  made(2017, 'warned', { grade: z(2.4, -0.3) }),
  made(2018, 'absent'),
  made(2020, 'passed', { grade: word('满意') }),
  made(2021, 'failed', { grade: z(3.2, 1), retest: retested(false) }),
  made(2022, 'failed', { grade: z(-5.6), retest: retested(true), detected: 'd'.padEnd(32, '0') }),
  made(2023, 'absent', { excused: true, assessment: assessed(true) }),
  made(2024, 'failed', { grade: en(1.4) }),
  made(2025, 'failed', { grade: en(0.2, -1.2), assessment: assessed(false, true), detected: 'e'.padEnd(32, '0') }),
];
