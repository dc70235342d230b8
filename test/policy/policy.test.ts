import { describe, expect, test } from 'vitest';
import { DOCUMENTS } from '../../events/documents.ts';
import { checkPolicies, type EffectiveRule, type PolicyFault, policyBook, UnsoundPolicy } from '../../functions/policy/book.ts';
import { policyFor, provinceRules } from '../../functions/policy/index.ts';
import { national } from '../../functions/policy/national.ts';
import { adoptionOf, isBinding, type Policy, type PolicyOverride, policy } from '../../functions/policy/policy.ts';

const values = national[0]?.values as Policy;
const nation = (from: string, until?: string, changed: PolicyOverride = {}): EffectiveRule<Policy> => ({
  from,
  ...(until === undefined ? {} : { until }),
  values: { ...values, ...changed } as Policy,
});
const later = { ...values.proficiency, rectification: { months: 6 }, commissionsStopAfterFailure: true };
const inForce = (province: string, day: string, book = policyFor) => {
  const answer = book(province, day);
  if (!answer.ok) throw new Error(answer.detail);
  return answer;
};

describe('X5: a province’s rules are the national rules plus its overrides, on the day of the event', () => {
  test('given the day before art. 12 of 司办通〔2020〕56号 takes effect, then no rule is in force', () => {
    expect(policyFor('360800', '2020-06-30')).toEqual({
      ok: false,
      code: 'no-rule-in-force',
      province: '360800',
      day: '2020-06-30',
      detail: expect.stringContaining('2020-07-01'),
    });
  });

  test('given the day it takes effect, then the national rules are in force everywhere', () => {
    for (const province of ['14', '31', '36', '50', '44', '660000'])
      expect(inForce(province, '2020-07-01')).toEqual({ ok: true, version: 'national/2020-07-01', values });
  });

  test.each([
    ['36', '2025-07-23', 'national/2020-07-01'],
    ['36', '2025-07-24', 'national/2020-07-01+36/2025-07-24'],
    ['360802', '2025-07-24', 'national/2020-07-01+36/2025-07-24'],
    ['31', '2026-05-31', 'national/2020-07-01'],
    ['310115', '2026-06-01', 'national/2020-07-01+31/2026-06-01'],
    ['50', '2023-04-30', 'national/2020-07-01'],
    ['500000', '2023-05-01', 'national/2020-07-01+50/2023-05-01'],
    ['14', '2026-12-31', 'national/2020-07-01'],
    ['44', '2026-12-31', 'national/2020-07-01'],
  ])('given %s on %s, then the version is %s', (province, day, version) => {
    expect(inForce(province, day).version).toBe(version);
  });

  test.each([
    ['3', '2026-01-01'],
    ['3608', '2026-01-01'],
    ['江西', '2026-01-01'],
    ['36', '2026-02-29'],
    ['36', '20260101'],
  ])('given “%s” and “%s”, then it is no question', (province, day) => {
    expect(() => policyFor(province, day)).toThrow(RangeError);
  });

  const book = policyBook(
    [nation('2020-07-01', '2022-12-31'), nation('2024-01-01', undefined, { proficiency: later })],
    [
      {
        province: '36',
        rules: [
          { from: '2021-01-01', until: '2021-12-31', values: { interference: { correction: { days: 20 }, stepTwoThreshold: 3 } } },
          { from: '2022-06-01', values: { proficiency: { commissionsStopAfterFailure: true } } },
          { from: '2025-01-01', values: { adoptions: [{ document: 'excellence-opinions', from: '2025-01-01', by: '虚构1号' }] } },
        ],
      },
    ],
  );

  test('given an override of one field, then its section keeps the others and a term replaces a term of another unit', () => {
    const { values: merged } = inForce('36', '2021-06-01', book);
    expect(merged).toEqual({ ...values, interference: { ...values.interference, correction: { days: 20 }, stepTwoThreshold: 3 } });
  });

  test('given an override that has ended, then the national rules stand alone, from the day after its last', () => {
    expect(inForce('36', '2021-12-31', book).version).toBe('national/2020-07-01+36/2021-01-01');
    expect(inForce('36', '2022-01-01', book)).toEqual({ ok: true, version: 'national/2020-07-01', values });
  });

  test('given a later override, then the earlier one does not carry over', () => {
    expect(inForce('36', '2022-06-01', book).values).toEqual({ ...values, proficiency: { ...values.proficiency, commissionsStopAfterFailure: true } });
  });

  test('given an override that lives on under new national rules, then both parts are named and merged', () => {
    const answer = inForce('36', '2024-01-01', book);
    expect(answer.version).toBe('national/2024-01-01+36/2022-06-01');
    expect(answer.values.proficiency).toEqual(later);
  });

  test('given a gap between two national rules, then no rule is in force in it', () => {
    expect([book('36', '2022-12-31').ok, book('36', '2023-01-01').ok, book('36', '2023-12-31').ok, book('36', '2024-01-01').ok]).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });

  test('given a list, then it is replaced; another province is not touched', () => {
    expect(inForce('36', '2025-01-01', book).values.adoptions).toHaveLength(1);
    expect(inForce('31', '2025-01-01', book).values.adoptions).toEqual([]);
  });
});

