import * as z from 'zod';
import { opaqueId } from '../../../events/common.ts';
import { itemTitle } from '../../../events/items.ts';
import { RectificationFact } from '../../../events/proficiency.ts';
import { CancellationDecided, cancellationOutcome, InstitutionFact } from '../../../events/registry.ts';
import { command, lookUp } from '../../kernel/command.ts';
import { conflict, notFound } from '../../kernel/decision.ts';
import { DECISION, planIn } from '../articles.ts';
import { cancellation, ended, named, undecidable } from '../cancellation.ts';
import { ofRegistrar } from '../relations.ts';

/** 决定是否注销: a named registrar's decision, after the window for a hearing or the hearing itself. */
export default command({
  name: 'registry/decide-cancellation',
  title: '决定是否注销相应鉴定业务',
  aggregate: cancellation,
  input: z.strictObject({ cancellation: opaqueId, outcome: cancellationOutcome.meta({ title: '决定' }) }),
  who: [{ kind: 'justice-bureau', roles: ['registrar'], within: 'province-level', relation: ofRegistrar }],
  key: (input) => input.cancellation,
  moreFacts: ({ state }) => ({
    rectification: lookUp(RectificationFact, state?.cancellation, { guard: true }),
    institution: lookUp(InstitutionFact, state?.institution, { guard: true }),
  }),
  decide: (state, { outcome }, { more, today, policy }) => {
    if (!state) return notFound('注销程序', '/cancellation');
    const over = ended(state, more.rectification.state);
    if (over) return over;
    const early = undecidable(state, today, policy);
    if (early) return early;
    if (outcome === 'cancel' && !more.institution.state?.scopes.includes(state.item))
      return conflict('item_not_registered', `“${itemTitle(state.item)}”已由另一决定注销`, '/outcome');
    return [CancellationDecided.of({ ...named(state), outcome, decidedOn: today, basis: planIn(policy, DECISION) })];
  },
});
