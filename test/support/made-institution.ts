import type { Actor } from '../../functions/kernel/identity.ts';
import { policyFor } from '../../functions/policy/index.ts';
import type { Policy } from '../../functions/policy/policy.ts';
import { fact } from './given.ts';

export const INSTITUTION = 'made-institution';
export const BUREAU = 'made-bureau';
export const REGISTRAR = 'made-province-bureau';
export const ITEM = 'medicine-0201';

/** 江西 has adopted 吉安方案 on this day, 山西 has not. */
export const DAY = '2026-03-10';
const rulesOf = (province: string): Policy => {
  const answer = policyFor(province, DAY);
  if (!answer.ok) throw new Error(answer.detail);
  return answer.values;
};
export const ADOPTED = rulesOf('360000');
export const NOT_ADOPTED = rulesOf('140000');

/** The institution as the register's fact has it. */
export const registered = (
  change: { readonly scopes?: readonly string[]; readonly struckOff?: readonly string[]; readonly registeredBy?: string | undefined } = {},
) =>
  fact({
    uscc: INSTITUTION,
    name: '虚构鉴定所',
    division: '360802',
    supervisedBy: BUREAU,
    registeredBy: REGISTRAR,
    registeredOn: '2020-07-01',
    scopes: [ITEM],
    struckOff: [],
    ...change,
  });

export const actor = (agency: string, kind: Actor['kind'], role: Actor['roles'][number], division = '360800'): Actor => ({
  agency,
  kind,
  division,
  person: `made-${role}`,
  roles: [role],
});
export const officer = actor(BUREAU, 'justice-bureau', 'officer');
export const otherOfficer = actor('made-other-bureau', 'justice-bureau', 'officer', '360100');
export const head = actor(INSTITUTION, 'institution', 'head', '360802');
export const otherHead = actor('made-other-institution', 'institution', 'head', '360803');
