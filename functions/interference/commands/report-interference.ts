import * as z from 'zod';
import { CaseFact } from '../../../events/commissions.ts';
import { caseNumber, opaqueId } from '../../../events/common.ts';
import { addressee, InterferenceReported, insiderStanding, RecordFact, recordContent } from '../../../events/interference.ts';
import { InstitutionFact } from '../../../events/registry.ts';
import { deadline } from '../../kernel/calendar.ts';
import { command, need } from '../../kernel/command.ts';
import { conflict, isRefusal, notFound, refuse } from '../../kernel/decision.ts';
import { REPORTING } from '../articles.ts';
import { checkContent, involves } from '../form.ts';
import { ofCaseInstitution } from '../relations.ts';
import { report, reportKey } from '../report.ts';
import { type ReporterRole, reportingRoute } from '../standing.ts';

/**
 * 报告干预情况: to the institution, or straight to the supervising bureau where art. 5 lets it.
 *
 * The stream's key is opaque and the same for a row, an addressee and a reporter: each reports a row there once, and nobody who tries learns
 * whether another has reported it. Who reports is sealed.
 */
export default command({
  name: 'interference/report-interference',
  title: '报告干预司法鉴定活动情况',
  aggregate: report,
  input: z.strictObject({
    case: caseNumber,
    /** Row that was signed. */
    row: opaqueId,
    to: addressee,
    content: recordContent,
    insider: insiderStanding,
    /** 造成严重后果 */
    seriousConsequences: z.boolean(),
  }),
  who: [{ kind: 'institution', roles: ['appraiser', 'staff', 'head'], relation: ofCaseInstitution }],
  sealsActor: true,
  key: ({ row, to }, { pseudonym, actor }) => reportKey(pseudonym, { row, to, reporter: actor.person }),
  facts: (input) => ({ case: need(CaseFact, input.case, '/case'), record: need(RecordFact, input.case, '/case') }),
  moreFacts: ({ facts }) => ({ institution: need(InstitutionFact, facts.case.state.institution, '/case') }),
  decide: (state, input, { facts, more, actor, key, occurredOn, policy }) => {
    const { content, to, insider, seriousConsequences } = input;
    if (state) return conflict('already_reported', '该记录已经报告', '/row');
    const row = facts.record.state.rows.find((each) => each.row === input.row);
    if (!row) return notFound('记录', '/row');
    const reporterRole: ReporterRole = actor.roles.includes('appraiser') ? 'appraiser' : actor.roles.includes('staff') ? 'staff' : 'institution';
    if (reporterRole !== 'institution' && row.signer !== actor.person)
      return refuse('row_of_another', '只能报告本人签署的记录', REPORTING.toInstitution, { pointer: '/row' });
    if (content.answer === 'none') return refuse('nothing_to_report', '“无此类情况”的记录不需要报告', REPORTING.toInstitution, { pointer: '/content/answer' });
    const fault = checkContent(content);
    if (fault) return fault;
    if ((insider !== 'none') !== involves(content, 'insider'))
      return refuse('insider_disagrees', '是否有机构内部人员与记录不一致', REPORTING.toInstitution, { pointer: '/insider' });
    const standing = reportingRoute({ reporterRole, to, insider, seriousConsequences });
    if (isRefusal(standing)) return standing;
    const [id = ''] = key;
    const late = occurredOn > deadline({ start: row.signedOn, term: policy.interference.reportAlert }).legalDue;
    const { case: number, institution, commissioner } = facts.case.state;
    return [
      InterferenceReported.of(
        {
          report: id,
          case: number,
          institution,
          bureau: more.institution.state.supervisedBy,
          commissioner,
          to,
          reportedOn: occurredOn,
          basis: to === 'institution' ? REPORTING.toInstitution : REPORTING.toBureau,
        },
        { reporter: actor.person, row: input.row, content, insider, seriousConsequences, lead: standing.lead ?? false, standing: standing.basis, late },
      ),
    ];
  },
});
