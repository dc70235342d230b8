import type * as z from 'zod';
import { BusinessScopeCancelled, BusinessScopeRestored, type InstitutionFact, InstitutionRegistered } from '../../events/registry.ts';
import { aggregate } from '../kernel/aggregate.ts';

/** 一项业务的注销: from which day, by which procedure and event, and until which day where it was restored. */
interface Strike {
  readonly item: string;
  readonly cancellation: string;
  readonly event: string;
  /** First day on which the item is not registered. */
  readonly from: string;
  /** First day on which it is registered again; `null`: it is not. */
  readonly until: string | null;
}

/** 司法鉴定机构; `null` before it is registered. */
export type InstitutionState = (z.infer<typeof InstitutionFact.schema> & { readonly strikes: readonly Strike[] }) | null;

export const institution = aggregate({
  name: 'registry/institution',
  title: '司法鉴定机构',
  initial: null as InstitutionState,
  events: [InstitutionRegistered, BusinessScopeCancelled, BusinessScopeRestored],
  evolve: {
    InstitutionRegistered: (_, data) => ({ ...data, struckOff: [], strikes: [] }),
    BusinessScopeCancelled: (state, { item, cancellation, cancelledOn }, { id }) =>
      state && {
        ...state,
        scopes: state.scopes.filter((each) => each !== item),
        struckOff: [...state.struckOff, item],
        strikes: [...state.strikes, { item, cancellation, event: id, from: cancelledOn, until: null }],
      },
    BusinessScopeRestored: (state, { item, cancellation, restoredOn }) =>
      state && {
        ...state,
        scopes: [...state.scopes, item],
        struckOff: state.struckOff.filter((each) => each !== item),
        strikes: state.strikes.map((each) => (each.cancellation === cancellation ? { ...each, until: restoredOn } : each)),
      },
  },
  listings: (state) => {
    if (!state) return [];
    const { uscc, division, supervisedBy } = state;
    const { registeredBy = null, ...registered } = state;
    const item = { ...registered, registeredBy, strikes: state.strikes.map((each) => ({ ...each })) };
    return [
      { listing: 'registry/institutions', partition: division.slice(0, 2), sort: `${division}/${uscc}`, item },
      { listing: 'registry/supervised', partition: supervisedBy, sort: uscc, item },
      { listing: 'registry/by-code', partition: 'all', sort: uscc, item },
    ];
  },
  counters: { InstitutionRegistered: ({ supervisedBy }) => [{ counter: `registry/institutions/${supervisedBy}`, by: 1 }] },
});
