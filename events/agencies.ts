import * as z from 'zod';
import { agencyKind } from './agency-kind.ts';
import { basis } from './basis.ts';
import { agencyId, day, divisionCode, shortText } from './common.ts';
import { credential } from './credential.ts';
import { delegation } from './delegation.ts';
import { defineEvent } from './event.ts';
import { defineFact } from './fact.ts';

const agency = z.object({
  /** 单位编号 */
  id: agencyId,
  name: shortText,
  kind: agencyKind,
  level: z.enum(['national', 'province', 'city', 'county']),
  division: divisionCode,
  /** 上级机关 or 主管单位. */
  superior: agencyId.nullable(),
  /** 纪检监察 organ responsible for it. */
  discipline: agencyId.nullable(),
});

export const AgencyRegistered = defineEvent({
  context: 'agencies',
  name: 'AgencyRegistered',
  title: '单位已登入名录',
  means: 'An agency stands in the directory with its kind, level, division and superior.',
  restsOn: { 'interference-provisions': ['第八条'] },
  data: agency,
});

/** 与登记事项有关的单位类别: who is told when the roster changes (rule P-3). */
export const rosterKind = agencyKind.extract(['court', 'procuratorate', 'police', 'market-regulator']);

export const AgencyListed = defineEvent({
  context: 'agencies',
  name: 'AgencyListed',
  title: '单位已列入区划名单',
  means: 'An agency that the roster concerns stands in the list of its division.',
  restsOn: { 'jian-reform-plan': ['第12项'] },
  data: z.object({ division: z.string(), id: agencyId, kind: rosterKind }),
});

export const DelegationGiven = defineEvent({
  context: 'agencies',
  name: 'DelegationGiven',
  title: '已委托办理',
  means: 'An officer has delegated commands to another person of the same agency, for a time.',
  restsOn: { 'interference-provisions': ['第八条'] },
  data: delegation.extend({ givenOn: day, basis }),
});

export const DelegationRevoked = defineEvent({
  context: 'agencies',
  name: 'DelegationRevoked',
  title: '委托已撤销',
  means: 'A delegation is revoked: nothing can be decided under it from now on.',
  restsOn: { 'interference-provisions': ['第八条'] },
  data: delegation.pick({ delegation: true, agency: true, delegator: true, delegate: true }).extend({ revokedOn: day, basis }),
});

export const CredentialRegistered = defineEvent({
  context: 'agencies',
  name: 'CredentialRegistered',
  title: '接入凭证已登记',
  means: 'An agency’s system may post events that are signed with the registered secret; the secret before stays good for a day.',
  restsOn: { 'data-security-law': ['第二十七条'] },
  data: credential.extend({
    /** 登记机关 */
    registeredBy: agencyId,
    /** 密钥轮换: there was a secret before. */
    rotates: z.boolean(),
    registeredOn: day,
    basis,
  }),
  restricted: z.object({ secret: z.string() }),
});

export const CredentialRevoked = defineEvent({
  context: 'agencies',
  name: 'CredentialRevoked',
  title: '接入凭证已撤销',
  means: 'No secret of the agency’s system is good any longer.',
  restsOn: { 'data-security-law': ['第二十七条'] },
  data: z.object({ agency: agencyId, revokedBy: agencyId, revokedOn: day, basis }),
});

/** 名录中的单位 */
export const AgencyFact = defineFact('agencies/agency', '单位', agency);

/** 区划内与登记事项有关的单位 */
export const DivisionListFact = defineFact('agencies/division', '区划名单', z.object({ agencies: z.array(agencyId) }));
