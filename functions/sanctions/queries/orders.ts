import * as z from 'zod';
import { page, pageParameters, query } from '../../kernel/query.ts';

/** 行政处理决定一览 of one's own agency: the institution's, or the bureau's own. */
export default query({
  name: 'sanctions/orders',
  title: '行政处理决定一览',
  parameters: z.strictObject(pageParameters),
  who: [
    { kind: 'justice-bureau', roles: ['officer', 'leader'] },
    { kind: 'institution', roles: ['head', 'staff'] },
  ],
  read: ({ cursor, limit }, { views, actor }) => page(views, 'sanctions/orders', actor.agency, { cursor, limit }),
});
