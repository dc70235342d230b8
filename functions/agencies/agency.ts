import type * as z from 'zod';
import { type AgencyFact, AgencyRegistered } from '../../events/agencies.ts';
import { aggregate } from '../kernel/aggregate.ts';

/** 单位: an agency of the directory; `null` before it is registered. */
export type AgencyState = z.infer<typeof AgencyFact.schema> | null;

export const agency = aggregate({
  name: 'agencies/agency',
  title: '单位',
  initial: null as AgencyState,
  events: [AgencyRegistered],
  evolve: { AgencyRegistered: (_, data) => data },
  listings: (state) => {
    if (!state) return [];
    const { id, division } = state;
    const item = { ...state };
    return [
      { listing: 'agencies/directory', partition: division.slice(0, 2), sort: `${division}/${id}`, item },
      { listing: 'agencies/by-id', partition: 'all', sort: id, item },
    ];
  },
  counters: { AgencyRegistered: ({ kind }) => [{ counter: `agencies/by-kind/${kind}`, by: 1 }] },
});
