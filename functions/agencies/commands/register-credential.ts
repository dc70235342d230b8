import * as z from 'zod';
import { AgencyFact, CredentialRegistered } from '../../../events/agencies.ts';
import { agencyId } from '../../../events/common.ts';
import { InstitutionFact } from '../../../events/registry.ts';
import { command, lookUp } from '../../kernel/command.ts';
import { notFound, refuse } from '../../kernel/decision.ts';
import { webhookSecret } from '../../kernel/standard-webhooks.ts';
import { BY_OFFICERS, CREDENTIAL } from '../articles.ts';
import { credential, systemRoleOf } from '../credential.ts';
import { type Holding, holderOf } from '../holder.ts';

/**
 * 登记接入凭证: an agency's system may post events that it signs with this secret, in the agency's name. Again: 密钥轮换, the secret before stays good
 * for a day. Kind and division are those of the directory, or of the register where it is an institution.
 */
export default command({
  name: 'agencies/register-credential',
  title: '登记接入凭证',
  aggregate: credential,
  input: z.strictObject({ agency: agencyId, secret: webhookSecret }),
  who: [
    { kind: 'justice-bureau', roles: ['operator'], within: { division: ({ facts }: { facts: Holding }) => holderOf(facts)?.division ?? '' } },
    { kind: 'justice-bureau', roles: ['operator'], within: 'province-level' },
    { kind: 'ministry', roles: ['operator'] },
  ],
  key: (input) => input.agency,
  facts: (input) => ({ agency: lookUp(AgencyFact, input.agency), institution: lookUp(InstitutionFact, input.agency) }),
  decide: (state, input, { facts, actor, today }) => {
    const holder = holderOf(facts);
    if (!holder) return notFound('单位', '/agency');
    const role = systemRoleOf(holder.kind);
    if (role === undefined)
      return refuse('no_system_of_a_bureau', '司法行政机关办理的事项须指明办理人，不能由系统签名提交', BY_OFFICERS, { pointer: '/agency' });
    const registered = { agency: input.agency, ...holder, roles: [role], registeredBy: actor.agency, rotates: state !== null && state.secrets.length > 0 };
    return [CredentialRegistered.of({ ...registered, registeredOn: today, basis: CREDENTIAL }, { secret: input.secret })];
  },
});
