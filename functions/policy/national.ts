import type { EffectiveRule } from './book.ts';
import type { Policy } from './policy.ts';

/** The national rules; the first day is that of 司办通〔2020〕56号, art. 12. */
export const national: readonly EffectiveRule<Policy>[] = [
  {
    from: '2020-07-01',
    values: {
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
    },
  },
];
