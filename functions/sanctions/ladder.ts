import type { Basis } from '../../events/basis.ts';
import type { DataOf } from '../../events/event.ts';
import type { Breach, BreachFound, FindingWithdrawn, Measure, Subject } from '../../events/sanctions.ts';
import { isRefusal, type Refusal } from '../kernel/decision.ts';
import { type Item, item, SANCTION_READINGS } from './articles.ts';
import { type Count, capacityOf, countsTowardsStepTwo, itemOf } from './breaches.ts';

/** 措施的性质: never 行政处罚, which a normative document cannot create. */
export const KIND = '行政处理';

/** 措施: its Chinese name, and the step of art. 11 that it belongs to. */
export const MEASURES: Readonly<Record<Measure, { readonly title: string; readonly step: 1 | 2 }>> = {
  'order-to-correct': { title: '责令改正', step: 1 },
  'integrity-entry': { title: '记入诚信档案', step: 1 },
  admonition: { title: '训诫', step: 2 },
  'circular-criticism': { title: '通报批评', step: 2 },
};

const measuresUpTo = (step: 1 | 2): readonly Measure[] => (Object.keys(MEASURES) as Measure[]).filter((measure) => MEASURES[measure].step <= step);
export const STEP_TWO: readonly Measure[] = measuresUpTo(2).filter((measure) => MEASURES[measure].step === 2);

/** What the province's rules of the finding's day leave to figures and switches. */
export interface LadderPolicy {
  /** 两次以上: counted acts from which step two follows, this number included. */
  readonly stepTwoThreshold: number;
  /** Whether a head's instructions (授意) reach step two, in their own count. */
  readonly headInstructionsReachStepTwo: boolean;
}

/** A finding that counts and is not withdrawn. */
interface CountedFinding {
  readonly finding: string;
  /** Institution at the time, and the bureau that found it: who is told when something of it goes. */
  readonly institution: string;
  readonly bureau: string;
  readonly acts: number;
  /** Threshold by which it stands at step two; `null` where it does not. */
  readonly stepTwoAt: number | null;
}

/** One count of a subject, in order of discovery. */
interface Tally {
  /** The earliest findings, each by name. */
  readonly earliest: readonly CountedFinding[];
  /** All later ones together; `stepTwoAt` is the highest of them. */
  readonly later: { readonly acts: number; readonly stepTwoAt: number | null };
}

/** 计次 of one subject: what art. 11 counts, without what was withdrawn. */
export type LadderState = Readonly<Record<Count, Tally>>;

/**
 * Findings that a tally knows by name. Which later findings rested on a withdrawn one is exact for as long as the acts of these
 * reach the threshold but one: a finding beyond them stands on theirs and its own.
 */
export const NAMED_FINDINGS = 32;

const noTally: Tally = { earliest: [], later: { acts: 0, stepTwoAt: null } };
export const INITIAL_LADDER: LadderState = { failures: noTally, instructions: noTally };

export const actsOf = (findings: readonly { readonly acts: number }[]): number => findings.reduce((sum, { acts }) => sum + acts, 0);

/** Acts that count at present. */
export const counted = (state: LadderState, count: Count): number => actsOf(state[count].earliest) + state[count].later.acts;

/**
 * Measures (行政处理) of a finding: step one always, step two from the threshold on.
 *
 * @param countedAfter acts in the finding's own count, its own included; 0 where it does not count.
 *
 * Source: 第十一条.
 */
export function measuresFor(count: Count | undefined, countedAfter: number, policy: LadderPolicy): readonly Measure[] {
  const canReach = count === 'failures' || (count === 'instructions' && policy.headInstructionsReachStepTwo);
  return measuresUpTo(canReach && countedAfter >= policy.stepTwoThreshold ? 2 : 1);
}

