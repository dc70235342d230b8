import * as z from 'zod';
import { longText, opaqueId } from '../../../events/common.ts';
import { HearingRequested } from '../../../events/registry.ts';
import { command } from '../../kernel/command.ts';
import { conflict, notFound, refuse } from '../../kernel/decision.ts';
import { NOTICE, planIn } from '../articles.ts';
import { cancellation, ended, named } from '../cancellation.ts';
import { ofNoticedInstitution } from '../relations.ts';

/** 申请听取陈述申辩: once, until the last day that the notice names, this day included. */
export default command({
  name: 'registry/request-hearing',
  title: '申请听取陈述申辩',
  aggregate: cancellation,
  input: z.strictObject({
    cancellation: opaqueId,
    /** 陈述申辩内容 */
    statement: longText,
  }),
  who: [{ kind: 'institution', roles: ['head', 'staff'], relation: ofNoticedInstitution }],
  key: (input) => input.cancellation,
  decide: (state, { statement }, { today, policy }) => {
    if (!state || state.hearingUntil === null) return notFound('注销程序', '/cancellation');
    const over = ended(state);
    if (over) return over;
    if (state.requestedOn !== null) return conflict('hearing_requested', '已申请听取陈述申辩', '/cancellation');
    if (today > state.hearingUntil)
      return refuse('hearing_window_closed', `申请陈述申辩的期限（${state.hearingUntil}）已过`, planIn(policy, NOTICE), {
        cure: '对决定不服的，可以依法申请行政复议或者提起行政诉讼',
        pointer: '/cancellation',
      });
    return [HearingRequested.of({ ...named(state), requestedOn: today, basis: planIn(policy, NOTICE) }, { statement })];
  },
});