describe('the rules as they stand', () => {
  test('X1, X4, P-1, P-4, P-5, R-3, art. 11, 吉安方案12: the national figures', () => {
    expect(values).toEqual({
      interference: {
        reportAlert: { workdays: 1 },
        routeAlert: { workdays: 3 },
        stepTwoThreshold: 2,
        headInstructionsReachStepTwo: true,
        correction: { workdays: 15 },
        zeroReportReminder: { workdays: 3 },
      },
      notices: { signForWithin: { workdays: 3 }, remind: { workdays: 2 }, escalate: { workdays: 5 } },
      proficiency: {
        rectification: { days: 90 },
        words: { 满意: 'passed', 通过: 'passed', 合格: 'passed', 有问题: 'warned', 可疑: 'warned', 不满意: 'failed', 不通过: 'failed', 不合格: 'failed' },
        z: { passedUpTo: 2, failedFrom: 3 },
        en: { passedUpTo: 1 },
        absenceCounts: false,
        assessmentCounts: false,
        commissionsStopAfterFailure: false,
      },
      cancellation: { hearing: { workdays: 5 } },
      delegation: { atMost: { months: 12 } },
      documentSeries: { agencies: {}, kinds: { order: '鉴处', revocation: '鉴撤', rectification: '鉴改', cancellation: '鉴注' } },
      adoptions: [],
    });
  });

  test('X12: given a province’s table of 机关代字, then it stands with the national words for the kinds; two bureaus may not share a word', () => {
    const ruled = (agencies: Record<string, string>) => [{ province: '36', rules: [{ from: '2026-01-01', values: { documentSeries: { agencies } } }] }];
    const book = policyBook(national, ruled({ 'made-city-bureau': '虚司' }));
    expect(inForce('36', '2026-01-01', book).values.documentSeries).toEqual({ agencies: { 'made-city-bureau': '虚司' }, kinds: values.documentSeries.kinds });
    expect(checkPolicies(national, ruled({ a: '虚司', b: '虚司' }))).toMatchObject([{ place: 'national/2020-07-01+36/2026-01-01', reason: 'invalid-values' }]);
  });

  test.each([
    ['36', '2025-07-23', '2025-07-24', 'jian-reform-plan'],
    ['31', '2026-05-31', '2026-06-01', 'shanghai-reply'],
    ['50', '2023-04-30', '2023-05-01', 'chongqing-reply'],
  ] as const)('X10: given %s, then its document only draws up until %s and binds from %s', (province, before, from, document) => {
    expect(isBinding(document, inForce(province, before).values)).toBe(false);
    expect(isBinding(document, inForce(province, from).values)).toBe(true);
    expect(adoptionOf(document, inForce(province, from).values)).toMatchObject({ document, from, by: expect.stringContaining('虚构') });
  });

  test('X10: given one province’s adoption, then no other document and no other province is bound; law binds everywhere', () => {
    const jiangxi = inForce('36', '2026-07-01').values;
    expect(isBinding('excellence-opinions', jiangxi)).toBe(false);
    expect(isBinding('jian-reform-plan', inForce('31', '2026-07-01').values)).toBe(false);
    expect(isBinding('interference-provisions', inForce('14', '2020-07-01').values)).toBe(true);
    expect(DOCUMENTS['jian-reform-plan'].status).toBe('draft');
  });

  test('given the shipped rules, then nothing is wrong with them', () => {
    expect(checkPolicies(national, provinceRules)).toEqual([]);
  });
});

