import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Breach, Measure, Subject } from '../../events/sanctions.ts';
import { isRefusal } from '../../functions/kernel/decision.ts';
import {
  afterFinding,
  afterWithdrawal,
  assess,
  counted,
  INITIAL_LADDER,
  type LadderState,
  NAMED_FINDINGS,
  STEP_TWO,
} from '../../functions/sanctions/ladder.ts';
import { type Compensation, compensationOf } from '../../functions/sanctions/withdrawal.ts';

const subject: Subject = { kind: 'institution', id: 'institution', role: 'head' };
const STEP_ONE: readonly Measure[] = ['order-to-correct', 'integrity-entry'];
const BOTH: readonly Measure[] = [...STEP_ONE, ...STEP_TWO];
/** Where and by whom a finding was made: each elsewhere, as when a person moves. */
const at = (finding: string) => ({ institution: `made-institution-${finding.slice(-1)}`, bureau: `made-bureau-${finding.slice(-1)}` });
const idOf = (n: number) => n.toString(16).padStart(32, '0');

interface Told {
  readonly finding: string;
  readonly breach: Breach;
  readonly acts: number;
  readonly threshold: number;
  /** Measures that still stand. */
  measures: readonly Measure[];
}

/** A course of findings and withdrawals, with every finding remembered: what the bounded ladder has to agree with. */
class Course {
  state: LadderState = INITIAL_LADDER;
  standing: Told[] = [];
  #last = 0;

