import { cite } from '../../events/documents.ts';
import type { RectificationStatus } from '../../events/proficiency.ts';
import type { Actor } from '../../functions/kernel/identity.ts';
import { policyFor } from '../../functions/policy/index.ts';
import type { Policy } from '../../functions/policy/policy.ts';
import { fact } from '../support/given.ts';
import { id } from '../support/heard.ts';

export const INSTITUTION = 'made-institution';
export const BUREAU = 'made-bureau';
export const REGISTRAR = 'made-province-bureau';
export const ITEM = 'medicine-0201';
export const OTHER_ITEM = 'medicine-0202';
export const ID = id('d');

/** 江西 has adopted 吉安方案 on this day, 山西 has not. */
export const DAY = '2026-03-10';
const rulesOf = (province: string): Policy => {
  const answer = policyFor(province, DAY);
  if (!answer.ok) throw new Error(answer.detail);
  return answer.values;
};
export const ADOPTED = rulesOf('360000');
export const NOT_ADOPTED = rulesOf('140000');
export const basis = cite('jian-reform-plan', '第12项');

export const of = { cancellation: ID, institution: INSTITUTION, item: ITEM, bureau: BUREAU, registrar: REGISTRAR };

export const rectified = (status: RectificationStatus = 'failed', bureau = BUREAU) =>
  fact({
    rectification: ID,
    institution: INSTITUTION,
    item: ITEM,
    bureau,
    registrar: REGISTRAR,
    status,
    submitted: true,
    decided: true,
    fault: status === 'failed' ? 'not-in-place' : null,
  });

export const registered = (change: { readonly scopes?: readonly string[]; readonly struckOff?: readonly string[]; readonly registeredBy?: undefined } = {}) =>
  fact({
    uscc: INSTITUTION,
    name: '虚构鉴定所',
    division: '360802',
    supervisedBy: BUREAU,
    registeredBy: REGISTRAR,
    registeredOn: '2020-07-01',
    scopes: [ITEM, OTHER_ITEM],
    struckOff: [],
    ...change,
  });

const actor = (agency: string, kind: Actor['kind'], role: Actor['roles'][number], division = '360800'): Actor => ({
  agency,
  kind,
  division,
  person: id('a'),
  roles: [role],
});
export const officer = actor(BUREAU, 'justice-bureau', 'officer');
export const otherOfficer = actor('made-other-bureau', 'justice-bureau', 'officer', '360100');
export const registrar = actor(REGISTRAR, 'justice-bureau', 'registrar', '360000');
/** Of a province-level bureau that has not registered the institution. */
export const otherRegistrar = actor('made-second-bureau', 'justice-bureau', 'registrar', '360000');
export const head = actor(INSTITUTION, 'institution', 'head', '360802');
export const otherHead = actor('made-other-institution', 'institution', 'head', '360803');
