import type * as z from 'zod';
import type { DataOf } from '../../events/event.ts';
import {
  ConsecutiveFailureDetected,
  ConsecutiveFailureRevoked,
  CorrectiveRetestRecorded,
  type Grade,
  OnSiteAssessmentRecorded,
  ProficiencyAbsenceRecorded,
  type ProficiencyFact,
  ProficiencyResultCorrected,
  ProficiencyTestFailed,
  ProficiencyTestPassed,
  ProficiencyTestWarned,
  type Verdict,
} from '../../events/proficiency.ts';
import { aggregate, type EventMeta } from '../kernel/aggregate.ts';

/** 一年的能力验证结果. */
export interface Test {
  readonly event: string;
  readonly provider: string;
  readonly verdict: Verdict;
  /** Absent for an absence. */
  readonly grade: Grade | null;
  readonly excused: boolean;
  /** The year counts as failed, by the rules of the result's day. */
  readonly counts: boolean;
  readonly entersFile: boolean;
  readonly on: string;
}

/** 一个年度: test, on-site assessment, retest, and the chain that ends in it. */
export interface Year {
  readonly test: Test | null;
  readonly assessment: { readonly event: string; readonly passed: boolean; readonly counts: boolean; readonly on: string } | null;
  /** Last retest after a failed test of the year. */
  readonly retest: { readonly passed: boolean; readonly on: string } | null;
  /** Event that detected this year and the one before as failed, while both are. */
  readonly detected: string | null;
}

/** 能力验证记录 of one institution in one item: a year adds one entry, so that it stays small for a century. */
export interface RecordState extends z.infer<typeof ProficiencyFact.schema> {
  readonly institution: string;
  readonly item: string;
  readonly years: Readonly<Record<string, Year>>;
}

const EMPTY: Year = { test: null, assessment: null, retest: null, detected: null };
const initial: RecordState = { institution: '', item: '', years: {}, unresolved: null };

export const yearOf = ({ years }: Pick<RecordState, 'years'>, year: number): Year => years[year] ?? EMPTY;

/** Whether a year counts as failed: by its test, or by an on-site assessment where the rules of its day said so (rule P-5). */
export const isFailed = ({ test, assessment }: Year): boolean => (test?.counts ?? false) || (assessment?.counts ?? false);

const isPassed = ({ test, retest }: Year): boolean => test?.verdict === 'passed' || test?.verdict === 'warned' || (retest?.passed ?? false);

/** 未消除的不合格: the latest failed year without a pass in it or after (rule P-4). */
function unresolvedOf(years: RecordState['years']): number | null {
  const known = Object.keys(years)
    .map(Number)
    .sort((one, other) => other - one);
  for (const year of known) {
    const each = years[year] as Year;
    if (each.test?.verdict === 'failed' && !each.retest?.passed) return year;
    if (isPassed(each)) return null;
  }
  return null;
}

/** The record with a year of it otherwise. */
export function withYear<State extends RecordState>(state: State, year: number, change: Partial<Year>): State {
  const years = { ...state.years, [year]: { ...yearOf(state, year), ...change } };
  return { ...state, years, unresolved: unresolvedOf(years) };
}

/** 连续两年: the later years of every two consecutive failed ones (rule P-2). A year without a result breaks the chain. */
const failedPairs = ({ years }: Pick<RecordState, 'years'>): readonly number[] =>
  Object.keys(years)
    .map(Number)
    .filter((year) => isFailed(yearOf({ years }, year)) && isFailed(yearOf({ years }, year - 1)));

/** What a change of years means for the chains: later years newly detected, and those whose detection falls. Source: 吉安方案第12项. */
export function chainChanges(after: RecordState): {
  readonly detected: readonly number[];
  readonly revoked: readonly { readonly year: number; readonly detected: string }[];
} {
  const pairs = failedPairs(after);
  return {
    detected: pairs.filter((year) => yearOf(after, year).detected === null),
    revoked: Object.entries(after.years).flatMap(([year, { detected }]) =>
      detected === null || pairs.includes(Number(year)) ? [] : [{ year: Number(year), detected }],
    ),
  };
}

