import * as z from 'zod';
import { longText, opaqueId } from '../../../events/common.ts';
import { InsiderDealtWith } from '../../../events/interference.ts';
import { command } from '../../kernel/command.ts';
import { conflict, notFound, refuse } from '../../kernel/decision.ts';
import { HANDLING, STANDING } from '../articles.ts';
import { ofReceivingInstitution } from '../relations.ts';
import { report } from '../report.ts';
import { contentIn } from '../reported.ts';
import { forwarding } from '../standing.ts';

/** 依章程处理内部人员: the institution records what came of it; a party member is dealt with by its party organization as well (art. 7). */
export default command({
  name: 'interference/deal-with-insider',
  title: '依章程处理内部人员',
  aggregate: report,
  input: z.strictObject({
    report: opaqueId,
    /** 处理结果 */
    outcome: longText,
    /** 党组织一并依规依纪处理 */
    byPartyOrganization: z.boolean(),
  }),
  who: [{ kind: 'institution', roles: ['head', 'staff'], relation: ofReceivingInstitution }],
  key: (input) => input.report,
  opens: true,
  decide: (state, { outcome, byPartyOrganization }, { opened, occurredOn }) => {
    if (!state) return notFound('报告', '/report');
    if (state.status === 'withdrawn') return conflict('report_withdrawn', '该报告已撤回', '/report');
    if (state.insiderDealtWith) return conflict('already_dealt_with', '该报告中的内部人员已依章程处理', '/report');
    const { forward, byCharter } = forwarding(contentIn(opened));
    if (!byCharter) {
      return refuse('no_insider', '该报告没有内部人员干预', STANDING.byCharter, { cure: '外部人员干预的，向主管司法行政机关报告', pointer: '/report' });
    }
    const { report: id, case: number, institution, bureau, forwarded } = state;
    return [
      InsiderDealtWith.of(
        {
          report: id,
          case: number,
          institution,
          bureau,
          remains: forward && !forwarded ? 'forward' : 'nothing',
          dealtOn: occurredOn,
          basis: HANDLING.byCharter,
        },
        { outcome, byPartyOrganization },
      ),
    ];
  },
});
