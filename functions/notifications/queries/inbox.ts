import * as z from 'zod';
import { page, query } from '../../kernel/query.ts';
import { desk } from '../desk.ts';

const LISTING = { open: 'notifications/inbox-open', all: 'notifications/inbox' } as const;

/** 收件箱 of one's own agency, newest first, with how many are not signed for. */
export default query({
  name: 'notifications/inbox',
  title: '收件箱',
  parameters: z.strictObject({
    /** `open`: not signed for. */
    show: z.enum(['open', 'all']).default('open'),
    cursor: z.string().max(2000).optional(),
    limit: z.coerce.number().int().min(1).max(200).optional(),
  }),
  who: desk,
  read: async ({ show, cursor, limit }, { views, actor }) => ({
    ...(await page(views, LISTING[show], actor.agency, { cursor, limit, newestFirst: true })),
    open: await views.counter(`notifications/open/${actor.agency}`),
  }),
});
