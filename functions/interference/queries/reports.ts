import * as z from 'zod';
import { page, pageParameters, query } from '../../kernel/query.ts';

/** 报告一览 of one's own agency: what it received, never what passed it by. */
export default query({
  name: 'interference/reports',
  title: '干预情况报告一览',
  parameters: z.strictObject(pageParameters),
  who: [
    { kind: 'justice-bureau', roles: ['officer', 'leader'] },
    { kind: 'institution', roles: ['head', 'staff'] },
  ],
  read: ({ cursor, limit }, { views, actor }) => page(views, 'interference/reports', actor.agency, { cursor, limit }, 'newest-first'),
});
