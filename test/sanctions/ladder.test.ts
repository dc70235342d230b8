import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Breach, ladderKey, measure, type Subject } from '../../events/sanctions.ts';
import { isRefusal } from '../../functions/kernel/decision.ts';
import { LIMITS } from '../../functions/kernel/limits.ts';
import {
  type Assessment,
  afterFinding,
  assess,
  counted,
  INITIAL_LADDER,
  KIND,
  type LadderState,
  MEASURES,
  measuresFor,
  STEP_TWO,
} from '../../functions/sanctions/ladder.ts';

const policy = { stepTwoThreshold: 2, headInstructionsReachStepTwo: true };
const STEP_ONE = ['order-to-correct', 'integrity-entry'] as const;
const BOTH = [...STEP_ONE, 'admonition', 'circular-criticism'];

const appraiser: Subject = { kind: 'appraiser', id: 'a'.repeat(32) };
/** Where and by whom it was found. */
const AT = { institution: 'made-institution', bureau: 'made-bureau' };
const as = (role: 'head' | 'staff' | 'institution'): Subject => ({ kind: 'institution', id: 'institution', role });

const assessed = (state: LadderState, subject: Subject, breach: Breach, acts = 1, rules = policy): Assessment => {
  const assessment = assess(state, { subject, breach, acts }, rules);
  if (isRefusal(assessment)) throw new Error(assessment.code);
  return assessment;
};
let serial = 0;
const found = (state: LadderState, subject: Subject, breach: Breach, acts = 1, rules = policy): LadderState => {
  serial += 1;
  return afterFinding(state, {
    ...AT,
    finding: serial.toString(16).padStart(32, '0'),
    subject,
    breach,
    acts,
    ...pick(assessed(state, subject, breach, acts, rules)),
  });
};
const pick = ({ measures, threshold }: Assessment) => ({ measures: [...measures], threshold });

describe('第十一条: 两次以上 includes two (X1)', () => {
  test.each([
    [1, 'failures', STEP_ONE],
    [2, 'failures', BOTH],
    [3, 'failures', BOTH],
    [1, 'instructions', STEP_ONE],
    [2, 'instructions', BOTH],
    [9, undefined, STEP_ONE],
  ] as const)('%i counted as %s', (acts, count, expected) => expect(measuresFor(count, acts, policy)).toEqual(expected));

  test.each([
    [2, STEP_ONE],
    [3, BOTH],
  ] as const)('another threshold moves both sides: %i acts of three', (acts, expected) => {
    expect(measuresFor('failures', acts, { ...policy, stepTwoThreshold: 3 })).toEqual(expected);
  });
  test('the switch takes step two from a head’s instructions, and from nothing else', () => {
    const off = { ...policy, headInstructionsReachStepTwo: false };
    expect(measuresFor('instructions', 5, off)).toEqual(STEP_ONE);
    expect(measuresFor('failures', 2, off)).toEqual(BOTH);
  });
  test('step two alone is 训诫 and 通报批评', () => expect(STEP_TWO).toEqual(['admonition', 'circular-criticism']));
  test('the kind is 行政处理, and every measure has its name', () => {
    expect(assessed(INITIAL_LADDER, appraiser, 'leaked').kind).toBe('行政处理');
    expect(KIND).toBe('行政处理');
    expect(measure.options.map((name) => MEASURES[name].title)).toEqual(['责令改正', '记入诚信档案', '训诫', '通报批评']);
  });
});

describe('第十一条: counting (reading)', () => {
  test('the first act is step one, the second step two, the third again', () => {
    let state = INITIAL_LADDER;
    expect(assessed(state, appraiser, 'did-not-record')).toMatchObject({ counted: 1, threshold: 2, measures: STEP_ONE });
    state = found(state, appraiser, 'did-not-record');
    expect(assessed(state, appraiser, 'did-not-record')).toMatchObject({ counted: 2, measures: BOTH });
    state = found(state, appraiser, 'did-not-record');
    expect(assessed(state, appraiser, 'did-not-record')).toMatchObject({ counted: 3, measures: BOTH });
  });
  test('acts count, not decisions: two found at once reach step two', () => {
    expect(assessed(INITIAL_LADDER, appraiser, 'did-not-record', 2)).toMatchObject({ counted: 2, measures: BOTH });
  });
  test('all failures to record or report truthfully are pooled', () => {
    const failures: Breach[] = ['did-not-record', 'recorded-untruthfully', 'did-not-report', 'reported-untruthfully'];
    for (const first of failures) {
      for (const second of failures) expect(assessed(found(INITIAL_LADDER, appraiser, first), appraiser, second)).toMatchObject({ counted: 2, measures: BOTH });
    }
  });
  test.each(['leaked', 'retaliated', 'other'] as const)('never counts, and stays at step one beside two failures: %s', (breach) => {
    const once = found(INITIAL_LADDER, appraiser, breach, 5);
    expect(counted(once, 'failures')).toBe(0);
    expect(assessed(once, appraiser, 'did-not-record')).toMatchObject({ counted: 1, measures: STEP_ONE });
    const twice = found(found(INITIAL_LADDER, appraiser, 'did-not-record'), appraiser, 'did-not-record');
    expect(assessed(twice, appraiser, breach)).toMatchObject({ counted: 0, measures: STEP_ONE });
  });
  test('an institution that does not forward never reaches step two', () => {
    const often = found(found(INITIAL_LADDER, as('institution'), 'did-not-forward'), as('institution'), 'did-not-forward', 4);
    expect(assessed(often, as('institution'), 'did-not-forward', 3)).toMatchObject({ counted: 0, measures: STEP_ONE });
  });
  test('a head’s instructions stand in their own count', () => {
    const instructed = found(INITIAL_LADDER, as('head'), 'instructed-not-to-record-or-report');
    expect(assessed(instructed, as('head'), 'did-not-record')).toMatchObject({ counted: 1, measures: STEP_ONE });
    expect(assessed(instructed, as('head'), 'instructed-not-to-record-or-report')).toMatchObject({ counted: 2, measures: BOTH });
  });
  test('with the switch off they are counted and reach nothing', () => {
    const off = { ...policy, headInstructionsReachStepTwo: false };
    const instructed = found(INITIAL_LADDER, as('head'), 'instructed-not-to-record-or-report', 1, off);
    expect(assessed(instructed, as('head'), 'instructed-not-to-record-or-report', 1, off)).toMatchObject({ counted: 2, measures: STEP_ONE });
  });
  test('each subject has its own ladder: the person’s, or the institution’s by capacity', () => {
    expect(ladderKey(appraiser)).toEqual(['appraiser', 'a'.repeat(32)]);
    expect(ladderKey(as('head'))).toEqual(['institution', 'institution', 'head']);
    expect(new Set([appraiser, as('head'), as('staff'), as('institution')].map((subject) => ladderKey(subject).join('/'))).size).toBe(4);
  });
  test('a breach that the subject cannot commit is refused and moves nothing', () => {
    expect(assess(INITIAL_LADDER, { subject: appraiser, breach: 'instructed-not-to-record-or-report', acts: 2 }, policy)).toMatchObject({
      code: 'breach_not_of_subject',
    });
    const event = { ...AT, finding: 'f'.repeat(32), subject: appraiser, acts: 2, measures: [...BOTH] as Assessment['measures'][number][], threshold: 2 };
    expect(afterFinding(INITIAL_LADDER, { ...event, breach: 'instructed-not-to-record-or-report' })).toEqual(INITIAL_LADDER);
  });
});

