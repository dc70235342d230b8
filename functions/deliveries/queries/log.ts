import * as z from 'zod';
import { page, pageParameters, query } from '../../kernel/query.ts';
import { everyKind, ownAgency } from '../../kernel/rights.ts';

const LISTING = { all: 'deliveries/log', undelivered: 'deliveries/undelivered' } as const;

/** 投递记录 of one's own agency, newest first: each notice with its attempts, what the endpoint answered, and when the next is due. */
export default query({
  name: 'deliveries/log',
  title: '投递记录',
  parameters: z.strictObject({
    /** `undelivered`: still due, or given up. */
    show: z.enum(['all', 'undelivered']).default('all'),
    ...pageParameters,
  }),
  who: everyKind.map((line) => ({ ...line, relation: ownAgency })),
  read: ({ show, cursor, limit }, { views, actor }) => page(views, LISTING[show], actor.agency, { cursor, limit }, 'newest-first'),
});
