import type * as z from 'zod';
import type { CaseFact } from '../../events/commissions.ts';
import type { InstitutionFact } from '../../events/registry.ts';
import type { Fact, Relation } from '../kernel/command.ts';
import type { ProtectionState } from './protection.ts';
import { bureauKnows, handlerOf, type ReportState } from './report.ts';

type CaseFacts = { readonly case: Fact<z.infer<typeof CaseFact.schema>> };

/** 本案鉴定机构的人员 */
export const ofCaseInstitution: Relation<unknown, unknown, CaseFacts> = {
  title: '本案鉴定机构的人员',
  holds: ({ facts, actor }) => facts.case.state.institution === actor.agency,
};

/** 主管本案鉴定机构的司法行政机关 */
export const ofCaseBureau: Relation<unknown, unknown, { readonly institution: Fact<z.infer<typeof InstitutionFact.schema>> }> = {
  title: '主管本案鉴定机构的司法行政机关',
  holds: ({ facts, actor }) => facts.institution.state.supervisedBy === actor.agency,
};

/** 收到该报告的鉴定机构; a report made straight to the bureau is to every institution as if it were not there. */
export const ofReceivingInstitution: Relation<ReportState | null, unknown, unknown> = {
  title: '收到该报告的鉴定机构',
  holds: ({ state, actor }) => state?.institution === actor.agency && state.institutionKnows,
};

/** 主管该鉴定机构的司法行政机关, or its superior from the day on which it was handed there. */
export const ofSupervisingBureau: Relation<ReportState | null, unknown, unknown> = {
  title: '主管该鉴定机构的司法行政机关',
  holds: ({ state, actor }) => state === null || (handlerOf(state) === actor.agency && bureauKnows(state)),
};

/** 收到保护请求的司法行政机关 */
export const ofProtectingBureau: Relation<ProtectionState | null, unknown, unknown> = {
  title: '收到保护请求的司法行政机关',
  holds: ({ state, actor }) => state === null || state.receiver === actor.agency,
};

/** 主管该鉴定机构的司法行政机关，或者收到请示报告的上级机关 */
export const ofBureauOrSuperior: Relation<ReportState | null, unknown, unknown> = {
  title: '主管该鉴定机构的司法行政机关，或者收到请示报告的上级机关',
  holds: (about) => ofSupervisingBureau.holds(about) || (about.state?.upward ?? []).includes(about.actor.agency),
};

/** 检查统计 of one's own institution alone. */
export const ofOwnInstitution: Relation<unknown, { institution?: string | undefined }, unknown> = {
  title: '本机构',
  holds: ({ input, actor }) => input.institution === undefined || input.institution === actor.agency,
};
