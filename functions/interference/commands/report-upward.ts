import * as z from 'zod';
import { AgencyFact } from '../../../events/agencies.ts';
import { longText, opaqueId } from '../../../events/common.ts';
import { ImportantMatterReported } from '../../../events/interference.ts';
import { command, lookUp } from '../../kernel/command.ts';
import { conflict, notFound, refuse } from '../../kernel/decision.ts';
import { INSPECTION } from '../articles.ts';
import { ofBureauOrSuperior } from '../relations.ts';
import { report } from '../report.ts';

/** 请示报告: a bureau reports an important matter to its superior, which may open it from then on and report it further up. */
export default command({
  name: 'interference/report-upward',
  title: '向上级请示报告重要情况',
  aggregate: report,
  input: z.strictObject({
    report: opaqueId,
    reason: longText.meta({ title: '重要情况及请示事项' }),
  }),
  who: [{ kind: 'justice-bureau', roles: ['officer', 'leader'], relation: ofBureauOrSuperior }],
  key: (input) => input.report,
  facts: (_, { actor }) => ({ bureau: lookUp(AgencyFact, actor.agency) }),
  decide: (state, { reason }, { facts, actor, occurredOn }) => {
    if (!state) return notFound('报告', '/report');
    if (state.status === 'withdrawn') return conflict('report_withdrawn', '该报告已撤回', '/report');
    const superior = facts.bureau.state?.superior;
    if (!superior) return refuse('superior_missing', '名录中没有贵机关的上级机关，无法请示报告', INSPECTION.upward, { cure: '先在单位名录中登记其上级机关' });
    if (state.upward.includes(superior)) return conflict('already_reported_upward', '该情况已向上级机关报告，上级机关可以随时查阅', '/report');
    const { report: id, case: number, institution } = state;
    return [
      ImportantMatterReported.of(
        { report: id, case: number, institution, bureau: actor.agency, superior, reportedOn: occurredOn, basis: INSPECTION.upward },
        { reason },
      ),
    ];
  },
});
