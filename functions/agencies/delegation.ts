import type * as z from 'zod';
import { DelegationGiven, DelegationRevoked } from '../../events/agencies.ts';
import type { DelegationFact } from '../../events/delegation.ts';
import { aggregate } from '../kernel/aggregate.ts';

/** 委托; `null` before it is given. */
export type DelegationState = z.infer<typeof DelegationFact.schema> | null;

export const delegation = aggregate({
  name: 'agencies/delegation',
  title: '委托',
  initial: null as DelegationState,
  events: [DelegationGiven, DelegationRevoked],
  evolve: {
    DelegationGiven: (_, { givenOn: __, basis: ___, ...given }) => ({ ...given, revokedOn: null }),
    DelegationRevoked: (state, { revokedOn }) => state && { ...state, revokedOn },
  },
  listings: (state) =>
    state ? [{ listing: 'agencies/delegations', partition: state.agency, sort: `${state.until}/${state.delegation}`, item: { ...state } }] : [],
});
