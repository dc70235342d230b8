import { completeUscc } from '../../../functions/kernel/codes/uscc.ts';

export type Claims = { agency: string; kind: string; division: string; person: string; roles: string[] };

const of = (agency: string, kind: string, person: string, role: string, division = '360800'): Claims => ({ agency, kind, division, person, roles: [role] });

const PROVINCE_BUREAU = 'made-province-bureau';
/** 主管司法行政机关 of both institutions. */
export const BUREAU = 'made-city-bureau';
export const COURT = 'made-district-court';
export const HOSPITAL = 'made-hospital';
export const POLICE = 'made-police';

/** 能力验证提供者, one for each of {@link TESTED_ITEMS}. */
const PROVIDERS = ['made-provider-0', 'made-provider-1'] as const;
export const providers = PROVIDERS.map((id) => of(id, 'provider', `${id}-clerk`, 'clerk', '360000'));

/** The directory: id, kind, level, division, superior, discipline. */
export const AGENCIES = [
  [PROVINCE_BUREAU, 'justice-bureau', 'province', '360000', null, null],
  ['made-discipline', 'discipline', 'city', '360800', null, null],
  [BUREAU, 'justice-bureau', 'city', '360800', PROVINCE_BUREAU, 'made-discipline'],
  ['made-city-court', 'court', 'city', '360800', null, null],
  [COURT, 'court', 'county', '360802', 'made-city-court', null],
  ['made-health', 'health', 'city', '360800', null, null],
  [HOSPITAL, 'organ', 'city', '360800', 'made-health', null],
  [POLICE, 'police', 'city', '360800', null, null],
  ['made-procuratorate', 'procuratorate', 'county', '360802', null, null],
  ['made-market-regulator', 'market-regulator', 'province', '360000', null, null],
  ['made-court-elsewhere', 'court', 'city', '360100', null, null],
  ...PROVIDERS.map((id) => [id, 'provider', 'province', '360000', null, null] as const),
] as const;
/** Where both institutions have their seat, the city and the province around it: whoever of {@link ROSTER_KINDS} is there is told of a striking off (rule P-3). */
export const SEATS: readonly string[] = ['360802', '360800', '360000'];
export const ROSTER_KINDS: readonly string[] = ['court', 'procuratorate', 'police', 'market-regulator'];

export const INSTITUTIONS = [completeUscc('31360800MADE0001'), completeUscc('31360800MADE0002')] as const;
/** 鉴定项目 that proficiency is tested in, beside the one that cases are about. */
export const TESTED_ITEMS = ['medicine-0202', 'medicine-0203'] as const;
/** Made licences of made persons, by institution. */
export const LICENCES = INSTITUTIONS.map((_, at) => [0, 1, 2].map((each) => `MADE-36-${at}-${each}`));

export const operator = of(PROVINCE_BUREAU, 'justice-bureau', 'made-operator', 'operator', '360000');
/** 系统运行人员 of the supervising bureau. */
const ownOperator = of(BUREAU, 'justice-bureau', 'made-own-operator', 'operator');
export const registrar = of(PROVINCE_BUREAU, 'justice-bureau', 'made-registrar', 'registrar', '360000');

export type Pair = readonly [Claims, Claims];
const officersOf = (agency: string, division?: string): Pair => [
  of(agency, 'justice-bureau', `${agency}-officer-0`, 'officer', division),
  of(agency, 'justice-bureau', `${agency}-officer-1`, 'officer', division),
];
/** Two officers each of the supervising bureau and of its superior. */
export const officers = officersOf(BUREAU);
export const superiors = officersOf(PROVINCE_BUREAU, '360000');

export const appraiserAt = (institution: string, licence: string): Claims => of(institution, 'institution', licence, 'appraiser');
export const headOf = (institution: string): Claims => of(institution, 'institution', `made-head-of-${institution}`, 'head');

/** Who signs at each agency for what it finds in its inbox. */
export const DESKS: Readonly<Record<string, Claims>> = {
  [COURT]: of(COURT, 'court', 'made-clerk', 'clerk'),
  'made-city-court': of('made-city-court', 'court', 'made-clerk-2', 'clerk'),
  'made-health': of('made-health', 'health', 'made-clerk-3', 'clerk'),
  'made-discipline': of('made-discipline', 'discipline', 'made-clerk-4', 'clerk'),
  [POLICE]: of(POLICE, 'police', 'made-clerk-5', 'clerk'),
  [BUREAU]: officers[0],
  [PROVINCE_BUREAU]: superiors[0],
  ...Object.fromEntries(INSTITUTIONS.map((institution) => [institution, headOf(institution)])),
};

/** Who runs the systems of the agencies that are told most often, and so are delivered to. */
export const SYSTEMS: readonly Claims[] = [
  ownOperator,
  operator,
  ...[COURT, 'made-city-court', 'made-health', 'made-discipline', POLICE, ...INSTITUTIONS].map((agency) => DESKS[agency] as Claims),
];