  find(breach: Breach, acts = 1, threshold = 2, headInstructionsReachStepTwo = true): string {
    this.#last += 1;
    const finding = idOf(this.#last);
    const assessment = assess(this.state, { subject, breach, acts }, { stepTwoThreshold: threshold, headInstructionsReachStepTwo });
    if (isRefusal(assessment)) throw new Error(assessment.code);
    const { measures } = assessment;
    this.state = afterFinding(this.state, { ...at(finding), finding, subject, breach, acts, threshold, measures: [...measures] });
    this.standing.push({ finding, breach, acts, threshold, measures });
    return finding;
  }

  compensation(finding: string): Compensation {
    const told = this.standing.find((one) => one.finding === finding);
    if (!told) throw new Error('withdrawn already');
    const compensation = compensationOf(this.state, { ...told, subject });
    if (isRefusal(compensation)) throw new Error(compensation.code);
    return compensation;
  }

  withdraw(finding: string): Compensation {
    const compensation = this.compensation(finding);
    const told = this.standing.find((one) => one.finding === finding);
    if (told) {
      const released = compensation.released.map((one) => ({ ...one, measures: [...one.measures] }));
      this.state = afterWithdrawal(this.state, { finding, subject, breach: told.breach, acts: told.acts, released });
    }
    this.standing = this.standing.filter((one) => one.finding !== finding);
    for (const { finding: gone, measures } of compensation.released) {
      for (const one of this.standing) if (one.finding === gone) one.measures = one.measures.filter((measure) => !measures.includes(measure));
    }
    return compensation;
  }

  /** Later findings at step two whose acts no longer reach their own threshold without this one. */
  restingOn(finding: string): string[] {
    const { breach } = this.standing.find((one) => one.finding === finding) ?? {};
    const instructed = breach === 'instructed-not-to-record-or-report';
    const same = this.standing.filter(
      (one) => one.finding !== finding && counts(one.breach) && (one.breach === 'instructed-not-to-record-or-report') === instructed,
    );
    let acts = 0;
    return same.flatMap((one) => {
      acts += one.acts;
      return one.measures.includes('admonition') && acts < one.threshold ? [one.finding] : [];
    });
  }
}
const counts = (breach: Breach) => breach !== 'leaked';
const names = ({ released }: Compensation) => released.map(({ finding }) => finding);

describe('第十一条: what a withdrawn finding compensates', () => {
  test('its own measures, step two included', () => {
    const course = new Course();
    course.find('did-not-record');
    const second = course.find('did-not-record');
    expect(course.withdraw(second)).toEqual({ measures: BOTH, released: [], reviewLater: false });
  });
  test('earlier findings stay, and their acts', () => {
    const course = new Course();
    course.find('did-not-record', 2);
    const second = course.find('did-not-record');
    expect(course.withdraw(second).released).toEqual([]);
    expect(counted(course.state, 'failures')).toBe(2);
    expect(course.standing.map(({ measures }) => measures)).toEqual([BOTH]);
  });
  test('the second step of the later finding that reached it only because of this one; its first step stays', () => {
    const course = new Course();
    const first = course.find('did-not-record');
    const second = course.find('did-not-report');
    const third = course.find('did-not-record');
    expect(course.withdraw(first)).toEqual({ measures: STEP_ONE, released: [{ finding: second, ...at(second), measures: STEP_TWO }], reviewLater: false });
    expect(course.standing).toMatchObject([
      { finding: second, measures: STEP_ONE },
      { finding: third, measures: BOTH },
    ]);
  });
  test('a later finding whose own acts reach the threshold rests on nothing', () => {
    const course = new Course();
    const first = course.find('did-not-record');
    course.find('did-not-record', 2);
    expect(course.withdraw(first).released).toEqual([]);
  });
  test('what was released once is not released again, nor is it among its own measures', () => {
    const course = new Course();
    const first = course.find('did-not-record');
    const second = course.find('did-not-record');
    const third = course.find('did-not-record');
    course.withdraw(first);
    expect(course.compensation(third)).toEqual({ measures: BOTH, released: [], reviewLater: false });
    expect(course.compensation(second)).toEqual({ measures: STEP_ONE, released: [{ finding: third, ...at(third), measures: STEP_TWO }], reviewLater: false });
  });
  test('several acts can carry several later findings', () => {
    const course = new Course();
    const first = course.find('did-not-record', 3, 4);
    const later = [1, 2, 3, 4].map(() => course.find('did-not-record', 1, 4));
    expect(names(course.withdraw(first))).toEqual(later.slice(0, 3));
  });
  test('after it the count begins again from what is left', () => {
    const course = new Course();
    course.withdraw(course.find('did-not-record'));
    expect(course.state).toEqual(INITIAL_LADDER);
    course.find('did-not-record');
    expect(course.standing.map(({ measures }) => measures)).toEqual([STEP_ONE]);
  });
  test('a finding that does not count carries nothing', () => {
    const course = new Course();
    const leak = course.find('leaked');
    course.find('did-not-record', 2);
    const before = course.state;
    expect(course.withdraw(leak)).toEqual({ measures: STEP_ONE, released: [], reviewLater: false });
    expect(course.state).toEqual(before);
  });
  test('the two counts of a head do not touch each other', () => {
    const course = new Course();
    const failure = course.find('did-not-record');
    course.find('instructed-not-to-record-or-report', 2);
    expect(course.withdraw(failure).released).toEqual([]);
    expect(counted(course.state, 'instructions')).toBe(2);
  });
  test('each later finding is measured by the threshold of its own day (X5)', () => {
    const course = new Course();
    const first = course.find('did-not-record', 1, 2);
    course.find('did-not-record', 2, 2);
    const third = course.find('did-not-record', 1, 4);
    expect(names(course.withdraw(first))).toEqual([third]);
  });
  test('withdrawn twice is a conflict', () => {
    const finding = { finding: idOf(1), subject, breach: 'did-not-record', acts: 1, measures: STEP_ONE } as const;
    expect(compensationOf(INITIAL_LADDER, finding)).toMatchObject({ refused: 'conflict', code: 'finding_not_counted' });
  });
});

describe('beyond the findings known by name', () => {
  const many = () => {
    const course = new Course();
    const all = Array.from({ length: NAMED_FINDINGS + 3 }, () => course.find('did-not-record'));
    return { course, named: all.slice(0, NAMED_FINDINGS), later: all.slice(NAMED_FINDINGS) };
  };
  test('a later one is withdrawn with its acts, and once', () => {
    const { course, later } = many();
    for (const finding of later) expect(course.withdraw(finding)).toEqual({ measures: BOTH, released: [], reviewLater: false });
    expect(counted(course.state, 'failures')).toBe(NAMED_FINDINGS);
    const gone = { finding: later[0] ?? '', subject, breach: 'did-not-record', acts: 1, measures: BOTH } as const;
    expect(compensationOf(course.state, gone)).toMatchObject({ code: 'finding_not_counted' });
    expect(course.state.failures.later).toEqual(INITIAL_LADDER.failures.later);
  });
  test('exact to the last but one, then an officer looks through the later ones (X9)', () => {
    const { course, named } = many();
    const reviews = named.map((finding) => course.withdraw(finding).reviewLater);
    expect(reviews).toEqual([...named.slice(1).map(() => false), true]);
    expect(counted(course.state, 'failures')).toBe(3);
  });
  test('with the last of the later ones nothing is left to look through', () => {
    const course = new Course();
    const all = Array.from({ length: NAMED_FINDINGS + 1 }, () => course.find('did-not-record'));
    expect(all.map((finding) => course.withdraw(finding).reviewLater).slice(-3)).toEqual([false, true, false]);
  });
  test.each([
    [3, 2],
    [2, 3],
  ])('the highest threshold of the later ones decides: %i, then %i', (...thresholds) => {
    const course = new Course();
    const named = Array.from({ length: NAMED_FINDINGS }, () => course.find('did-not-record'));
    for (const threshold of thresholds) course.find('did-not-record', 1, threshold);
    course.find('did-not-record', 1, 1_000);
    expect(named.map((finding) => course.withdraw(finding).reviewLater).slice(-3)).toEqual([false, true, true]);
  });
  test('there is nothing to look through where none of them stands at step two', () => {
    const course = new Course();
    const all = Array.from({ length: NAMED_FINDINGS + 1 }, () => course.find('instructed-not-to-record-or-report', 1, 2, false));
    expect(all.slice(0, NAMED_FINDINGS).map((finding) => course.withdraw(finding).reviewLater)).not.toContain(true);
  });
  test('a new finding never stands before those that are older', () => {
    const { course, named } = many();
    course.withdraw(named[0] ?? '');
    const before = course.state.failures.earliest;
    course.find('did-not-record');
    expect(course.state.failures.earliest).toEqual(before);
    expect(course.state.failures.later.acts).toBe(4);
  });
});

describe('for any course of findings and withdrawals', () => {
  type Step = { breach: Breach; acts: number; threshold: number; reaches: boolean } | { withdraw: number };
  const finding = fc.record({
    breach: fc.constantFrom<Breach[]>('did-not-record', 'reported-untruthfully', 'instructed-not-to-record-or-report', 'leaked'),
    acts: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 4 })),
    threshold: fc.constantFrom(2, 2, 3),
    reaches: fc.boolean(),
  });
  const withdrawal = fc.record({ withdraw: fc.nat() });
  const step = fc.oneof<fc.Arbitrary<Step>[]>(finding, finding, withdrawal);

  /** Whether no officer was asked on the way. */
  const follow = (steps: readonly Step[]): boolean => {
    const course = new Course();
    let exact = true;
    for (const one of steps) {
      if ('breach' in one) course.find(one.breach, one.acts, one.threshold, one.reaches);
      else {
        const withdrawn = course.standing[one.withdraw % Math.max(1, course.standing.length)];
        if (withdrawn === undefined) continue;
        const expected = course.restingOn(withdrawn.finding);
        const before = new Map(course.standing.map((told) => [told.finding, told.measures]));
        const told = course.withdraw(withdrawn.finding);
        exact &&= !told.reviewLater;
        expect(told.measures).toEqual(before.get(withdrawn.finding));
        if (exact) expect(names(told)).toEqual(expected);
        for (const left of course.standing) expect(before.get(left.finding)).toEqual(expect.arrayContaining([...left.measures]));
      }
      const sum = (instructed: boolean) =>
        course.standing
          .filter(({ breach }) => counts(breach) && (breach === 'instructed-not-to-record-or-report') === instructed)
          .reduce((total, { acts }) => total + acts, 0);
      expect([counted(course.state, 'failures'), counted(course.state, 'instructions')]).toEqual([sum(false), sum(true)]);
    }
    return exact;
  };
  test('it is exactly what rested on it, no measure is added, and the count is what stands', () =>
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => follow(steps)),
      { numRuns: 300 },
    ));
  test('and so beyond the findings known by name, until an officer is asked', () => {
    const first: Step[] = Array.from({ length: NAMED_FINDINGS + 8 }, () => ({ breach: 'did-not-record', acts: 1, threshold: 2, reaches: true }));
    const early = fc.oneof<fc.Arbitrary<Step>[]>(finding, fc.record({ withdraw: fc.nat({ max: 3 }) }), fc.record({ withdraw: fc.nat({ max: 3 }) }), withdrawal);
    fc.assert(
      fc.property(fc.array(early, { minLength: 60, maxLength: 160, size: 'max' }), (steps) => {
        follow([...first, ...steps]);
      }),
      { numRuns: 15 },
    );
  });
});
