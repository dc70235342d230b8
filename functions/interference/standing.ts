import type { Basis } from '../../events/basis.ts';
import { type Refusal, refuse } from '../kernel/decision.ts';
import { STANDING } from './articles.ts';
import { type Interference, involves } from './form.ts';

/** 报告人身份: an appraiser, other staff (鉴定机构其他人员), the institution itself. */
export type ReporterRole = 'appraiser' | 'staff' | 'institution';
/** 干预人是否为鉴定机构内部人员: its head (负责人), another insider, none. */
export type InsiderStanding = 'head' | 'other' | 'none';

/** What a report says of itself, before anyone has established anything. */
export interface ReportStanding {
  readonly reporterRole: ReporterRole;
  readonly to: 'institution' | 'bureau';
  /** The gravest that applies where there are several interferers. */
  readonly insider: InsiderStanding;
  /** 造成严重后果; asked only where the insider is not the head. */
  readonly seriousConsequences: boolean;
}

/** 可以报告; `lead` (线索): the text does not name this reporter, so what he says is kept as a lead. */
export interface ReportingRoute {
  readonly ok: true;
  readonly basis: Basis;
  readonly lead?: true;
}

type Circumstance = 'head' | 'serious' | 'ordinary' | 'outsider';

const circumstanceOf = ({ insider, seriousConsequences }: ReportStanding): Circumstance => {
  if (insider === 'none') return 'outsider';
  if (insider === 'head') return 'head';
  return seriousConsequences ? 'serious' : 'ordinary';
};

const may = (basis: Basis): ReportingRoute => ({ ok: true, basis });
const asLead = (basis: Basis): ReportingRoute => ({ ok: true, basis, lead: true });
const toInstitutionFirst = refuse('report_to_institution', '应当向所在司法鉴定机构报告，不属于可以直接向司法行政机关报告的情形', STANDING.toInstitution, {
  cure: '向所在司法鉴定机构报告；干预人为机构负责人，或者造成严重后果的，写明后可以直接报告',
  pointer: '/to',
});
const dealtWithByCharter = refuse('dealt_with_by_charter', '内部人员干预且未造成严重后果的，由鉴定机构依据章程等规定处理', STANDING.byCharter, {
  cure: '依据本机构章程处理并记录结果；造成严重后果的，写明后可以直接报告',
  pointer: '/to',
});
const notToItself = refuse('institution_receives', '鉴定机构是报告的接收者，不向自己报告', STANDING.toInstitution, {
  cure: '外部人员干预的，向主管司法行政机关报告；内部人员干预的，依据章程处理',
  pointer: '/to',
});

const TO_INSTITUTION: Readonly<Record<ReporterRole, ReportingRoute | Refusal>> = {
  appraiser: may(STANDING.toInstitution),
  staff: may(STANDING.toInstitution),
  institution: notToItself,
};

const TO_BUREAU: Readonly<Record<ReporterRole, Readonly<Record<Circumstance, ReportingRoute | Refusal>>>> = {
  appraiser: { head: may(STANDING.aboutHead), serious: may(STANDING.serious), ordinary: toInstitutionFirst, outsider: toInstitutionFirst },
  staff: { head: may(STANDING.aboutHead), serious: asLead(STANDING.seriousByStaff), ordinary: toInstitutionFirst, outsider: toInstitutionFirst },
  institution: {
    head: asLead(STANDING.aboutHeadByInstitution),
    serious: may(STANDING.serious),
    ordinary: dealtWithByCharter,
    outsider: may(STANDING.outsider),
  },
};

/** Who may report where. Source: 第五条第一款至第三款, 第六条. */
export const reportingRoute = (report: ReportStanding): ReportingRoute | Refusal =>
  report.to === 'institution' ? TO_INSTITUTION[report.reporterRole] : TO_BUREAU[report.reporterRole][circumstanceOf(report)];

/** 机构收到报告后: what the institution has to do with a report that reached it. */
export interface Forwarding {
  /** 及时向主管该鉴定机构的司法行政机关报告 */
  readonly forward: boolean;
  /** 依据本机构章程等规定予以处理 */
  readonly byCharter: boolean;
  readonly basis: Basis;
}

/** Outsiders are forwarded, insiders are dealt with by the charter, a mixed report is both. Source: 第六条. */
export function forwarding(content: Interference): Forwarding {
  const byCharter = involves(content, 'insider');
  const forward = content.interferers.some(({ box }) => box !== 'insider');
  return { forward, byCharter, basis: forward && byCharter ? STANDING.mixed : forward ? STANDING.outsider : STANDING.byCharter };
}
