import { type Breach, BreachFound, FindingWithdrawn, type Measure, type Subject } from '../../events/sanctions.ts';
import { aggregate } from '../kernel/aggregate.ts';
import { countsTowardsStepTwo } from './breaches.ts';
import { afterFinding, afterWithdrawal, INITIAL_LADDER, type LadderState, STEP_TWO } from './ladder.ts';

/** 责任主体: what is counted against one subject, and the findings that count for nothing but stand. */
export interface SubjectState {
  readonly counts: LadderState;
  /** Latest findings outside every count that are not withdrawn, by name. */
  readonly uncounted: readonly string[];
  /** Latest findings that were withdrawn: its order hears of it later. */
  readonly withdrawn: readonly string[];
}

/** Findings outside every count that a subject knows by name: an older one can be withdrawn no more by itself. */
export const NAMED_UNCOUNTED = 200;

/** Withdrawn findings that a subject knows by name, for as long as no order lags so far behind. */
export const NAMED_WITHDRAWN = 50;

interface Named {
  readonly finding: string;
  readonly subject: Subject;
  readonly breach: Breach;
}

/** Whether a finding stands. One that the count no longer knows by name stands as long as anything beyond the names does. */
export function stands({ counts, uncounted }: SubjectState, { finding, subject, breach }: Named): boolean {
  const count = countsTowardsStepTwo(breach, subject);
  if (!count) return uncounted.includes(finding);
  const { earliest, later } = counts[count];
  return earliest.some((one) => one.finding === finding) || later.acts > 0;
}

/** Measures of a finding that an earlier withdrawal has left it. */
export function standingMeasures(
  { counts }: SubjectState,
  { finding, subject, breach, measures }: Named & { readonly measures: readonly Measure[] },
): readonly Measure[] {
  const count = countsTowardsStepTwo(breach, subject);
  const named = count && counts[count].earliest.find((one) => one.finding === finding);
  return named && named.stepTwoAt === null ? measures.filter((measure) => !STEP_TWO.includes(measure)) : measures;
}

export const subjectLadder = aggregate({
  name: 'sanctions/ladder',
  title: '责任主体计次',
  initial: { counts: INITIAL_LADDER, uncounted: [], withdrawn: [] } as SubjectState,
  events: [BreachFound, FindingWithdrawn],
  evolve: {
    BreachFound: ({ counts, uncounted, withdrawn }, data) => ({
      withdrawn,
      counts: afterFinding(counts, data),
      uncounted: countsTowardsStepTwo(data.breach, data.subject) ? uncounted : [...uncounted, data.finding].slice(-NAMED_UNCOUNTED),
    }),
    FindingWithdrawn: ({ counts, uncounted, withdrawn }, data) => ({
      withdrawn: [...withdrawn, data.finding].slice(-NAMED_WITHDRAWN),
      counts: afterWithdrawal(counts, data),
      uncounted: uncounted.filter((finding) => finding !== data.finding),
    }),
  },
  counters: {
    BreachFound: ({ bureau }) => [{ counter: `sanctions/found/${bureau}`, by: 1 }],
    FindingWithdrawn: ({ bureau }) => [{ counter: `sanctions/withdrawn/${bureau}`, by: 1 }],
  },
});
