import type { Basis } from '../../events/basis.ts';
import { cite } from '../../events/documents.ts';
import { citeDraft, type Policy } from '../policy/policy.ts';

/** 吉安方案第12项, with the document by which the province adopted the draft, where it has (rule X10). */
export const planIn = (policy: Policy, ...readings: readonly string[]): Basis => citeDraft('jian-reform-plan', '第12项', policy, ...readings);

export const ROUND = cite('excellence-opinions', '第14条', '能力验证由提供者按年度、按鉴定项目组织，参加机构由提供者登记');
export const ROUND_CLOSED = cite('excellence-opinions', '第14条', '已结束的能力验证计划不再接收结果，有误的结果更正');
export const IN_SCOPE = cite('excellence-opinions', '第14条', '结果只登记于机构登记在册或者曾经登记在册的鉴定项目');

/** How a result is read (rule P-1). */
export const RESULT = cite('excellence-opinions', '第14条', '满意、通过为合格，有问题只作警示，不满意、不通过为不合格；一次多个比分数的，以最差的为准');
export const ABSENCE = cite('excellence-opinions', '第14条', '缺席另行记录；无正当理由的是否计作不合格，由本省规则定');
export const CORRECTION = cite('excellence-opinions', '第14条', '结果有误的，由原提供者更正，原记录保留，由此产生的后果一并更正');
export const ASSESSMENT = cite('jian-reform-plan', '第12项', '现场测评结果予以记录，是否计作不合格，由本省规则定');
export const RETEST = cite('excellence-opinions', '第14条', '补测合格的，恢复受理该项目的委托；该年度结果不变');

export const CONSECUTIVE = '同一鉴定项目相邻两个年度均不合格为连续两年；其间合格或者没有组织能力验证的年度，中断计算';
export const OFFICER_DECIDES = '由主管司法行政机关承办人员决定是否责令';
export const TERM_OF_POLICY = '整改期限按本省规则';
export const SUBMISSION = '在决定所载期限内提交，附证据';
export const VERIFICATION = '由作出决定的司法行政机关核实';
export const FAULTS = {
  'not-in-place': '整改不到位',
  'still-unfit': '整改后仍不符合执业要求',
  'nothing-submitted': '期满没有提交整改情况的，按整改不到位处理',
} as const;
export const REVOCATION = '结果更正后，两个年度不再均不合格，由此产生的整改一并撤销';
