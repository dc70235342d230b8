import * as z from 'zod';
import { opaqueId } from '../../../events/common.ts';
import { notFound } from '../../kernel/decision.ts';
import { query } from '../../kernel/query.ts';
import { ownAgency } from '../../kernel/rights.ts';
import { orderPage } from '../order-page.ts';

/** 责令限期整改决定书 of one rectification, to its two sides: the bureau that issued it and the institution. */
export default query({
  name: 'proficiency/order',
  title: '责令限期整改决定书',
  parameters: z.strictObject({ rectification: opaqueId }),
  who: [
    { kind: 'justice-bureau', roles: ['officer', 'leader'], relation: ownAgency },
    { kind: 'institution', roles: ['head', 'staff'], relation: ownAgency },
  ],
  read: async ({ rectification }, { views, actor }) =>
    (await views.row('proficiency/order', actor.agency, rectification))?.item ?? notFound('责令限期整改决定', '/rectification'),
  page: orderPage,
});
