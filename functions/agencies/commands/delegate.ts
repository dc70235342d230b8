import * as z from 'zod';
import { DelegationGiven } from '../../../events/agencies.ts';
import { deadline } from '../../kernel/calendar.ts';
import { command } from '../../kernel/command.ts';
import { refuse } from '../../kernel/decision.ts';
import { personPseudonym } from '../../kernel/identity.ts';
import { DELEGATION } from '../articles.ts';
import { delegation } from '../delegation.ts';

/** 委托办理 (rule X12): the delegate is known from then on by a keyed pseudonym, never by the number. The delegator's roles of this day go with it. */
export default command({
  name: 'agencies/delegate',
  title: '委托办理',
  aggregate: delegation,
  input: z.strictObject({
    ...DelegationGiven.data.pick({ commands: true, from: true, until: true }).shape,
    /** Number or name that the identity provider knows the delegate by. */
    to: z
      .string()
      .regex(/^\S{1,128}$/u, '应为受委托人在身份系统中的编号或者名称：不含空格，不超过128个字符')
      .meta({ title: '受委托人', examples: ['made-leader'] }),
  }),
  who: [
    { kind: 'justice-bureau', roles: ['officer', 'leader'] },
    { kind: 'ministry', roles: ['officer', 'leader'] },
  ],
  inPerson: true,
  key: (_, { callId }) => callId,
  decide: (_, { to, ...input }, { actor, callId, today, policy, ...context }) => {
    const { from, until } = input;
    const { agency, kind, person: delegator, roles } = actor;
    const delegate = personPseudonym(context, to);
    const latest = deadline({ start: from, term: policy.delegation.atMost }).rawDue;
    if (delegate === delegator) return refuse('delegated_to_oneself', '不能委托本人', DELEGATION, { pointer: '/to' });
    if (from < today) return refuse('delegation_backdated', '委托不能自今天以前开始', DELEGATION, { pointer: '/from' });
    if (until < from) return refuse('delegation_without_days', '委托的最后一日早于第一日', DELEGATION, { pointer: '/until' });
    if (until > latest) return refuse('delegation_too_long', `自${from}起的委托最迟至${latest}`, DELEGATION, { pointer: '/until', cure: '期满后可以重新委托' });
    return [DelegationGiven.of({ ...input, delegation: callId, agency, kind, delegator, roles: [...roles], delegate, givenOn: today, basis: DELEGATION })];
  },
});
