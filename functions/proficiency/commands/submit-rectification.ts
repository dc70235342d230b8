import * as z from 'zod';
import { evidence, longText, opaqueId } from '../../../events/common.ts';
import { RectificationSubmitted } from '../../../events/proficiency.ts';
import { command } from '../../kernel/command.ts';
import { conflict, refuse } from '../../kernel/decision.ts';
import { FAULTS, planIn, SUBMISSION } from '../articles.ts';
import { named, rectification } from '../rectification.ts';
import { ofRectifyingInstitution } from '../relations.ts';

/** 提交整改情况, with evidence, until the order's last day; what is submitted again before it is decided adds to it. */
export default command({
  name: 'proficiency/submit-rectification',
  title: '提交整改情况',
  aggregate: rectification,
  input: z.strictObject({
    rectification: opaqueId,
    account: longText.meta({ title: '整改情况' }),
    evidence: z.array(evidence).min(1).max(20),
  }),
  who: [{ kind: 'institution', roles: ['head', 'staff'], relation: ofRectifyingInstitution }],
  key: (input) => input.rectification,
  decide: (state, { account, evidence: submitted }, { today, occurredOn, policy }) => {
    if (state.status === 'cancelled') return conflict('rectification_cancelled', '限期整改已撤销，无须提交', '/rectification');
    if (!state.dates || (state.status !== 'ordered' && state.status !== 'submitted'))
      return conflict('rectification_decided', '整改已有结论', '/rectification');
    if (today > state.dates.legalDue)
      return refuse('rectification_overdue', `提交期限（${state.dates.legalDue}）已过`, planIn(policy, FAULTS['nothing-submitted']), {
        cure: '在注销预先告知后可以陈述、申辩',
        pointer: '/rectification',
      });
    return [
      RectificationSubmitted.of(
        { ...named(state), dates: state.dates, submittedOn: occurredOn, basis: planIn(policy, SUBMISSION) },
        { account, evidence: submitted },
      ),
    ];
  },
});
