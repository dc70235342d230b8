import * as z from 'zod';
import { opaqueId } from '../../../events/common.ts';
import { ReportForwarded } from '../../../events/interference.ts';
import { command } from '../../kernel/command.ts';
import { conflict, notFound, refuse } from '../../kernel/decision.ts';
import { REPORTING } from '../articles.ts';
import { ofReceivingInstitution } from '../relations.ts';
import { report } from '../report.ts';
import { contentIn } from '../reported.ts';
import { forwarding } from '../standing.ts';

/** 向主管司法行政机关报告: the institution passes interference by outsiders on; an insider alone it deals with by its charter. */
export default command({
  name: 'interference/forward-report',
  title: '向主管司法行政机关报告',
  aggregate: report,
  input: z.strictObject({ report: opaqueId }),
  who: [{ kind: 'institution', roles: ['head', 'staff'], relation: ofReceivingInstitution }],
  key: (input) => input.report,
  opens: true,
  decide: (state, _, { opened, occurredOn }) => {
    if (!state) return notFound('报告', '/report');
    if (state.status === 'withdrawn') return conflict('report_withdrawn', '该报告已撤回', '/report');
    if (state.status !== 'at-institution') return conflict('already_forwarded', '该报告已送交主管机关');
    const { forward, basis } = forwarding(contentIn(opened));
    if (!forward) {
      return refuse('insider_by_charter', '只有内部人员干预的，由本机构依据章程处理', basis, {
        cure: '依据章程处理并登记结果；造成严重后果的，可以直接报告',
        pointer: '/report',
      });
    }
    const { report: id, case: number, institution, bureau, commissioner } = state;
    return [ReportForwarded.of({ report: id, case: number, institution, bureau, commissioner, forwardedOn: occurredOn, basis: REPORTING.forward })];
  },
});
