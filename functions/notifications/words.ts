import type { DeadlineKind } from '../../events/deadlines.ts';
import type { DataOf } from '../../events/event.ts';
import type { RectificationFailed, Verdict } from '../../events/proficiency.ts';
import type { CancellationDecided } from '../../events/registry.ts';
import type { Measure } from '../../events/sanctions.ts';

/** 处理措施 */
export const MEASURE_WORDS: Readonly<Record<Measure, string>> = {
  'order-to-correct': '责令改正',
  'integrity-entry': '记入诚信档案',
  admonition: '训诫',
  'circular-criticism': '通报批评',
};

/** 责任主体, by role and never by name. */
export const SUBJECT_WORDS = {
  appraiser: '司法鉴定人',
  head: '鉴定机构负责人',
  staff: '鉴定机构其他人员',
  institution: '司法鉴定机构',
} as const;

/** 期限事项 as its notices name it; `null`: who has not signed for a notice is not sent another. */
export const DEADLINE_WORDS: Readonly<Record<DeadlineKind, string | null>> = {
  'forward-report': '处理收到的干预情况报告：外部人员干预的向主管司法行政机关报告，内部人员干预的依章程处理',
  'route-report': '按第八条处理干预情况报告',
  'sign-for-notice': null,
  'remind-of-notice': null,
  'escalate-notice': null,
  correct: '按行政处理决定改正',
  rectify: '按责令限期整改决定提交整改情况和证据',
  'verify-rectification': '核实鉴定机构提交的整改情况',
  'sign-rows': '请尚未签名的鉴定人在《干预司法鉴定活动记录表》上签名，没有干预情形的勾选“无此类情况”',
};

/** 性质 of a deadline that has passed (X4, X9). */
export const NATURE_WORDS = { alert: '服务提醒，不作违规认定', legal: '提醒，是否违规由承办人员认定' } as const;

/** 请求保护的事由 */
export const PROTECTION_WORDS = { retaliation: '打击报复', leak: '泄露' } as const;

/** 能力验证结果 */
export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = { passed: '合格', warned: '有问题', failed: '不合格', absent: '缺席' };

/** 整改未通过的情形 */
export const RECTIFICATION_FAULT_WORDS: Readonly<Record<DataOf<typeof RectificationFailed>['fault'], string>> = {
  'not-in-place': '整改不到位',
  'still-unfit': '整改后仍不符合执业要求',
  'nothing-submitted': '期满没有提交整改情况',
};

/** 注销申请的决定 */
export const CANCELLATION_OUTCOME_WORDS: Readonly<Record<DataOf<typeof CancellationDecided>['outcome'], string>> = {
  cancel: '注销相应鉴定业务',
  keep: '不予注销',
};

/** 日期提示 beside a date beyond the published holidays (X3). */
export const dateHint = (beyondCalendar: boolean): string | undefined =>
  beyondCalendar ? '该日期超出已公布的放假安排，暂只按周末推算，安排公布后须重新计算' : undefined;
