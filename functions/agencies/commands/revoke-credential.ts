import * as z from 'zod';
import { CredentialRevoked } from '../../../events/agencies.ts';
import { agencyId } from '../../../events/common.ts';
import { command } from '../../kernel/command.ts';
import { notFound } from '../../kernel/decision.ts';
import { CREDENTIAL } from '../articles.ts';
import { credential } from '../credential.ts';

/** 撤销接入凭证: no secret of the agency's system is good from now on; one that is registered later stands by itself. */
export default command({
  name: 'agencies/revoke-credential',
  title: '撤销接入凭证',
  aggregate: credential,
  input: z.strictObject({ agency: agencyId }),
  who: [
    { kind: 'justice-bureau', roles: ['operator'], within: { division: ({ state }) => state?.division ?? '' } },
    { kind: 'justice-bureau', roles: ['operator'], within: 'province-level' },
    { kind: 'ministry', roles: ['operator'] },
  ],
  key: (input) => input.agency,
  decide: (state, { agency }, { actor, today }) => {
    if (!state) return notFound('接入凭证', '/agency');
    if (state.revokedOn !== null) return [];
    return [CredentialRevoked.of({ agency, revokedBy: actor.agency, revokedOn: today, basis: CREDENTIAL })];
  },
});
