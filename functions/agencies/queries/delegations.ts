import * as z from 'zod';
import { type Actor, ROLES_OF } from '../../kernel/identity.ts';
import { page, pageParameters, query } from '../../kernel/query.ts';
import { ownAgency } from '../../kernel/rights.ts';
import type { DelegationState } from '../delegation.ts';

type Delegation = NonNullable<DelegationState>;

const standingOf = ({ from, until, revokedOn }: Delegation, today: string): 'revoked' | 'to-come' | 'in-force' | 'over' => {
  if (revokedOn !== null) return 'revoked';
  if (today < from) return 'to-come';
  return today > until ? 'over' : 'in-force';
};

/** Whether the one who asks gave it or has it: nobody knows a person by a pseudonym, but everyone oneself. */
const ownOf = ({ delegator, delegate }: Delegation, { person }: Actor): 'given' | 'received' | null => {
  if (person === delegator) return 'given';
  return person === delegate ? 'received' : null;
};

/** 委托一览 of one's own agency, those that end last first. */
export default query({
  name: 'agencies/delegations',
  title: '委托一览',
  parameters: z.strictObject(pageParameters),
  who: (['justice-bureau', 'ministry'] as const).map((kind) => ({ kind, roles: ROLES_OF[kind], relation: ownAgency })),
  read: async ({ cursor, limit }, { views, actor, today }) => {
    const { items, next } = await page(views, 'agencies/delegations', actor.agency, { cursor, limit }, 'newest-first');
    const told = (items as unknown as Delegation[]).map((each) => ({ ...each, own: ownOf(each, actor), standing: standingOf(each, today) }));
    return { items: told, next };
  },
});