describe('第十一条: the basis of each measure', () => {
  test.each([
    [appraiser, 'did-not-record', '第十一条第（一）项'],
    [as('head'), 'instructed-not-to-record-or-report', '第十一条第（二）项'],
    [as('staff'), 'did-not-report', '第十一条第（三）项'],
    [as('institution'), 'did-not-forward', '第十一条第（三）项'],
    [appraiser, 'leaked', '第十一条第（三）项'],
  ] as const)('%o %s stands under %s', (subject, breach, article) => {
    const { basis, bases, measures } = assessed(INITIAL_LADDER, subject, breach, 2);
    expect(basis).toMatchObject({ document: '司办通〔2020〕56号', article, status: 'law' });
    expect(Object.keys(bases)).toEqual(measures);
    for (const name of measures) expect(bases[name]).toMatchObject({ article, status: 'law' });
  });
  test('step one of an appraiser is the text alone', () => {
    const { basis, bases } = assessed(INITIAL_LADDER, appraiser, 'did-not-record');
    expect([basis.reading, bases['order-to-correct']?.reading, bases['integrity-entry']?.reading]).toEqual([undefined, undefined, undefined]);
  });
  test('for others the file is the institution’s, by reading', () => {
    const { basis, bases } = assessed(INITIAL_LADDER, as('staff'), 'did-not-record');
    expect(bases['order-to-correct']?.reading).toBeUndefined();
    expect(bases['integrity-entry']?.reading).toContain('诚信档案');
    expect(basis.reading).toBe(bases['integrity-entry']?.reading);
  });
  test('step two rests on the reading of its count, said once in the whole', () => {
    const failures = assessed(INITIAL_LADDER, appraiser, 'did-not-record', 2);
    expect(failures.bases.admonition?.reading).toContain('合并计算');
    expect(failures.bases['circular-criticism']).toEqual(failures.bases.admonition);
    expect(failures.basis.reading).toBe(failures.bases.admonition?.reading);
    const instructions = assessed(INITIAL_LADDER, as('head'), 'instructed-not-to-record-or-report', 2);
    expect(instructions.bases.admonition?.reading).toContain('单独计算');
    expect(instructions.basis.reading).toBe(`${instructions.bases['integrity-entry']?.reading}；${instructions.bases.admonition?.reading}`);
  });
});

describe('the ladder stays small', () => {
  test('10,000 findings fit the state’s limit, and every act is counted', () => {
    let state = INITIAL_LADDER;
    for (let index = 0; index < 5_000; index += 1) {
      state = found(state, as('head'), 'did-not-record', 100);
      state = found(state, as('head'), 'instructed-not-to-record-or-report', 3);
    }
    expect(Buffer.byteLength(JSON.stringify(state))).toBeLessThanOrEqual(LIMITS.state / 2);
    expect(counted(state, 'failures')).toBe(500_000);
    expect(counted(state, 'instructions')).toBe(15_000);
  });
  test('the count is the sum of the acts, whatever was found in between', () => {
    const breaches = fc.constantFrom<Breach[]>('did-not-record', 'did-not-report', 'leaked', 'instructed-not-to-record-or-report');
    fc.assert(
      fc.property(fc.array(fc.tuple(breaches, fc.integer({ min: 1, max: 100 })), { maxLength: 150 }), (findings) => {
        const state = findings.reduce((before, [breach, acts]) => found(before, as('head'), breach, acts), INITIAL_LADDER);
        const sum = (...of: Breach[]) => findings.filter(([breach]) => of.includes(breach)).reduce((total, [, acts]) => total + acts, 0);
        expect(counted(state, 'failures')).toBe(sum('did-not-record', 'did-not-report'));
        expect(counted(state, 'instructions')).toBe(sum('instructed-not-to-record-or-report'));
      }),
      { numRuns: 50 },
    );
  });
});
