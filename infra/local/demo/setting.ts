import { type Act, none } from './act.ts';
import { AGENCIES, appraiser, CASES, cityBureau, districtCourt, head, ITEM, institution, LICENCES, operator, provinceBureau, registrar } from './cast.ts';
import type { Claims } from './host.ts';

export const openCase = (at: 0 | 1 | 2, appraisers: readonly string[]): Act => ({
  name: `case-${at + 1}`,
  title: `鉴定机构为${CASES[at]}案建档，委托人为${districtCourt.name}`,
  as: head,
  command: 'commissions/open-case',
  body: { case: CASES[at], matter: '虚构的伤残等级鉴定', commissioner: { kind: 'organ', agency: districtCourt.id }, appraisers },
});

export const sign = (name: string, title: string, who: Claims, number: string, content: object): Act => ({
  name,
  title,
  as: who,
  command: 'interference/sign-row',
  body: { case: number, content },
});

/** 背景: a made province at work, so that there is something to look at. */
export const setting: readonly Act[] = [
  ...AGENCIES.map(
    (each): Act => ({ name: each.id, title: `${provinceBureau.name}将${each.name}登入名录`, as: operator, command: 'agencies/register-agency', body: each }),
  ),
  {
    name: 'institution',
    title: `${provinceBureau.name}登记${institution.name}，由${cityBureau.name}主管`,
    as: registrar,
    command: 'registry/register-institution',
    body: { uscc: institution.id, name: institution.name, division: institution.division, supervisedBy: cityBureau.id, scopes: [ITEM] },
  },
  ...LICENCES.map(
    (licence, at): Act => ({
      name: `appraiser-${at + 1}`,
      title: `${provinceBureau.name}登记第${at + 1}名司法鉴定人`,
      as: registrar,
      command: 'registry/register-appraiser',
      body: { institution: institution.id, scopes: [ITEM], name: `虚构鉴定人${at + 1}`, licence },
    }),
  ),
  openCase(0, [LICENCES[0], LICENCES[1]]),
  openCase(1, [LICENCES[1], LICENCES[2]]),
  sign('quiet-row-1', `一名鉴定人在${CASES[1]}案的记录表上签名`, appraiser(1), CASES[1], none),
  sign('quiet-row-2', `另一名鉴定人在${CASES[1]}案的记录表上签名`, appraiser(2), CASES[1], none),
];
