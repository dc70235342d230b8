import type * as z from 'zod';
import { type AppraiserFact, AppraiserRegistered } from '../../events/registry.ts';
import { aggregate } from '../kernel/aggregate.ts';

/** 司法鉴定人, by pseudonym; `null` before registration. */
export type AppraiserState = (z.infer<typeof AppraiserFact.schema> & { readonly scopes: readonly string[]; readonly registeredOn: string }) | null;

export const appraiser = aggregate({
  name: 'registry/appraiser',
  title: '司法鉴定人',
  initial: null as AppraiserState,
  events: [AppraiserRegistered],
  evolve: { AppraiserRegistered: (_, { person, institution, scopes, registeredOn }) => ({ person, institution, scopes, registeredOn }) },
  listings: (state) => {
    if (!state) return [];
    const { person, institution, scopes, registeredOn } = state;
    return [{ listing: 'registry/appraisers', partition: institution, sort: person, item: { person, scopes: [...scopes], registeredOn } }];
  },
  counters: { AppraiserRegistered: ({ institution }) => [{ counter: `registry/appraisers/${institution}`, by: 1 }] },
});
