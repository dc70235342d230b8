import { completeUscc } from '../../../functions/kernel/codes/uscc.ts';
import type { Claims } from './host.ts';

interface Agency {
  readonly id: string;
  /** 虚构名称 */
  readonly name: string;
  readonly kind: string;
  readonly level: string;
  readonly division: string;
  readonly superior: string | null;
  readonly discipline: string | null;
}

const agency = (
  id: string,
  name: string,
  kind: string,
  level: string,
  division: string,
  above: Partial<Pick<Agency, 'superior' | 'discipline'>> = {},
): Agency => ({
  id: `demo-${id}`,
  name: `虚构${name}`,
  kind,
  level,
  division,
  superior: above.superior ?? null,
  discipline: above.discipline ?? null,
});

export const discipline = agency('discipline', '市纪委监委', 'discipline', 'city', '360800');
export const provinceBureau = agency('province-bureau', '省司法厅', 'justice-bureau', 'province', '360000', { discipline: discipline.id });
export const cityBureau = agency('city-bureau', '市司法局', 'justice-bureau', 'city', '360800', { superior: provinceBureau.id, discipline: discipline.id });
export const cityCourt = agency('city-court', '市中级人民法院', 'court', 'city', '360800');
export const districtCourt = agency('district-court', '市某区人民法院', 'court', 'county', '360802', { superior: cityCourt.id });
export const provider = agency('provider', '能力验证中心', 'provider', 'national', '110000');
export const AGENCIES = [discipline, provinceBureau, cityBureau, cityCourt, districtCourt, provider];

export const institution = { id: completeUscc('34360802MADE3601'), name: '虚构司法鉴定所', kind: 'institution', division: '360802' };
export const ITEM = 'medicine-0201';
export const LICENCES = ['MADE-DEMO-0001', 'MADE-DEMO-0002', 'MADE-DEMO-0003'] as const;
export const CASES = ['（虚构）演示鉴字第1号', '（虚构）演示鉴字第2号', '（虚构）演示鉴字第3号'] as const;

const as = ({ id, kind, division }: Pick<Agency, 'id' | 'kind' | 'division'>, role: string, person = `made-demo-${role}`): Claims => ({
  agency: id,
  kind,
  division,
  person,
  roles: [role],
});

export const operator = as(provinceBureau, 'operator');
export const registrar = as(provinceBureau, 'registrar');
export const officer = as(cityBureau, 'officer');
export const head = as(institution, 'head');
export const providerClerk = as(provider, 'clerk');
export const courtClerk = as(districtCourt, 'clerk');
export const superiorClerk = as(cityCourt, 'clerk');
export const appraiser = (at: 0 | 1 | 2): Claims => as(institution, 'appraiser', LICENCES[at]);

/** 演示中的单位, each with who reads its mail. */
export const desks: readonly { readonly name: string; readonly as: Claims }[] = [
  { name: institution.name, as: head },
  { name: cityBureau.name, as: officer },
  { name: districtCourt.name, as: courtClerk },
  { name: cityCourt.name, as: superiorClerk },
  { name: provinceBureau.name, as: as(provinceBureau, 'officer') },
  { name: discipline.name, as: as(discipline, 'clerk') },
];

/** 主管该机构的司法行政机关的承办人员. */
export const supervisor = officer;

/** What a newcomer may try after the setting: whom to look as, and an act that is still open. */
export const tryOut = { head, signer: appraiser(0), row: { case: CASES[0], content: { answer: 'none' } } } as const;
