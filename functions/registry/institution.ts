import type * as z from 'zod';
import { BusinessScopeCancelled, BusinessScopeRestored, type InstitutionFact, InstitutionRegistered } from '../../events/registry.ts';
import { aggregate } from '../kernel/aggregate.ts';

/** 一项业务的注销: from which day, by which procedure and event, and until which day where it was restored. */
export interface Strike {
  readonly item: string;
  readonly cancellation: string;
  readonly event: string;
  /** First day on which the item is not registered. */
  readonly from: string;
  /** First day on which this striking off no longer holds; `null`: it holds. */
  readonly until: string | null;
}

interface Institution extends z.infer<typeof InstitutionFact.schema> {
  /** Every striking off, also those that fell: the roster is asked for days gone by (rule R-7). */
  readonly strikes: readonly Strike[];
}

/** 司法鉴定机构; `null` before it is registered. */
export type InstitutionState = Institution | null;

/** Strikes that keep an item off; two procedures about one item may both have been decided. */
export const holding = (strikes: readonly Strike[], item: string): readonly Strike[] =>
  strikes.filter((strike) => strike.item === item && strike.until === null);

/** Whether it is registered follows from what holds. */
function withStrikes(state: Institution, strikes: readonly Strike[]): Institution {
  const ever = [...state.scopes, ...state.struckOff];
  return {
    ...state,
    strikes,
    scopes: ever.filter((item) => holding(strikes, item).length === 0),
    struckOff: ever.filter((item) => holding(strikes, item).length > 0),
  };
}

export const institution = aggregate({
  name: 'registry/institution',
  title: '司法鉴定机构',
  initial: null as InstitutionState,
  events: [InstitutionRegistered, BusinessScopeCancelled, BusinessScopeRestored],
  evolve: {
    InstitutionRegistered: (_, data) => ({ ...data, struckOff: [], strikes: [] }),
    BusinessScopeCancelled: (state, { item, cancellation, cancelledOn }, { id }) =>
      state && withStrikes(state, [...state.strikes, { item, cancellation, event: id, from: cancelledOn, until: null }]),
    BusinessScopeRestored: (state, { cancelled, restoredOn }) =>
      state &&
      withStrikes(
        state,
        state.strikes.map((strike) => (strike.event === cancelled ? { ...strike, until: restoredOn } : strike)),
      ),
  },
  listings: (state) => {
    if (!state) return [];
    const { uscc, division, supervisedBy } = state;
    const { registeredBy = null, ...registered } = state;
    const item = { ...registered, registeredBy, strikes: state.strikes.map((strike) => ({ ...strike })) };
    return [
      { listing: 'registry/roster', partition: 'all', sort: `${division}/${uscc}`, item },
      { listing: 'registry/supervised', partition: supervisedBy, sort: uscc, item },
      { listing: 'registry/by-code', partition: 'all', sort: uscc, item },
    ];
  },
  counters: { InstitutionRegistered: ({ supervisedBy }) => [{ counter: `registry/institutions/${supervisedBy}`, by: 1 }] },
});
