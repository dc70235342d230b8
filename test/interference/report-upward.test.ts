import { describe, test } from 'vitest';
import { ImportantMatterReported, InterferenceReported, ReportDisclosed, ReportForwarded, ReportWithdrawn } from '../../events/interference.ts';
import { INSPECTION, PROTECTION, REPORTING } from '../../functions/interference/articles.ts';
import discloseReport from '../../functions/interference/commands/disclose-report.ts';
import reportUpward from '../../functions/interference/commands/report-upward.ts';
import { report } from '../../functions/interference/report.ts';
import type { Actor } from '../../functions/kernel/identity.ts';
import { fact, given, TODAY } from '../support/given.ts';
import { id } from '../support/heard.ts';

const CITY = 'made-city-bureau';
const PROVINCE = 'made-province-bureau';
const MINISTRY = 'made-ministry';
const by = (agency: string, kind: Actor['kind'] = 'justice-bureau'): Actor => ({ agency, kind, division: '310000', person: id('9'), roles: ['officer'] });
const under = (superior: string | null) => ({ facts: { bureau: fact({ superior }) } });

const about = { report: id('1'), case: '虚构1号', institution: 'made-institution' };
const reported = (to: 'institution' | 'bureau') =>
  InterferenceReported.of({ ...about, bureau: CITY, commissioner: { kind: 'person' }, to, reportedOn: TODAY, basis: REPORTING.toBureau });
const forwarded = ReportForwarded.of({ ...about, bureau: CITY, commissioner: { kind: 'person' }, forwardedOn: TODAY, basis: REPORTING.forward });
const upward = (bureau: string, superior: string) => ImportantMatterReported.of({ ...about, bureau, superior, reportedOn: TODAY, basis: INSPECTION.upward });
const asked = { report: id('1'), reason: '虚构重要情况' };
const opening = { report: id('1'), purpose: '虚构目的' };
const opened = (toAgency: string) => ReportDisclosed.of({ report: id('1'), toAgency, toRole: 'officer', basis: PROTECTION.content });

describe('印发通知第二段: important matters are reported upward', () => {
  test('given a report that the bureau knows, then to its superior', () => {
    for (const events of [[reported('bureau')], [reported('institution'), forwarded]])
      given(report, ...events)
        .when(reportUpward, asked, { actor: by(CITY), ...under(PROVINCE) })
        .thenEvents(upward(CITY, PROVINCE));
  });

  test('given one that still lies with the institution, or another bureau’s, then it is nobody’s to report', () => {
    given(report, reported('institution'))
      .when(reportUpward, asked, { actor: by(CITY), ...under(PROVINCE) })
      .thenRefused({ refused: 'not-found' });
    given(report, reported('bureau'))
      .when(reportUpward, asked, { actor: by('made-other'), ...under(PROVINCE) })
      .thenRefused({ refused: 'not-found' });
  });

  test('given that it was reported upward, then not again to the same superior, but by that superior to its own', () => {
    const stands = [reported('bureau'), upward(CITY, PROVINCE)];
    given(report, ...stands)
      .when(reportUpward, asked, { actor: by(CITY), ...under(PROVINCE) })
      .thenRefused({ code: 'already_reported_upward' });
    given(report, ...stands)
      .when(reportUpward, asked, { actor: by(PROVINCE), ...under(MINISTRY) })
      .thenEvents(upward(PROVINCE, MINISTRY));
  });

  test('given no superior in the directory, a withdrawn report or none at all, then it is refused', () => {
    const withdrawn = ReportWithdrawn.of({ ...about, bureau: CITY, to: 'bureau', withdrawnOn: TODAY, basis: REPORTING.toBureau });
    given(report, reported('bureau'))
      .when(reportUpward, asked, { actor: by(CITY), ...under(null) })
      .thenRefused({ code: 'superior_missing', basis: INSPECTION.upward });
    given(report, reported('bureau'), withdrawn)
      .when(reportUpward, asked, { actor: by(CITY), ...under(PROVINCE) })
      .thenRefused({ code: 'report_withdrawn' });
    given(report)
      .when(reportUpward, asked, { actor: by(CITY), ...under(PROVINCE) })
      .thenRefused({ code: 'not_found' });
  });
});

describe('第十条: who opens a report', () => {
  test('given one not reported upward, then its bureau, and no superior', () => {
    given(report, reported('bureau'))
      .when(discloseReport, opening, { actor: by(CITY) })
      .thenEvents(opened(CITY));
    given(report, reported('bureau'))
      .when(discloseReport, opening, { actor: by(PROVINCE) })
      .thenRefused({ refused: 'not-found' });
    given(report, reported('bureau'))
      .when(discloseReport, opening, { actor: by(MINISTRY, 'ministry') })
      .thenRefused({ refused: 'not-found' });
  });

  test('given one reported upward, then the superior that it was reported to, and nobody between or above', () => {
    const stands = [reported('bureau'), upward(CITY, PROVINCE)];
    given(report, ...stands)
      .when(discloseReport, opening, { actor: by(PROVINCE) })
      .thenEvents(opened(PROVINCE));
    given(report, ...stands)
      .when(discloseReport, opening, { actor: by(MINISTRY, 'ministry') })
      .thenRefused({ refused: 'not-found' });
    given(report, ...stands)
      .when(discloseReport, opening, { actor: by('made-institution') })
      .thenRefused({ refused: 'not-found' });
    given(report, ...stands, upward(PROVINCE, MINISTRY))
      .when(discloseReport, opening, { actor: by(MINISTRY, 'ministry') })
      .thenEvents(opened(MINISTRY));
  });
});
