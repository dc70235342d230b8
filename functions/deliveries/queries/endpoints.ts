import * as z from 'zod';
import { page, pageParameters, query } from '../../kernel/query.ts';

/** 接收端点一览 of the province, for who runs its systems: which agencies are delivered to, and which of them do not answer. */
export default query({
  name: 'deliveries/endpoints',
  title: '接收端点一览',
  parameters: z.strictObject(pageParameters),
  who: [{ kind: 'justice-bureau', roles: ['operator'] }],
  read: (parameters, { views }) => page(views, 'deliveries/endpoints', 'all', parameters),
});
