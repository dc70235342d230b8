import type * as z from 'zod';
import type { CaseFact } from '../../events/commissions.ts';
import type { Fact, Relation } from '../kernel/command.ts';
import { notFound } from '../kernel/decision.ts';
import { bureauKnows, type ReportState } from './report.ts';

type CaseFacts = { readonly case: Fact<z.infer<typeof CaseFact.schema>> };

/** 本案鉴定机构的人员 */
export const ofCaseInstitution: Relation<unknown, unknown, CaseFacts> = {
  title: '本案鉴定机构的人员',
  holds: ({ facts, actor }) => facts.case.state.institution === actor.agency,
};

/** 报告, as one that there is not is answered: who it does not concern does not learn that it was made (第十条). */
const NO_REPORT = notFound('报告', '/report');

/** 收到该报告的鉴定机构; a report made straight to the bureau is to every institution as if it were not there. */
export const ofReceivingInstitution: Relation<ReportState | null, unknown, unknown> = {
  title: '收到该报告的鉴定机构',
  holds: ({ state, actor }) => state?.institution === actor.agency && state.institutionKnows,
  unseen: NO_REPORT,
};

/** 主管该鉴定机构的司法行政机关 */
export const ofSupervisingBureau: Relation<ReportState | null, unknown, unknown> = {
  title: '主管该鉴定机构的司法行政机关',
  holds: ({ state, actor }) => state?.bureau === actor.agency && bureauKnows(state),
  unseen: NO_REPORT,
};
