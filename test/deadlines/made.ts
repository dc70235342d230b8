import { cite } from '../../events/documents.ts';
import {
  InsiderDealtWith,
  InterferenceReported,
  RecordCompleted,
  ReportClosed,
  ReportForwarded,
  ReportRouted,
  ReportWithdrawn,
  RowsAskedFor,
} from '../../events/interference.ts';
import { NoticeSent, NoticeSignedFor } from '../../events/notifications.ts';
import { CorrectionVerified, type Measure, MeasuresIssued, MeasuresRevoked } from '../../events/sanctions.ts';
import type { HeardEvent } from '../../functions/kernel/reaction.ts';
import { heard, id } from '../support/heard.ts';

export const INSTITUTION = 'made-institution';
export const BUREAU = 'made-justice';
export const COURT = 'made-court';
export const REPORT = `interference/report/${id('1')}`;
export const NOTICE = `notifications/notice/${id('e')}/${COURT}`;
export const MEASURES = `sanctions/order/${id('f')}`;
export const RECORD = 'interference/record/虚构7号';

const article = cite('interference-provisions', '第五条');
const about = { report: id('1'), case: '虚构7号', institution: INSTITUTION, bureau: BUREAU };
const commissioner = { kind: 'organ' as const, agency: COURT };
const ordered = { finding: id('f'), institution: INSTITUTION, bureau: BUREAU, basis: article };

/** 国庆 2026: the order's last day is a Saturday in the holidays, the last working day before it 30 September, the next after it 8 October. */
export const correction = { start: '2026-09-18', rawDue: '2026-10-03', legalDue: '2026-10-08', alertDue: '2026-09-30', beyondCalendar: false };

export const reported = (to: 'institution' | 'bureau', reportedOn = '2026-03-10') =>
  heard(InterferenceReported, { ...about, commissioner, to, reportedOn, basis: article }, { stream: REPORT, version: 1 });
export const forwarded = (forwardedOn = '2026-03-11') =>
  heard(ReportForwarded, { ...about, commissioner, forwardedOn, basis: article }, { stream: REPORT, version: 2 });
export const routed = heard(
  ReportRouted,
  { ...about, acts: [{ act: 'tell-commissioner', recipient: COURT, basis: article }], routedOn: '2026-03-12' },
  { stream: REPORT, version: 3 },
);
export const dealtWith = (remains: 'forward' | 'nothing' = 'nothing') =>
  heard(InsiderDealtWith, { ...about, remains, dealtOn: '2026-03-12', basis: article }, { stream: REPORT, version: 3 });
export const withdrawn = (to: 'institution' | 'bureau') =>
  heard(ReportWithdrawn, { ...about, to, withdrawnOn: '2026-03-12', basis: article }, { stream: REPORT, version: 3 });
export const closed = heard(ReportClosed, { ...about, toTell: [COURT], closedOn: '2026-03-20', basis: article }, { stream: REPORT, version: 4 });
export const sent = (mustSign = true, sentOn = '2026-03-10') =>
  heard(
    NoticeSent,
    {
      about: id('e'),
      event: 'ReportRouted',
      recipient: COURT,
      sender: BUREAU,
      purpose: '告知',
      withheld: ['报告人身份'],
      particulars: {},
      mustSign,
      sentOn,
      basis: article,
    },
    { stream: NOTICE },
  );
export const signed = (mustSign = true) =>
  heard(NoticeSignedFor, { about: id('e'), recipient: COURT, mustSign, signedOn: '2026-03-11' }, { stream: NOTICE, version: 2 });
export const issued = (measures: Measure[] = ['order-to-correct']) =>
  heard(
    MeasuresIssued,
    { ...ordered, subject: { kind: 'appraiser', id: id('a') }, breach: 'did-not-record', acts: 1, measures, correction },
    { stream: MEASURES, version: 1 },
  );
export const verified = heard(CorrectionVerified, { ...ordered, verifiedOn: '2026-09-29' }, { stream: MEASURES, version: 2 });
export const revoked = (measures: Measure[] = ['order-to-correct', 'integrity-entry']) =>
  heard(MeasuresRevoked, { ...ordered, measures, because: id('f') }, { stream: MEASURES, version: 3 });

const ofRecord = { case: about.case, institution: INSTITUTION, basis: article };
export const askedFor = (concludedOn = '2026-03-10') =>
  heard(RowsAskedFor, { ...ofRecord, bureau: BUREAU, missing: [id('a')], concludedOn }, { stream: RECORD, version: 2 });
export const completed = heard(RecordCompleted, { ...ofRecord, completedOn: '2026-03-12' }, { stream: RECORD, version: 3 });

/** The sources' states, as far as the deadlines read them, after these events. */
export const reportState = (...events: readonly HeardEvent[]) => {
  const has = (name: string) => events.some((event) => event.name === name);
  const direct = events.some(({ name, data }) => name === 'InterferenceReported' && data.to === 'bureau');
  let status = direct || has('ReportForwarded') ? 'at-bureau' : 'at-institution';
  if (status === 'at-institution' && events.some(({ name, data }) => name === 'InsiderDealtWith' && data.remains === 'nothing')) status = 'dealt-with';
  if (has('ReportRouted')) status = 'routed';
  if (has('ReportClosed')) status = 'closed';
  if (has('ReportWithdrawn')) status = 'withdrawn';
  return {
    report: id('1'),
    case: about.case,
    institution: INSTITUTION,
    bureau: BUREAU,
    status,
    institutionKnows: !direct,
    forwarded: has('ReportForwarded'),
  };
};
export const noticeState = (...events: readonly HeardEvent[]) => ({ signedOn: events.some(({ name }) => name === 'NoticeSignedFor') ? '2026-03-11' : null });
export const recordState = (...events: readonly HeardEvent[]) => ({
  case: about.case,
  institution: INSTITUTION,
  rows: [],
  complete: events.includes(completed) ? true : events.length > 0 ? false : null,
});
export const orderState = (...events: readonly HeardEvent[]) => ({
  finding: id('f'),
  issued: events.find(({ name }) => name === 'MeasuresIssued')?.data ?? null,
  revoked: events.filter(({ name }) => name === 'MeasuresRevoked').flatMap(({ data }) => data.measures),
  correctedOn: events.includes(verified) ? '2026-09-29' : null,
});
