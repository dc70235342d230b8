import type * as z from 'zod';
import { type AppraiserFact, AppraiserRegistered } from '../../events/registry.ts';
import { aggregate } from '../kernel/aggregate.ts';

/** 司法鉴定人, by pseudonym; `null` before registration. */
export type AppraiserState = z.infer<typeof AppraiserFact.schema> | null;

export const appraiser = aggregate({
  name: 'registry/appraiser',
  title: '司法鉴定人',
  initial: null as AppraiserState,
  events: [AppraiserRegistered],
  evolve: { AppraiserRegistered: (_, { person, institution }) => ({ person, institution }) },
  listings: (state) => (state ? [{ listing: 'registry/appraisers', partition: state.institution, sort: state.person, item: { person: state.person } }] : []),
  counters: { AppraiserRegistered: ({ institution }) => [{ counter: `registry/appraisers/${institution}`, by: 1 }] },
});
