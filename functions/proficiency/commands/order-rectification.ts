import * as z from 'zod';
import { opaqueId } from '../../../events/common.ts';
import { RectificationOrdered } from '../../../events/proficiency.ts';
import { deadline } from '../../kernel/calendar.ts';
import { command } from '../../kernel/command.ts';
import { conflict, refuse } from '../../kernel/decision.ts';
import { isBinding } from '../../policy/policy.ts';
import { planIn, TERM_OF_POLICY } from '../articles.ts';
import { named, rectification } from '../rectification.ts';
import { ofRectifyingBureau } from '../relations.ts';

/** 责令限期整改: a named officer's decision, by the rules of its own day; never where the province has not adopted the draft (rules X9, X10). */
export default command({
  name: 'proficiency/order-rectification',
  title: '责令限期整改',
  aggregate: rectification,
  input: z.strictObject({ rectification: opaqueId }),
  who: [{ kind: 'justice-bureau', roles: ['officer', 'leader'], relation: ofRectifyingBureau }],
  key: (input) => input.rectification,
  decide: (state, _, { occurredOn, policy }) => {
    if (state.status === 'cancelled') return conflict('rectification_cancelled', '两个年度的结果已更正，限期整改已撤销', '/rectification');
    if (state.status !== 'drawn-up') return conflict('already_ordered', '已责令限期整改', '/rectification');
    if (!isBinding('jian-reform-plan', policy))
      return refuse('not_adopted', '本省尚未采用该征求意见稿，不能据此责令限期整改', planIn(policy), {
        cure: '待本省发布采用文件后再决定；在此之前可以依照其他有效规定处理',
        pointer: '/rectification',
      });
    const { start, rawDue, legalDue, alertDue, beyondCalendar } = deadline({ start: occurredOn, term: policy.proficiency.rectification });
    return [
      RectificationOrdered.of({
        ...named(state),
        dates: { start, rawDue, legalDue, alertDue, beyondCalendar },
        orderedOn: occurredOn,
        basis: planIn(policy, TERM_OF_POLICY),
      }),
    ];
  },
});
