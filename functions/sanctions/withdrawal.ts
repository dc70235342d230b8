import type { Breach, Measure, Subject } from '../../events/sanctions.ts';
import { conflict, type Refusal } from '../kernel/decision.ts';
import { countsTowardsStepTwo } from './breaches.ts';
import { actsOf, type LadderState, STEP_TWO } from './ladder.ts';

/** A finding as its own stream holds it. */
export interface StandingFinding {
  readonly finding: string;
  readonly subject: Subject;
  readonly breach: Breach;
  readonly acts: number;
  /** Measures of it that still stand: an earlier withdrawal may have taken its second step already. */
  readonly measures: readonly Measure[];
}

/** 随认定撤回而更正的事项: what rested on a withdrawn finding, and only that. */
export interface Compensation {
  /** Its own measures. */
  readonly measures: readonly Measure[];
  /** Later findings that reached step two only because of it, and what of theirs goes. Their first step stays. */
  readonly released: readonly { readonly finding: string; readonly institution: string; readonly bureau: string; readonly measures: readonly Measure[] }[];
  /** Findings beyond those that the ladder knows by name may have rested on it too: an officer looks through them. */
  readonly reviewLater: boolean;
}

/**
 * What the withdrawal of a finding compensates: its own measures; of the later findings in its count, in order of discovery,
 * the second step of those whose acts no longer reach the threshold that they were found by. Earlier findings never change,
 * and no withdrawal adds a measure.
 *
 * Source: 第十一条, 两次以上.
 */
export function compensationOf(state: LadderState, { finding, subject, breach, acts, measures }: StandingFinding): Compensation | Refusal {
  const count = countsTowardsStepTwo(breach, subject);
  if (!count) return { measures, released: [], reviewLater: false };

  const { earliest, later } = state[count];
  const at = earliest.findIndex((one) => one.finding === finding);
  if (at < 0 && later.acts < acts) return conflict('finding_not_counted', '该认定不在计次之内，可能已经撤回', '/finding');

  const left = earliest.filter((one) => one.finding !== finding);
  const released = left
    .filter(({ stepTwoAt }, index) => stepTwoAt !== null && actsOf(left.slice(0, index + 1)) < stepTwoAt)
    .map(({ finding: later, institution, bureau }) => ({ finding: later, institution, bureau, measures: STEP_TWO }));
  const laterActs = at < 0 ? later.acts - acts : later.acts;
  return {
    measures,
    released,
    reviewLater: laterActs > 0 && later.stepTwoAt !== null && actsOf(left) + 1 < later.stepTwoAt,
  };
}
