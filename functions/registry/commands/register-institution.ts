import * as z from 'zod';
import { AgencyFact } from '../../../events/agencies.ts';
import { officialItems } from '../../../events/items.ts';
import { InstitutionRegistered } from '../../../events/registry.ts';
import { uscc } from '../../kernel/codes/uscc.ts';
import { command, need } from '../../kernel/command.ts';
import { conflict, refuse } from '../../kernel/decision.ts';
import { SUPERVISION } from '../articles.ts';
import { institution } from '../institution.ts';

/** 登记司法鉴定机构, under its unified social credit code (GB 32100), for official items. */
export default command({
  name: 'registry/register-institution',
  title: '登记司法鉴定机构',
  aggregate: institution,
  input: z.strictObject({
    ...InstitutionRegistered.data.omit({ registeredOn: true, registeredBy: true }).shape,
    uscc,
    scopes: officialItems.min(1),
  }),
  who: [{ kind: 'justice-bureau', roles: ['registrar'], within: 'province-level' }],
  key: (input) => input.uscc,
  facts: ({ supervisedBy }) => ({ bureau: need(AgencyFact, supervisedBy, '/supervisedBy') }),
  decide: (state, input, { facts, actor, occurredOn }) => {
    if (state) return conflict('already_registered', '该机构已登记', '/uscc');
    if (facts.bureau.state.kind !== 'justice-bureau')
      return refuse('not_a_justice_bureau', '主管机关应当是司法行政机关', SUPERVISION, { pointer: '/supervisedBy' });
    return [InstitutionRegistered.of({ ...input, registeredBy: actor.agency, registeredOn: occurredOn })];
  },
});
