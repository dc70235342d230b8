import type * as z from 'zod';
import { type InstitutionFact, InstitutionRegistered } from '../../events/registry.ts';
import { aggregate } from '../kernel/aggregate.ts';

/** 司法鉴定机构; `null` before it is registered. */
export type InstitutionState = z.infer<typeof InstitutionFact.schema> | null;

export const institution = aggregate({
  name: 'registry/institution',
  title: '司法鉴定机构',
  initial: null as InstitutionState,
  events: [InstitutionRegistered],
  evolve: { InstitutionRegistered: (_, data) => data },
  listings: (state) => {
    if (!state) return [];
    const { uscc, division, supervisedBy } = state;
    const item = { ...state };
    return [
      { listing: 'registry/institutions', partition: division.slice(0, 2), sort: `${division}/${uscc}`, item },
      { listing: 'registry/supervised', partition: supervisedBy, sort: uscc, item },
      { listing: 'registry/by-code', partition: 'all', sort: uscc, item },
    ];
  },
  counters: { InstitutionRegistered: ({ supervisedBy }) => [{ counter: `registry/institutions/${supervisedBy}`, by: 1 }] },
});
