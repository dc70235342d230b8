import * as z from 'zod';
import { longText, opaqueId } from '../../../events/common.ts';
import { HearingHeld } from '../../../events/registry.ts';
import { command } from '../../kernel/command.ts';
import { conflict, notFound, refuse } from '../../kernel/decision.ts';
import { HEARING, planIn } from '../articles.ts';
import { cancellation, ended, named } from '../cancellation.ts';
import { ofRegistrar } from '../relations.ts';

/** 听取陈述申辩: only where it was asked. */
export default command({
  name: 'registry/hold-hearing',
  title: '听取陈述申辩',
  aggregate: cancellation,
  input: z.strictObject({
    cancellation: opaqueId,
    account: longText.meta({ title: '听取情况' }),
  }),
  who: [{ kind: 'justice-bureau', roles: ['registrar'], within: 'province-level', relation: ofRegistrar }],
  key: (input) => input.cancellation,
  decide: (state, { account }, { today, policy }) => {
    if (!state) return notFound('注销程序', '/cancellation');
    const over = ended(state);
    if (over) return over;
    if (state.requestedOn === null) return refuse('hearing_not_requested', '鉴定机构没有申请陈述申辩', planIn(policy, HEARING), { pointer: '/cancellation' });
    if (state.heldOn !== null) return conflict('hearing_held', '已听取陈述申辩', '/cancellation');
    return [HearingHeld.of({ ...named(state), heldOn: today, basis: planIn(policy, HEARING) }, { account })];
  },
});
