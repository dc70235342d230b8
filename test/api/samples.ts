import { completeUscc } from '../../functions/kernel/codes/uscc.ts';
import { webhookSecretOf } from '../support/webhook-secret.ts';
import { ITEM, materialOf, SPARE_ITEM } from './made-proficiency.ts';
import { type ActorName, circularOf, endpointOf, INSTITUTION, OTHER_INSTITUTION, type Played } from './made-province.ts';

/** A valid body of a command (有效样例) in the made province, and what makes it invalid in the ways that no schema knows. */
export interface Sample {
  readonly who: ActorName;
  readonly body: Readonly<Record<string, unknown>>;
  /** The same role elsewhere; absent where the command is about nobody's case. */
  readonly stranger?: { readonly who: ActorName; readonly status: 403 | 404 };
  /** Of the same schema, and nobody has it: by pointer. */
  readonly unknown: readonly (readonly [pointer: string, value: string])[];
  /** A key that the same person has used with another body. */
  readonly usedKey: string;
  /** A body of the same schema that some rule's text of codes refuses: by pointer. */
  readonly wrongCodes?: readonly (readonly [pointer: string, value: string])[];
}

const NOBODY = '0'.repeat(32);
const NO_INSTITUTION = completeUscc('34360802MADE9999');

/** By command name: every command that an agency may give. */
export const samplesOf = (played: Played): Readonly<Record<string, Sample>> => ({
  'proficiency/open-round': {
    who: 'provider',
    body: { year: 2025, item: SPARE_ITEM, institutions: [INSTITUTION], openedOn: '2026-03-09' },
    unknown: [['/institutions/0', NO_INSTITUTION]],
    usedKey: 'round-2025',
    wrongCodes: [
      ['/item', '0202'],
      ['/item', 'medicine-9999'],
    ],
  },
  'proficiency/enrol-institutions': {
    who: 'provider',
    body: { year: 2025, item: ITEM, institutions: [INSTITUTION] },
    stranger: { who: 'otherProvider', status: 404 },
    unknown: [['/institutions/0', NO_INSTITUTION]],
    usedKey: 'round-2025',
  },
  'proficiency/close-round': {
    who: 'provider',
    body: { year: 2025, item: ITEM },
    stranger: { who: 'otherProvider', status: 404 },
    unknown: [],
    usedKey: 'round-2025',
  },
  'proficiency/record-result': {
    who: 'provider',
    body: { institution: OTHER_INSTITUTION, item: ITEM, year: 2025, result: { by: 'word', word: '满意' }, reportedOn: '2026-03-09' },
    stranger: { who: 'otherProvider', status: 404 },
    unknown: [['/institution', NO_INSTITUTION]],
    usedKey: 'round-2025',
  },
  'proficiency/correct-result': {
    who: 'provider',
    body: {
      institution: INSTITUTION,
      item: ITEM,
      year: played.proficiency.year,
      corrects: played.proficiency.result,
      cause: 'reassessed',
      result: { by: 'word', word: '满意' },
    },
    stranger: { who: 'otherProvider', status: 403 },
    unknown: [['/institution', NO_INSTITUTION]],
    usedKey: 'round-2025',
  },
  'proficiency/record-assessment': {
    who: 'officer',
    body: { institution: INSTITUTION, item: ITEM, year: 2025, passed: false, assessedOn: '2026-03-09' },
    stranger: { who: 'otherOfficer', status: 403 },
    unknown: [['/institution', NO_INSTITUTION]],
    usedKey: 'find-1',
  },
  'proficiency/record-retest': {
    who: 'provider',
    body: { institution: INSTITUTION, item: ITEM, year: 2025, passed: true, retestedOn: '2026-03-09' },
    stranger: { who: 'otherProvider', status: 403 },
    unknown: [['/institution', NO_INSTITUTION]],
    usedKey: 'round-2025',
  },
  'proficiency/order-rectification': {
    who: 'officer',
    body: { rectification: played.proficiency.rectifications.drawnUp },
    stranger: { who: 'otherOfficer', status: 404 },
    unknown: [['/rectification', NOBODY]],
    usedKey: 'find-1',
  },
  'proficiency/submit-rectification': {
    who: 'head',
    body: { rectification: played.proficiency.rectifications.ordered, ...materialOf((field) => `虚构${field}`) },
    stranger: { who: 'otherHead', status: 404 },
    unknown: [['/rectification', NOBODY]],
    usedKey: 'open-1',
  },
  'proficiency/verify-rectification': {
    who: 'officer',
    body: { rectification: played.proficiency.rectifications.submitted, outcome: 'still-unfit', account: '虚构核实情况' },
    stranger: { who: 'otherOfficer', status: 404 },
    unknown: [['/rectification', NOBODY]],
    usedKey: 'find-1',
  },
  'proficiency/disclose-rectification': {
    who: 'officer',
    body: { rectification: played.proficiency.rectifications.submitted, purpose: '虚构目的' },
    stranger: { who: 'otherOfficer', status: 404 },
    unknown: [['/rectification', NOBODY]],
    usedKey: 'find-1',
  },
  'agencies/register-agency': {
    who: 'operator',
    body: {
      id: 'made-new-agency',
      name: '虚构新单位',
      kind: 'organ',
      level: 'city',
      division: '360800',
      superior: 'made-health',
      discipline: 'made-discipline',
    },
    unknown: [],
    usedKey: 'agency-made-health',
  },
  'agencies/delegate': {
    who: 'officer',
    body: { to: 'made-leader', commands: ['sanctions/find-breach', 'sanctions/withdraw-finding'], from: '2026-03-10', until: '2026-06-30' },
    unknown: [],
    usedKey: 'find-1',
  },
  'agencies/revoke-delegation': {
    who: 'officer',
    body: { delegation: played.delegation },
    stranger: { who: 'otherOfficer', status: 403 },
    unknown: [['/delegation', NOBODY]],
    usedKey: 'find-1',
  },
  'agencies/register-credential': {
    who: 'operator',
    body: { agency: 'made-health', secret: webhookSecretOf('虚构密钥') },
    unknown: [['/agency', 'made-nobody']],
    usedKey: 'agency-made-health',
    wrongCodes: [
      ['/secret', webhookSecretOf('虚构密钥').slice('whsec_'.length)],
      ['/secret', `whsec_${'A'.repeat(44)}`],
    ],
  },
  'agencies/revoke-credential': {
    who: 'operator',
    body: { agency: 'made-district-court' },
    unknown: [['/agency', 'made-nobody']],
    usedKey: 'agency-made-health',
  },
  'registry/register-institution': {
    who: 'registrar',
    body: { uscc: completeUscc('34360802MADE0009'), name: '虚构新鉴定所', division: '360802', supervisedBy: 'made-city-bureau', scopes: [ITEM, SPARE_ITEM] },
    unknown: [['/supervisedBy', 'made-nobody']],
    usedKey: 'institution-0',
    wrongCodes: [
      ['/uscc', `${completeUscc('34360802MADE0009').slice(0, 17)}0`],
      ['/uscc', completeUscc('34360802MADE0009').toLowerCase()],
      ['/division', '3608'],
      ['/scopes/0', '0201'],
      ['/scopes/1', 'medicine-9999'],
    ],
  },
  'registry/register-appraiser': {
    who: 'registrar',
    body: { institution: INSTITUTION, scopes: [ITEM], name: '虚构新鉴定人', licence: 'MADE-LICENCE-9' },
    unknown: [['/institution', NO_INSTITUTION]],
    usedKey: 'institution-0',
    wrongCodes: [
      ['/scopes/0', '0201'],
      ['/scopes/0', 'medicine-9999'],
    ],
  },
  'registry/apply-for-cancellation': {
    who: 'officer',
    body: { rectification: played.proficiency.rectifications.failed },
    stranger: { who: 'otherOfficer', status: 404 },
    unknown: [['/rectification', NOBODY]],
    usedKey: 'find-1',
  },
  'registry/give-cancellation-notice': {
    who: 'registrar',
    body: { cancellation: played.proficiency.rectifications.applied },
    unknown: [['/cancellation', NOBODY]],
    usedKey: 'institution-0',
  },
  'registry/request-hearing': {
    who: 'head',
    body: { cancellation: played.proficiency.rectifications.noticed, statement: '虚构陈述' },
    stranger: { who: 'otherHead', status: 404 },
    unknown: [['/cancellation', NOBODY]],
    usedKey: 'open-1',
  },
  'registry/hold-hearing': {
    who: 'registrar',
    body: { cancellation: played.proficiency.rectifications.requested, account: '虚构听取情况' },
    unknown: [['/cancellation', NOBODY]],
    usedKey: 'institution-0',
  },
  'registry/decide-cancellation': {
    who: 'registrar',
    body: { cancellation: played.proficiency.rectifications.held, outcome: 'cancel' },
    unknown: [['/cancellation', NOBODY]],
    usedKey: 'institution-0',
  },
  'registry/disclose-hearing': {
    who: 'officer',
    body: { cancellation: played.proficiency.rectifications.held, purpose: '虚构核查' },
    stranger: { who: 'otherOfficer', status: 404 },
    unknown: [['/cancellation', NOBODY]],
    usedKey: 'find-1',
  },
  'commissions/open-case': {
    who: 'head',
    body: {
      case: '（2026）虚构鉴字第9号',
      number: 'case',
      matter: '虚构鉴定事项',
      commissioner: { kind: 'organ', agency: 'made-district-court' },
      appraisers: ['MADE-LICENCE-1', 'MADE-LICENCE-2'],
      receivedOn: '2026-03-09',
    },
    unknown: [
      ['/commissioner/agency', 'made-nobody'],
      ['/appraisers/1', 'MADE-LICENCE-8'],
    ],
    usedKey: 'open-1',
  },
  'commissions/conclude-case': {
    who: 'head',
    body: { case: played.case, outcome: 'opinion', concludedOn: '2026-03-10' },
    stranger: { who: 'otherHead', status: 403 },
    unknown: [['/case', '（2026）虚构鉴字第8号']],
    usedKey: 'open-1',
  },
  'commissions/archive-case': {
    who: 'head',
    body: { case: played.concludedCase },
    stranger: { who: 'otherHead', status: 403 },
    unknown: [['/case', '（2026）虚构鉴字第8号']],
    usedKey: 'open-1',
  },
  'interference/sign-row': {
    who: 'appraiser',
    body: { case: played.case, content: played.freshContent, corrects: played.freshRow },
    stranger: { who: 'stranger', status: 403 },
    unknown: [['/case', '（2026）虚构鉴字第8号']],
    usedKey: 'sign-3',
  },
  'interference/report-interference': {
    who: 'appraiser',
    body: { case: played.case, row: played.freshRow, to: 'institution', content: played.freshContent, insider: 'none', seriousConsequences: false },
    stranger: { who: 'stranger', status: 403 },
    unknown: [
      ['/case', '（2026）虚构鉴字第8号'],
      ['/row', NOBODY],
    ],
    usedKey: 'sign-3',
  },
  'interference/forward-report': {
    who: 'head',
    body: { report: played.reportedReport },
    stranger: { who: 'otherHead', status: 404 },
    unknown: [['/report', NOBODY]],
    usedKey: 'open-1',
  },
  'interference/route-report': {
    who: 'officer',
    body: {
      report: played.forwardedReport,
      established: [
        { situation: 'other-organ-staff', organ: 'made-hospital', separable: true },
        { situation: 'individual', separable: false },
      ],
    },
    stranger: { who: 'otherOfficer', status: 404 },
    unknown: [
      ['/report', NOBODY],
      ['/established/0/organ', 'made-nobody'],
    ],
    usedKey: 'find-1',
  },
  'interference/disclose-report': {
    who: 'officer',
    body: { report: played.forwardedReport, purpose: '虚构核查' },
    stranger: { who: 'otherOfficer', status: 404 },
    unknown: [['/report', NOBODY]],
    usedKey: 'find-1',
  },
  'interference/disclose-record': {
    who: 'officer',
    body: { case: played.case, purpose: '虚构核查' },
    stranger: { who: 'otherOfficer', status: 403 },
    unknown: [['/case', '（2026）虚构鉴字第8号']],
    usedKey: 'find-1',
  },
  'interference/disclose-reporter': {
    who: 'officer',
    body: { report: played.forwardedReport, purpose: 'investigate', reason: '虚构核查' },
    stranger: { who: 'otherOfficer', status: 404 },
    unknown: [['/report', NOBODY]],
    usedKey: 'find-1',
  },
  'interference/deal-with-insider': {
    who: 'head',
    body: { report: played.insiderReport, outcome: '虚构处理结果', byPartyOrganization: false },
    stranger: { who: 'otherHead', status: 404 },
    unknown: [['/report', NOBODY]],
    usedKey: 'open-1',
  },
  'interference/withdraw-report': {
    who: 'appraiser',
    body: { case: played.case, row: played.withdrawableRow, to: 'institution', reason: '虚构撤回' },
    stranger: { who: 'stranger', status: 403 },
    unknown: [
      ['/case', '（2026）虚构鉴字第8号'],
      ['/row', NOBODY],
    ],
    usedKey: 'sign-3',
  },
  'interference/reclassify-report': {
    who: 'officer',
    body: {
      report: played.openAct.report,
      established: [
        { situation: 'insider-head', separable: true },
        { situation: 'other-organ-staff', organ: 'made-hospital', separable: true },
      ],
      reason: '虚构新情况',
    },
    stranger: { who: 'otherOfficer', status: 404 },
    unknown: [
      ['/report', NOBODY],
      ['/established/1/organ', 'made-nobody'],
    ],
    usedKey: 'find-1',
  },
  'interference/record-outcome': {
    who: 'officer',
    body: { ...played.openAct, outcome: 'educated', account: '虚构办理结果' },
    stranger: { who: 'otherOfficer', status: 404 },
    unknown: [
      ['/report', NOBODY],
      ['/recipient', 'made-nobody'],
    ],
    usedKey: 'find-1',
  },
  'interference/seek-protection': {
    who: 'appraiser',
    body: { case: played.case, row: played.freshRow, kind: 'retaliation', to: 'bureau', account: '虚构遭遇', evidence: [] },
    stranger: { who: 'stranger', status: 403 },
    unknown: [
      ['/case', '（2026）虚构鉴字第8号'],
      ['/row', NOBODY],
    ],
    usedKey: 'sign-3',
  },
  'interference/disclose-protection': {
    who: 'officer',
    body: { matter: played.protection, purpose: '虚构核查' },
    stranger: { who: 'otherOfficer', status: 404 },
    unknown: [['/matter', NOBODY]],
    usedKey: 'find-1',
  },
  'interference/decide-protection': {
    who: 'officer',
    body: { matter: played.protection, outcome: 'substantiated', account: '虚构处理' },
    stranger: { who: 'otherOfficer', status: 404 },
    unknown: [['/matter', NOBODY]],
    usedKey: 'find-1',
  },
  'interference/report-upward': {
    who: 'officer',
    body: { report: played.directReport, reason: '虚构重要情况' },
    stranger: { who: 'otherOfficer', status: 404 },
    unknown: [['/report', NOBODY]],
    usedKey: 'find-1',
  },
  'interference/issue-circular': {
    who: 'officer',
    body: circularOf(INSTITUTION),
    unknown: [['/lines/0/institution', NO_INSTITUTION]],
    usedKey: 'find-1',
    wrongCodes: [
      ['/from', '2026-13'],
      ['/to', '2026-3'],
    ],
  },
  'sanctions/find-breach': {
    who: 'officer',
    body: { subject: { kind: 'appraiser', id: played.person }, institution: INSTITUTION, breach: 'did-not-record', acts: 1, account: '虚构事实' },
    stranger: { who: 'otherOfficer', status: 403 },
    unknown: [
      ['/subject/id', NOBODY],
      ['/institution', NO_INSTITUTION],
    ],
    usedKey: 'find-1',
  },
  'sanctions/withdraw-finding': {
    who: 'officer',
    body: { subject: { kind: 'appraiser', id: played.person }, finding: played.finding, reason: '虚构更正' },
    stranger: { who: 'otherOfficer', status: 403 },
    unknown: [['/finding', NOBODY]],
    usedKey: 'find-1',
  },
  'sanctions/verify-correction': {
    who: 'officer',
    body: { finding: played.finding },
    stranger: { who: 'otherOfficer', status: 403 },
    unknown: [['/finding', NOBODY]],
    usedKey: 'find-1',
  },
  'deliveries/register-endpoint': {
    who: 'operator',
    body: endpointOf('made-city-court'),
    unknown: [['/agency', 'made-nobody']],
    usedKey: 'agency-made-health',
    wrongCodes: [
      ['/url', 'https://用户@虚构.example/'],
      ['/url', 'https://court.example'],
      ['/url', 'ftp://court.example/'],
      ['/secret', 'whsec_AAAA'],
    ],
  },
  'deliveries/rotate-endpoint-secret': {
    who: 'operator',
    body: { agency: 'made-district-court', secret: webhookSecretOf('虚构的新密钥') },
    unknown: [['/agency', 'made-nobody']],
    usedKey: 'agency-made-health',
  },
  'deliveries/disable-endpoint': {
    who: 'operator',
    body: { agency: 'made-district-court' },
    unknown: [['/agency', 'made-nobody']],
    usedKey: 'agency-made-health',
  },
  'deliveries/enable-endpoint': {
    who: 'operator',
    body: { agency: 'made-health' },
    unknown: [['/agency', 'made-nobody']],
    usedKey: 'agency-made-health',
  },
  'deliveries/ping-endpoint': {
    who: 'operator',
    body: { agency: 'made-district-court' },
    unknown: [['/agency', 'made-nobody']],
    usedKey: 'agency-made-health',
  },
  'deliveries/redeliver': {
    who: 'operator',
    body: { agency: 'made-district-court', about: played.earlierNotice },
    unknown: [['/about', NOBODY]],
    usedKey: 'agency-made-health',
  },
  'notifications/sign-for-notice': {
    who: 'clerk',
    body: { about: played.notice },
    stranger: { who: 'superiorClerk', status: 404 },
    unknown: [['/about', NOBODY]],
    usedKey: 'signed-1',
  },
  'notifications/reply-to-notice': {
    who: 'healthClerk',
    body: { about: played.notice, text: '虚构答复' },
    stranger: { who: 'superiorClerk', status: 404 },
    unknown: [['/about', NOBODY]],
    usedKey: 'signed-2',
  },
  'notifications/disclose-reply': {
    who: 'officer',
    body: { about: played.notice, recipient: 'made-health', purpose: '虚构核查' },
    stranger: { who: 'otherOfficer', status: 403 },
    unknown: [],
    usedKey: 'find-1',
  },
});