type Result = DataOf<typeof ProficiencyTestPassed> & { readonly entersFile?: boolean };

const named = (state: RecordState, { institution, item }: { readonly institution: string; readonly item: string }): RecordState => ({
  ...state,
  institution,
  item,
});

const graded =
  (verdict: Verdict) =>
  (state: RecordState, { year, provider, grade, reportedOn, entersFile = false, ...rest }: Result, { id }: Pick<EventMeta, 'id'>): RecordState =>
    withYear(named(state, rest), year, {
      test: { event: id, provider, verdict, grade, excused: false, counts: verdict === 'failed', entersFile, on: reportedOn },
    });

/** Years that a listing shows: a stream has so many rows at most. */
const SHOWN = 30;

export const record = aggregate({
  name: 'proficiency/record',
  title: '能力验证记录',
  initial,
  events: [
    ProficiencyTestPassed,
    ProficiencyTestWarned,
    ProficiencyTestFailed,
    ProficiencyAbsenceRecorded,
    ProficiencyResultCorrected,
    OnSiteAssessmentRecorded,
    CorrectiveRetestRecorded,
    ConsecutiveFailureDetected,
    ConsecutiveFailureRevoked,
  ],
  evolve: {
    ProficiencyTestPassed: graded('passed'),
    ProficiencyTestWarned: graded('warned'),
    ProficiencyTestFailed: graded('failed'),
    ProficiencyAbsenceRecorded: (state, { year, provider, excused, counts, entersFile, reportedOn, ...rest }, { id }) =>
      withYear(named(state, rest), year, { test: { event: id, provider, verdict: 'absent', grade: null, excused, counts, entersFile, on: reportedOn } }),
    ProficiencyResultCorrected: (state, { year }) => withYear(state, year, { test: null }),
    OnSiteAssessmentRecorded: (state, { year, passed, counts, assessedOn, ...rest }, { id }) =>
      withYear(named(state, rest), year, { assessment: { event: id, passed, counts, on: assessedOn } }),
    CorrectiveRetestRecorded: (state, { year, passed, retestedOn }) => withYear(state, year, { retest: { passed, on: retestedOn } }),
    ConsecutiveFailureDetected: (state, { year }, { id }) => withYear(state, year, { detected: id }),
    ConsecutiveFailureRevoked: (state, { year }) => withYear(state, year, { detected: null }),
  },
  listings: ({ institution, item, years, unresolved }) => {
    if (institution === '') return [];
    const shown = Object.entries(years).slice(-SHOWN);
    return [
      {
        listing: 'proficiency/history',
        partition: institution,
        sort: item,
        item: {
          institution,
          item,
          unresolved,
          years: shown.map(([year, { test, assessment, retest, detected }]) => ({
            year: Number(year),
            test: test && {
              verdict: test.verdict,
              grade: test.grade as never,
              excused: test.excused,
              counts: test.counts,
              provider: test.provider,
              on: test.on,
              event: test.event,
            },
            assessment: assessment && { passed: assessment.passed, counts: assessment.counts, on: assessment.on },
            retest: retest && { ...retest },
            detected,
          })),
        },
      },
      ...shown.flatMap(([year, { test }]) =>
        test === null
          ? []
          : [
              {
                listing: 'proficiency/round-results',
                partition: `${year}/${item}/${test.provider}`,
                sort: institution,
                item: { institution, verdict: test.verdict, excused: test.excused, event: test.event, reportedOn: test.on },
              },
            ],
      ),
    ];
  },
  counters: {
    ProficiencyTestPassed: ({ year, item }) => [{ counter: `proficiency/${year}/${item}/passed`, by: 1 }],
    ProficiencyTestWarned: ({ year, item }) => [{ counter: `proficiency/${year}/${item}/warned`, by: 1 }],
    ProficiencyTestFailed: ({ year, item }) => [{ counter: `proficiency/${year}/${item}/failed`, by: 1 }],
    ProficiencyAbsenceRecorded: ({ year, item }) => [{ counter: `proficiency/${year}/${item}/absent`, by: 1 }],
    ProficiencyResultCorrected: ({ year, item, was }) => [{ counter: `proficiency/${year}/${item}/${was}`, by: -1 }],
  },
});
