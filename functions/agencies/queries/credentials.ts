import * as z from 'zod';
import { levelOf } from '../../kernel/codes/division.ts';
import type { Actor } from '../../kernel/identity.ts';
import { page, pageParameters, query } from '../../kernel/query.ts';
import { everyKind, ownAgency } from '../../kernel/rights.ts';
import { systemRoleOf } from '../credential.ts';

/** The operator's own division and what lies in it; of the province and above all, for there agencies of elsewhere are registered too. */
const divisionOf = ({ division }: Actor): string => (['city', 'county'].includes(levelOf(division)) ? division : 'all');

/** 接入凭证一览: which agencies' systems may post, since when, until when the secret before is good. No secret. */
export default query({
  name: 'agencies/credentials',
  title: '接入凭证一览',
  parameters: z.strictObject(pageParameters),
  who: [
    { kind: 'justice-bureau', roles: ['operator'] },
    { kind: 'ministry', roles: ['operator'] },
    { kind: 'institution', roles: ['head', 'staff'], relation: ownAgency },
    ...everyKind.filter(({ kind }) => systemRoleOf(kind) === 'clerk').map((line) => ({ ...line, relation: ownAgency })),
  ],
  read: ({ cursor, limit }, { views, actor }) =>
    systemRoleOf(actor.kind) === undefined
      ? page(views, 'agencies/credentials-by-division', divisionOf(actor), { cursor, limit })
      : page(views, 'agencies/credentials', actor.agency, { cursor, limit }),
});
