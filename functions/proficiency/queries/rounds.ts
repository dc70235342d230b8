import * as z from 'zod';
import { page, pageParameters, query } from '../../kernel/query.ts';
import { ownAgency } from '../../kernel/rights.ts';

/** 能力验证计划一览: a provider's own, a bureau's all, newest year first. */
export default query({
  name: 'proficiency/rounds',
  title: '能力验证计划一览',
  parameters: z.strictObject(pageParameters),
  who: [
    { kind: 'provider', roles: ['clerk'], relation: ownAgency },
    { kind: 'justice-bureau', roles: ['officer', 'leader', 'registrar'] },
  ],
  read: ({ cursor, limit }, { views, actor }) =>
    page(views, 'proficiency/rounds', actor.kind === 'provider' ? actor.agency : 'all', { cursor, limit }, 'newest-first'),
});
