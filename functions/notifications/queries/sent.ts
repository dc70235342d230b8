import * as z from 'zod';
import { page, pageParameters, query } from '../../kernel/query.ts';
import { desk, ownAgency } from '../../kernel/rights.ts';

const LISTING = { open: 'notifications/sent-open', all: 'notifications/sent' } as const;

/** 发件箱: notices that one's own agency sent, newest first, and whether each was signed for and replied to. */
export default query({
  name: 'notifications/sent',
  title: '发件箱',
  parameters: z.strictObject({
    /** `open`: still to be signed for. */
    show: z.enum(['open', 'all']).default('open'),
    ...pageParameters,
  }),
  who: desk.map((right) => ({ ...right, relation: ownAgency })),
  read: ({ show, cursor, limit }, { views, actor }) => page(views, LISTING[show], actor.agency, { cursor, limit }, 'newest-first'),
});
