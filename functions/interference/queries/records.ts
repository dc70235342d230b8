import * as z from 'zod';
import { page, pageParameters, query } from '../../kernel/query.ts';
import { ownAgency } from '../../kernel/rights.ts';

/** 记录一览 of one's own institution: how many have signed in each case, and no more. */
export default query({
  name: 'interference/records',
  title: '干预情况记录一览',
  parameters: z.strictObject(pageParameters),
  who: [{ kind: 'institution', roles: ['appraiser', 'head', 'staff'], relation: ownAgency }],
  read: ({ cursor, limit }, { views, actor }) => page(views, 'interference/records', actor.agency, { cursor, limit }),
});
