import * as z from 'zod';
import { page, pageParameters, query } from '../../kernel/query.ts';
import { ownAgency } from '../../kernel/rights.ts';

/** 注销程序一览 of one's own agency: what the bureau applied for, what the registrar decides, what the institution was told of; newest first. */
export default query({
  name: 'registry/cancellations',
  title: '注销程序一览',
  parameters: z.strictObject(pageParameters),
  who: [
    { kind: 'justice-bureau', roles: ['officer', 'leader', 'registrar'], relation: ownAgency },
    { kind: 'institution', roles: ['head', 'staff'], relation: ownAgency },
  ],
  read: ({ cursor, limit }, { views, actor }) => page(views, 'registry/cancellations', actor.agency, { cursor, limit }, 'newest-first'),
});