const readingsOf = (measure: Measure, subject: Subject, count: Count | undefined): readonly string[] => {
  if (MEASURES[measure].step === 2) return count ? [SANCTION_READINGS[count]] : [];
  return measure === 'integrity-entry' && capacityOf(subject) !== 'appraiser' ? [SANCTION_READINGS.institutionFile] : [];
};

/** What a finding leads to, before anything is written: what the officer's preview shows. */
export interface Assessment {
  readonly kind: typeof KIND;
  /** Acts in the finding's own count, its own included; 0 where it does not count. */
  readonly counted: number;
  /** Acts from which step two follows, by the rules of the day. */
  readonly threshold: number;
  readonly measures: readonly Measure[];
  /** For the finding as a whole: its item of art. 11, with every reading that its measures rest on. */
  readonly basis: Basis;
  /** For each of the measures alone. */
  readonly bases: Readonly<Partial<Record<Measure, Basis>>>;
}

/** 认定 of `acts` breaches of one kind by one subject. Refused where such a subject cannot commit it. Source: 第十一条. */
export function assess(
  state: LadderState,
  { subject, breach, acts }: { readonly subject: Subject; readonly breach: Breach; readonly acts: number },
  policy: LadderPolicy,
): Assessment | Refusal {
  const under: Item | Refusal = itemOf(breach, subject);
  if (isRefusal(under)) return under;
  const count = countsTowardsStepTwo(breach, subject);
  const countedAfter = count ? counted(state, count) + acts : 0;
  const measures = measuresFor(count, countedAfter, policy);
  const readings = measures.map((measure) => readingsOf(measure, subject, count));
  return {
    kind: KIND,
    counted: countedAfter,
    threshold: policy.stepTwoThreshold,
    measures,
    basis: item(under, ...new Set(readings.flat())),
    bases: Object.fromEntries(measures.map((measure) => [measure, item(under, ...readingsOf(measure, subject, count))])),
  };
}

const highest = (a: number | null, b: number | null): number | null => Math.max(a ?? 0, b ?? 0) || null;

/** The ladder after {@link BreachFound}: for `evolve`. Findings stand in the order in which they are written, which is that of discovery. */
export function afterFinding(
  state: LadderState,
  {
    finding,
    subject,
    institution,
    bureau,
    breach,
    acts,
    measures,
    threshold,
  }: Pick<DataOf<typeof BreachFound>, 'finding' | 'subject' | 'institution' | 'bureau' | 'breach' | 'acts' | 'measures' | 'threshold'>,
): LadderState {
  const count = countsTowardsStepTwo(breach, subject);
  if (!count) return state;
  const { earliest, later } = state[count];
  const stepTwoAt = measures.some((measure) => MEASURES[measure].step === 2) ? threshold : null;
  const named = later.acts === 0 && earliest.length < NAMED_FINDINGS;
  const tally: Tally = named
    ? { earliest: [...earliest, { finding, institution, bureau, acts, stepTwoAt }], later }
    : { earliest, later: { acts: later.acts + acts, stepTwoAt: highest(later.stepTwoAt, stepTwoAt) } };
  return { ...state, [count]: tally };
}

/** The ladder after {@link FindingWithdrawn}: for `evolve`. */
export function afterWithdrawal(
  state: LadderState,
  { finding, subject, breach, acts, released }: Pick<DataOf<typeof FindingWithdrawn>, 'finding' | 'subject' | 'breach' | 'acts' | 'released'>,
): LadderState {
  const count = countsTowardsStepTwo(breach, subject);
  if (!count) return state;
  const { earliest, later } = state[count];
  const isNamed = earliest.some((one) => one.finding === finding);
  const remaining = isNamed ? later.acts : Math.max(0, later.acts - acts);
  return {
    ...state,
    [count]: {
      earliest: earliest
        .filter((one) => one.finding !== finding)
        .map((one) => (released.some((gone) => gone.finding === one.finding) ? { ...one, stepTwoAt: null } : one)),
      later: remaining === 0 ? noTally.later : { ...later, acts: remaining },
    },
  };
}
