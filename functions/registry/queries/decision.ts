import * as z from 'zod';
import { opaqueId } from '../../../events/common.ts';
import { notFound } from '../../kernel/decision.ts';
import { query } from '../../kernel/query.ts';
import { ownAgency } from '../../kernel/rights.ts';
import { decisionDocument } from '../decision-page.ts';

/** 注销决定书 of one procedure: to the registrar that decided, the bureau that applied and the institution. */
export default query({
  name: 'registry/decision',
  title: '注销决定书',
  parameters: z.strictObject({ cancellation: opaqueId }),
  who: [
    { kind: 'justice-bureau', roles: ['officer', 'leader', 'registrar'], relation: ownAgency },
    { kind: 'institution', roles: ['head', 'staff'], relation: ownAgency },
  ],
  read: async ({ cancellation }, { views, actor }) =>
    (await views.row('registry/decision', actor.agency, cancellation))?.item ?? notFound('注销决定', '/cancellation'),
  page: decisionDocument,
});
