import * as z from 'zod';
import { CaseFact } from '../../../events/commissions.ts';
import { caseNumber, opaqueId, shortText } from '../../../events/common.ts';
import { addressee, ReportWithdrawn } from '../../../events/interference.ts';
import { command, need } from '../../kernel/command.ts';
import { conflict, notFound, refuse } from '../../kernel/decision.ts';
import { HANDLING } from '../articles.ts';
import { ofCaseInstitution } from '../relations.ts';
import { type ReportState, report, reportKey } from '../report.ts';

/** Nothing rests on it yet: not forwarded, not routed, nobody dealt with. */
const restsNothingOn = ({ status, insiderDealtWith, forwarded }: ReportState): boolean =>
  (status === 'at-institution' && !insiderDealtWith) || (status === 'at-bureau' && !forwarded);

/** 撤回报告, by who made it, with a reason, until something rests on it (rule X12). Named by its row and addressee, so that nobody else finds it. */
export default command({
  name: 'interference/withdraw-report',
  title: '撤回报告',
  aggregate: report,
  input: z.strictObject({ case: caseNumber, row: opaqueId, to: addressee, reason: shortText }),
  who: [{ kind: 'institution', roles: ['appraiser', 'staff', 'head'], relation: ofCaseInstitution }],
  sealsActor: true,
  key: ({ row, to }, { pseudonym, actor }) => reportKey(pseudonym, { row, to, reporter: actor.person }),
  facts: (input) => ({ case: need(CaseFact, input.case, '/case') }),
  decide: (state, { case: named, to, reason }, { occurredOn }) => {
    if (!state || state.case !== named) return notFound('报告', '/row');
    if (state.status === 'withdrawn') return conflict('report_withdrawn', '该报告已撤回', '/row');
    if (!restsNothingOn(state)) {
      return refuse('something_rests_on_it', '已有处理以该报告为依据，不能撤回', HANDLING.withdrawn, {
        cure: '由主管司法行政机关依新的情况重新认定',
        pointer: '/row',
      });
    }
    const { report: id, case: number, institution, bureau } = state;
    return [ReportWithdrawn.of({ report: id, case: number, institution, bureau, to, withdrawnOn: occurredOn, basis: HANDLING.withdrawn }, { reason })];
  },
});
