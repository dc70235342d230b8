import type * as z from 'zod';
import { AgencyListed, type DivisionListFact } from '../../events/agencies.ts';
import { aggregate } from '../kernel/aggregate.ts';

/** 区划名单: whom a change of the roster concerns at one division. */
export type DivisionState = z.infer<typeof DivisionListFact.schema>;

/**
 * Agencies that one list takes. Three lists, of a county, its city and its province, are told together in one event, which takes 300;
 * a county has four, a province with its special courts a few dozen.
 */
export const LISTED_AT_MOST = 100;

export const division = aggregate({
  name: 'agencies/division',
  title: '区划名单',
  initial: { agencies: [] } as DivisionState,
  events: [AgencyListed],
  evolve: { AgencyListed: ({ agencies }, { id }) => ({ agencies: agencies.includes(id) ? agencies : [...agencies, id] }) },
});
