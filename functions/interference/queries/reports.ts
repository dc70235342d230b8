import * as z from 'zod';
import { page, pageParameters, query } from '../../kernel/query.ts';
import { ownAgency } from '../../kernel/rights.ts';

/** 报告一览 of one's own agency: what it received, never what passed it by. */
export default query({
  name: 'interference/reports',
  title: '干预情况报告一览',
  parameters: z.strictObject(pageParameters),
  who: [
    { kind: 'justice-bureau', roles: ['officer', 'leader'], relation: ownAgency },
    { kind: 'institution', roles: ['head', 'staff'], relation: ownAgency },
  ],
  read: ({ cursor, limit }, { views, actor }) => page(views, 'interference/reports', actor.agency, { cursor, limit }, 'newest-first'),
});
