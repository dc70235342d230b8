import type * as z from 'zod';
import type { InstitutionFact } from '../../events/registry.ts';
import type { Fact, Relation, Right } from '../kernel/command.ts';
import { notFound } from '../kernel/decision.ts';
import { type RecordState, yearOf } from './record.ts';
import type { RectificationState } from './rectification.ts';

type InstitutionFacts = { readonly institution: Fact<z.infer<typeof InstitutionFact.schema>> };

/** 主管该鉴定机构的司法行政机关 */
export const ofSupervisingBureau: Relation<unknown, unknown, InstitutionFacts> = {
  title: '主管该鉴定机构的司法行政机关',
  holds: ({ facts, actor }) => facts.institution.state.supervisedBy === actor.agency,
};

/** 报告该结果的能力验证提供者; that there is no result everyone may learn. */
export const ofReportingProvider: Relation<RecordState, { readonly year: number }, unknown> = {
  title: '报告该结果的能力验证提供者',
  holds: ({ state, input, actor }) => (yearOf(state, input.year).test?.provider ?? actor.agency) === actor.agency,
};

const unseen = notFound('限期整改', '/rectification');

/** 主管该鉴定机构、作出该决定的司法行政机关 */
export const ofRectifyingBureau: Relation<RectificationState, unknown, unknown> = {
  title: '主管该鉴定机构的司法行政机关',
  holds: ({ state, actor }) => state.bureau === actor.agency,
  unseen,
};

/** 被责令整改的鉴定机构: of what is only drawn up it knows nothing. */
export const ofRectifyingInstitution: Relation<RectificationState, unknown, unknown> = {
  title: '被责令整改的鉴定机构',
  holds: ({ state, actor }) => state.institution === actor.agency && state.orderedOn !== null,
  unseen,
};

/** 本单位的能力验证计划 */
export const ofNamedProvider: Relation<unknown, { readonly provider?: string | undefined }, unknown> = {
  title: '本单位',
  holds: ({ input, actor }) => input.provider === undefined || input.provider === actor.agency,
};

/** 本机构的能力验证记录 */
const ofNamedInstitution: Relation<unknown, { readonly institution: string }, unknown> = {
  title: '本机构',
  holds: ({ input, actor }) => input.institution === actor.agency,
};

/** Who reads the years of an institution: every bureau of the province, and itself. */
export const historyReaders: readonly Right<unknown, { readonly institution: string }, unknown>[] = [
  { kind: 'justice-bureau', roles: ['officer', 'leader', 'registrar'] },
  { kind: 'institution', roles: ['head', 'staff'], relation: ofNamedInstitution },
];
