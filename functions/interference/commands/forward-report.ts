import * as z from 'zod';
import { opaqueId } from '../../../events/common.ts';
import { ReportForwarded } from '../../../events/interference.ts';
import { command } from '../../kernel/command.ts';
import { conflict, notFound } from '../../kernel/decision.ts';
import { REPORTING } from '../articles.ts';
import { ofReceivingInstitution } from '../relations.ts';
import { report } from '../report.ts';

/** 向主管司法行政机关报告: the institution passes interference by outsiders on. */
export default command({
  name: 'interference/forward-report',
  title: '向主管司法行政机关报告',
  aggregate: report,
  input: z.strictObject({ report: opaqueId }),
  who: [{ kind: 'institution', roles: ['head', 'staff'], relation: ofReceivingInstitution }],
  key: (input) => input.report,
  decide: (state, _, { occurredOn }) => {
    if (!state) return notFound('报告', '/report');
    if (state.status !== 'at-institution') return conflict('already_forwarded', '该报告已送交主管机关');
    const { report: id, case: number, institution, bureau, commissioner } = state;
    return [ReportForwarded.of({ report: id, case: number, institution, bureau, commissioner, forwardedOn: occurredOn, basis: REPORTING.forward })];
  },
});
