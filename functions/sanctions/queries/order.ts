import * as z from 'zod';
import { opaqueId } from '../../../events/common.ts';
import { notFound } from '../../kernel/decision.ts';
import { query } from '../../kernel/query.ts';
import { ownAgency } from '../../kernel/rights.ts';
import { orderPage } from '../order-page.ts';

/** 行政处理决定书 of one finding, to its two sides: the bureau that issued it and the institution. */
export default query({
  name: 'sanctions/order',
  title: '行政处理决定书',
  parameters: z.strictObject({ finding: opaqueId }),
  who: [
    { kind: 'justice-bureau', roles: ['officer', 'leader'], relation: ownAgency },
    { kind: 'institution', roles: ['head', 'staff'], relation: ownAgency },
  ],
  read: async ({ finding }, { views, actor }) => (await views.row('sanctions/order', actor.agency, finding))?.item ?? notFound('行政处理决定', '/finding'),
  page: orderPage,
});
