import type { Basis } from '../../events/basis.ts';
import { cite } from '../../events/documents.ts';
import { citeDraft, type Policy } from '../policy/policy.ts';

/** 各省级司法行政机关负责登记、名册编制和公告; supervision by the local bureau follows the seat. */
export const SUPERVISION = cite('appraisal-decision', '第三条');
export const WITHIN_INSTITUTION = cite('appraiser-registration', '第三条', '鉴定人登记的鉴定项目，以其执业机构当日登记在册的鉴定项目为限');

/** 吉安方案第12项, with the document by which the province adopted the draft, where it has (rule X10). */
export const planIn = (policy: Policy, ...readings: readonly string[]): Basis => citeDraft('jian-reform-plan', '第12项', policy, ...readings);

// The plan says 依法注销相应鉴定业务 and no more: how it is done is our reading (rule R-3).
export const APPLICATION = '整改未通过的，由主管司法行政机关向登记机关申请注销，只涉及未通过整改的项目（解释口径）';
export const NOTICE = '注销前由登记机关预先告知，鉴定机构可以在期限内申请陈述、申辩，期限按本省规则（解释口径）';
export const HEARING = '陈述、申辩由登记机关听取；申请的，听取后才能决定（解释口径）';
export const DECISION = '由登记机关在陈述、申辩期满或者听取后决定（解释口径）';
export const STRIKING_OFF = '只注销相应鉴定业务，自决定之日起生效，其他业务和鉴定人的登记不受影响（解释口径）';
export const WITHDRAWAL = '所依据的整改已撤销的，注销程序一并撤销，已注销的恢复登记（解释口径）';
