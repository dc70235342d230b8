import * as z from 'zod';
import { AppraiserRegistered, InstitutionFact } from '../../../events/registry.ts';
import { command, need } from '../../kernel/command.ts';
import { conflict } from '../../kernel/decision.ts';
import { personPseudonym } from '../../kernel/identity.ts';
import { appraiser } from '../appraiser.ts';

/** 登记司法鉴定人: known from then on by a keyed pseudonym of the licence number, never by the number. */
export default command({
  name: 'registry/register-appraiser',
  title: '登记司法鉴定人',
  aggregate: appraiser,
  input: z.strictObject({
    ...AppraiserRegistered.data.omit({ registeredOn: true, person: true }).shape,
    /** 执业证号 */
    licence: z.string().trim().min(4).max(40),
    name: z.string().trim().min(1).max(60),
  }),
  who: [{ kind: 'justice-bureau', roles: ['registrar'], within: 'province-level' }],
  key: ({ licence }, context) => personPseudonym(context, licence),
  facts: ({ institution }) => ({ institution: need(InstitutionFact, institution, '/institution') }),
  decide: (state, { licence, name, ...open }, { occurredOn, ...context }) => {
    if (state) return conflict('already_registered', '该鉴定人已登记', '/licence');
    return [AppraiserRegistered.of({ ...open, person: personPseudonym(context, licence), registeredOn: occurredOn }, { name, licence })];
  },
});
