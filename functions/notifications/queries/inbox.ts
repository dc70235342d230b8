import * as z from 'zod';
import { page, pageParameters, query } from '../../kernel/query.ts';
import { desk, ownAgency } from '../../kernel/rights.ts';

const LISTING = { open: 'notifications/inbox-open', all: 'notifications/inbox' } as const;

/** 收件箱 of one's own agency, newest first, with where each stands and how many are not signed for; among these, what was reminded of comes first. */
export default query({
  name: 'notifications/inbox',
  title: '收件箱',
  parameters: z.strictObject({
    /** `open`: not signed for. */
    show: z.enum(['open', 'all']).default('open'),
    ...pageParameters,
  }),
  who: desk.map((line) => ({ ...line, relation: ownAgency })),
  read: async ({ show, cursor, limit }, { views, actor }) => ({
    ...(await page(views, LISTING[show], actor.agency, { cursor, limit }, 'newest-first')),
    open: await views.counter(`notifications/open/${actor.agency}`),
  }),
});
