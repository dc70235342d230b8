import * as z from 'zod';
import { page, query } from '../../kernel/query.ts';

/** 报告一览 of one's own agency: what it received, never what passed it by. */
export default query({
  name: 'interference/reports',
  title: '干预情况报告一览',
  parameters: z.strictObject({ cursor: z.string().max(2000).optional(), limit: z.coerce.number().int().min(1).max(200).optional() }),
  who: [
    { kind: 'justice-bureau', roles: ['officer', 'leader'] },
    { kind: 'institution', roles: ['head', 'staff'] },
  ],
  read: ({ cursor, limit }, { views, actor }) => page(views, 'interference/reports', actor.agency, { cursor, limit, newestFirst: true }),
});
