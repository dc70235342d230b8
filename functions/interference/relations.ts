import type * as z from 'zod';
import type { CaseFact } from '../../events/commissions.ts';
import type { InstitutionFact } from '../../events/registry.ts';
import type { Fact, Relation } from '../kernel/command.ts';
import { notFound } from '../kernel/decision.ts';
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

/** 报告, as one that there is not is answered: who it does not concern does not learn that it was made (第十条). */
const NO_REPORT = notFound('报告', '/report');

/** 收到该报告的鉴定机构; a report made straight to the bureau is to every institution as if it were not there. */
export const ofReceivingInstitution: Relation<ReportState | null, unknown, unknown> = {
  title: '收到该报告的鉴定机构',
  holds: ({ state, actor }) => state?.institution === actor.agency && state.institutionKnows,
  unseen: NO_REPORT,
};

/** 主管该鉴定机构的司法行政机关, or its superior from the day on which it was handed there. */
export const ofSupervisingBureau: Relation<ReportState | null, unknown, unknown> = {
  title: '主管该鉴定机构的司法行政机关',
  holds: ({ state, actor }) => state !== null && handlerOf(state) === actor.agency && bureauKnows(state),
  unseen: NO_REPORT,
};

/** 收到保护请求的司法行政机关 */
export const ofProtectingBureau: Relation<ProtectionState | null, unknown, unknown> = {
  title: '收到保护请求的司法行政机关',
  holds: ({ state, actor }) => state?.receiver === actor.agency,
  unseen: notFound('保护请求', '/matter'),
};

/** 主管该鉴定机构的司法行政机关，或者收到请示报告的上级机关 */
export const ofBureauOrSuperior: Relation<ReportState | null, unknown, unknown> = {
  title: '主管该鉴定机构的司法行政机关，或者收到请示报告的上级机关',
  holds: (about) => ofSupervisingBureau.holds(about) || (about.state?.upward ?? []).includes(about.actor.agency),
  unseen: NO_REPORT,
};

/** 检查统计 of one's own institution alone. */
export const ofOwnInstitution: Relation<unknown, { institution?: string | undefined }, unknown> = {
  title: '本机构',
  holds: ({ input, actor }) => input.institution === undefined || input.institution === actor.agency,
};

/** 印发或者收到的单位 of a circular: the query reads no other's. */
export const issuedOrAddressed: Relation<unknown, unknown, unknown> = { title: '印发或者收到的单位', holds: () => true };

/** 本人: the numbers that are looked up are made of who asks. */
export const oneself: Relation<unknown, unknown, unknown> = { title: '本人', holds: () => true };