describe('rules that contradict themselves are refused with place and reason', () => {
  const own = (...rules: EffectiveRule<PolicyOverride>[]) => [{ province: '36', rules }];
  const rule = (from: string, until?: string, changed: PolicyOverride = {}): EffectiveRule<PolicyOverride> => ({
    from,
    ...(until === undefined ? {} : { until }),
    values: changed,
  });
  const faulty = (given: unknown) => given as PolicyOverride;

  test.each<[string, readonly EffectiveRule<Policy>[], ReturnType<typeof own>, Pick<PolicyFault, 'place' | 'reason'>]>([
    ['two national rules from one day', [nation('2021-01-01'), nation('2021-01-01')], [], { place: 'national/2021-01-01', reason: 'overlap' }],
    ['national rules out of order', [nation('2022-01-01'), nation('2021-01-01')], [], { place: 'national/2021-01-01', reason: 'unordered' }],
    [
      'a rule that begins on another’s last day',
      national,
      own(rule('2021-01-01', '2021-12-31'), rule('2021-12-31')),
      { place: '36/2021-12-31', reason: 'overlap' },
    ],
    ['a rule that begins within another', national, own(rule('2021-01-01', '2021-12-31'), rule('2021-03-01')), { place: '36/2021-03-01', reason: 'overlap' }],
    ['a province’s rules out of order', national, own(rule('2022-01-01'), rule('2021-12-31')), { place: '36/2021-12-31', reason: 'unordered' }],
    ['an end before the beginning', national, own(rule('2021-01-02', '2021-01-01')), { place: '36/2021-01-02', reason: 'ends-before-it-begins' }],
    ['a first day that does not exist', national, own(rule('2021-02-29')), { place: '36/2021-02-29', reason: 'not-a-day' }],
    ['a last day that does not exist', national, own(rule('2021-01-01', '2021-02-29')), { place: '36/2021-01-01', reason: 'not-a-day' }],
    ['a province twice', national, [...own(rule('2021-01-01')), ...own()], { place: '36', reason: 'twice' }],
    [
      'an adoption that begins after its rule',
      national,
      own(rule('2021-01-01', undefined, { adoptions: [{ document: 'jian-reform-plan', from: '2021-01-02', by: '虚构1号' }] })),
      { place: '36/2021-01-01', reason: 'late-adoption' },
    ],
    [
      'a section that does not exist',
      national,
      own(rule('2021-01-01', undefined, faulty({ weather: {} }))),
      { place: '36/2021-01-01', reason: 'invalid-values' },
    ],
    [
      'a field that does not exist',
      national,
      own(rule('2021-01-01', undefined, faulty({ notices: { speed: 1 } }))),
      { place: '36/2021-01-01', reason: 'invalid-values' },
    ],
    [
      'a reminder after the time to sign, found only over the national values',
      national,
      own(rule('2021-01-01', undefined, { notices: { remind: { workdays: 4 } } })),
      { place: 'national/2020-07-01+36/2021-01-01', reason: 'invalid-values' },
    ],
    [
      'a time to sign after the escalation',
      national,
      own(rule('2021-01-01', undefined, { notices: { signForWithin: { workdays: 6 } } })),
      { place: 'national/2020-07-01+36/2021-01-01', reason: 'invalid-values' },
    ],
    [
      'a field left undefined',
      national,
      own(rule('2021-01-01', undefined, faulty({ interference: { stepTwoThreshold: undefined } }))),
      { place: 'national/2020-07-01+36/2021-01-01', reason: 'invalid-values' },
    ],
    ['a national rule without a section', [{ from: '2021-01-01', values: {} as Policy }], [], { place: 'national/2021-01-01', reason: 'invalid-values' }],
  ])('given %s', (_, base, provinces, expected) => {
    const faults = checkPolicies(base, provinces);
    expect(faults[0]).toMatchObject({ ...expected, detail: expect.stringMatching(/./) });
    expect(() => policyBook(base, provinces)).toThrow(UnsoundPolicy);
    expect(() => policyBook(base, provinces)).toThrow(`${expected.place}: ${expected.reason}`);
  });

  test('given rules that follow each other without touching, then there is no fault', () => {
    expect(checkPolicies(national, own(rule('2021-01-01', '2021-12-31'), rule('2022-01-01'), rule('2022-01-02')))).toEqual([]);
  });

  test('given an override that only meets the later national rule, then it is judged over that one alone', () => {
    const later = nation('2024-01-01', undefined, { notices: { signForWithin: { workdays: 5 }, remind: { workdays: 2 }, escalate: { workdays: 5 } } });
    const four = (from: string) => own(rule(from, undefined, { notices: { remind: { workdays: 4 } } }));
    expect(checkPolicies([...national, later], four('2024-01-01'))).toEqual([]);
    expect(checkPolicies([...national, later], four('2023-12-31'))).toMatchObject([{ place: 'national/2020-07-01+36/2023-12-31' }]);
    expect(checkPolicies([later, nation('2025-01-01')], four('2024-06-01'))).toMatchObject([{ place: 'national/2025-01-01+36/2024-06-01' }]);
  });

  test.each([
    ['law, which needs no adoption', [{ document: 'civil-code', from: '2021-01-01', by: '虚构1号' }]],
    ['without a document that adopts', [{ document: 'jian-reform-plan', from: '2021-01-01', by: '' }]],
    [
      'one document twice',
      [
        { document: 'jian-reform-plan', from: '2021-01-01', by: '虚构1号' },
        { document: 'jian-reform-plan', from: '2021-01-01', by: '虚构2号' },
      ],
    ],
  ])('X10: given an adoption of %s, then it is refused', (_, adoptions) => {
    expect(policy.safeParse({ ...values, adoptions }).success).toBe(false);
  });
});
