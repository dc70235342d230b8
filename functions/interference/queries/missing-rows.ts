import * as z from 'zod';
import { page, pageParameters, query } from '../../kernel/query.ts';
import { ownAgency } from '../../kernel/rights.ts';

/** 未签齐的记录: concluded cases whose record still lacks a row, the longest concluded first, with who owes it; for the institution and its supervising bureau. */
export default query({
  name: 'interference/missing-rows',
  title: '办结后未签齐的干预情况记录',
  parameters: z.strictObject(pageParameters),
  who: [
    { kind: 'institution', roles: ['head', 'staff'], relation: ownAgency },
    { kind: 'justice-bureau', roles: ['officer', 'leader'], relation: ownAgency },
  ],
  read: ({ cursor, limit }, { views, actor }) => page(views, 'interference/missing-rows', actor.agency, { cursor, limit }),
});
