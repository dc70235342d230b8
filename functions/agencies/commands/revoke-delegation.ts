import * as z from 'zod';
import { DelegationRevoked } from '../../../events/agencies.ts';
import { opaqueId } from '../../../events/common.ts';
import { command } from '../../kernel/command.ts';
import { notFound } from '../../kernel/decision.ts';
import { DELEGATION } from '../articles.ts';
import { delegation } from '../delegation.ts';
import { giver, ofGiversAgency } from '../relations.ts';

/** 撤销委托: whatever is being decided under it at the same moment is decided again, and refused. */
export default command({
  name: 'agencies/revoke-delegation',
  title: '撤销委托',
  aggregate: delegation,
  input: z.strictObject({ delegation: opaqueId }),
  who: [
    { kind: 'justice-bureau', roles: ['officer'], relation: giver },
    { kind: 'justice-bureau', roles: ['leader'], relation: ofGiversAgency },
    { kind: 'ministry', roles: ['officer'], relation: giver },
    { kind: 'ministry', roles: ['leader'], relation: ofGiversAgency },
  ],
  inPerson: true,
  key: (input) => input.delegation,
  decide: (state, _, { today }) => {
    if (!state) return notFound('委托', '/delegation');
    if (state.revokedOn !== null) return [];
    const { delegation: id, agency, delegator, delegate } = state;
    return [DelegationRevoked.of({ delegation: id, agency, delegator, delegate, revokedOn: today, basis: DELEGATION })];
  },
});
