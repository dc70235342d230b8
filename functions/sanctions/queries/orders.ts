import * as z from 'zod';
import { page, pageParameters, query } from '../../kernel/query.ts';
import { ownAgency } from '../../kernel/rights.ts';

/** 行政处理决定一览 of one's own agency: the institution's, or the bureau's own. */
export default query({
  name: 'sanctions/orders',
  title: '行政处理决定一览',
  parameters: z.strictObject(pageParameters),
  who: [
    { kind: 'justice-bureau', roles: ['officer', 'leader'], relation: ownAgency },
    { kind: 'institution', roles: ['head', 'staff'], relation: ownAgency },
  ],
  read: ({ cursor, limit }, { views, actor }) => page(views, 'sanctions/orders', actor.agency, { cursor, limit }),
});
