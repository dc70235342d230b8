import * as z from 'zod';
import { itemTitle, officialItems } from '../../../events/items.ts';
import { AppraiserRegistered, InstitutionFact } from '../../../events/registry.ts';
import { command, need } from '../../kernel/command.ts';
import { conflict, refuse } from '../../kernel/decision.ts';
import { personPseudonym } from '../../kernel/identity.ts';
import { appraiser } from '../appraiser.ts';
import { WITHIN_INSTITUTION } from '../articles.ts';

/** 登记司法鉴定人: known from then on by a keyed pseudonym of the licence number, never by the number; for items that the institution is registered for. */
export default command({
  name: 'registry/register-appraiser',
  title: '登记司法鉴定人',
  aggregate: appraiser,
  input: z.strictObject({
    ...AppraiserRegistered.data.omit({ registeredOn: true, person: true }).shape,
    scopes: officialItems,
    licence: z
      .string()
      .trim()
      .min(4)
      .max(40)
      .meta({ examples: ['MADE-LICENCE-1'] }),
    name: z
      .string()
      .trim()
      .min(1)
      .max(60)
      .meta({ title: '姓名', examples: ['虚构鉴定人'] }),
  }),
  who: [{ kind: 'justice-bureau', roles: ['registrar'], within: 'province-level' }],
  key: ({ licence }, context) => personPseudonym(context, licence),
  facts: ({ institution }) => ({ institution: need(InstitutionFact, institution, '/institution', { guard: true }) }),
  decide: (state, { licence, name, ...open }, { facts, occurredOn, ...context }) => {
    if (state) return conflict('already_registered', '该鉴定人已登记', '/licence');
    const beyond = open.scopes.findIndex((item) => !facts.institution.state.scopes.includes(item));
    if (beyond >= 0)
      return refuse('outside_institution', `所在机构没有登记“${itemTitle(open.scopes[beyond] ?? '')}”`, WITHIN_INSTITUTION, {
        cure: '从机构登记在册的鉴定项目中选择',
        pointer: `/scopes/${beyond}`,
      });
    return [AppraiserRegistered.of({ ...open, person: personPseudonym(context, licence), registeredOn: occurredOn }, { name, licence })];
  },
});
