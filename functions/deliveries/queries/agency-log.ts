import * as z from 'zod';
import { agencyId } from '../../../events/common.ts';
import { page, pageParameters, query } from '../../kernel/query.ts';

/** 单位投递记录 of one agency, newest first, for who runs the province's systems: which attempts came to what, and nothing of what was delivered. */
export default query({
  name: 'deliveries/agency-log',
  title: '单位投递记录',
  parameters: z.strictObject({ agency: agencyId, ...pageParameters }),
  who: [{ kind: 'justice-bureau', roles: ['operator'] }],
  read: ({ agency, cursor, limit }, { views }) => page(views, 'deliveries/log', agency, { cursor, limit }, 'newest-first'),
});
