import * as z from 'zod';
import { page, pageParameters, query } from '../../kernel/query.ts';
import { ownAgency } from '../../kernel/rights.ts';

/** 限期整改一览 of one's own agency: what lies drawn up on the bureau's desk too, newest first. */
export default query({
  name: 'proficiency/rectifications',
  title: '限期整改一览',
  parameters: z.strictObject(pageParameters),
  who: [
    { kind: 'justice-bureau', roles: ['officer', 'leader'], relation: ownAgency },
    { kind: 'institution', roles: ['head', 'staff'], relation: ownAgency },
  ],
  read: ({ cursor, limit }, { views, actor }) => page(views, 'proficiency/rectifications', actor.agency, { cursor, limit }, 'newest-first'),
});
