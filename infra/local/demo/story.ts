import { completeUscc } from '../../../functions/kernel/codes/uscc.ts';
import type { Answer, Claims } from './host.ts';

/** First answers by act: where a later one takes its ids from. Throws for an act that has not been played. */
export type Answers = (act: string) => Answer['body'];

/** One act of the story (一步). Nothing in it depends on the day, so that its key and its body stay the same on any. */
export interface Act {
  /** Names it; its Idempotency-Key is made of this. */
  readonly name: string;
  /** What is done, for printing; names no person. */
  readonly title: string;
  readonly as: Claims;
  readonly command: string;
  readonly body: object | ((answers: Answers) => object);
}

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

const discipline = agency('discipline', '市纪委监委', 'discipline', 'city', '360800');
const provinceBureau = agency('province-bureau', '省司法厅', 'justice-bureau', 'province', '360000', { discipline: discipline.id });
const cityBureau = agency('city-bureau', '市司法局', 'justice-bureau', 'city', '360800', { superior: provinceBureau.id, discipline: discipline.id });
const cityCourt = agency('city-court', '市中级人民法院', 'court', 'city', '360800');
const districtCourt = agency('district-court', '市某区人民法院', 'court', 'county', '360802', { superior: cityCourt.id });
const AGENCIES = [discipline, provinceBureau, cityBureau, cityCourt, districtCourt];

const institution = { id: completeUscc('34360802MADE3601'), name: '虚构司法鉴定所', kind: 'institution', division: '360802' };
const LICENCES = ['MADE-DEMO-0001', 'MADE-DEMO-0002', 'MADE-DEMO-0003'] as const;
const CASES = ['（虚构）演示鉴字第1号', '（虚构）演示鉴字第2号'] as const;

const as = ({ id, kind, division }: Pick<Agency, 'id' | 'kind' | 'division'>, role: string, person = `made-demo-${role}`): Claims => ({
  agency: id,
  kind,
  division,
  person,
  roles: [role],
});

const operator = as(provinceBureau, 'operator');
const registrar = as(provinceBureau, 'registrar');
const officer = as(cityBureau, 'officer');
const head = as(institution, 'head');
const clerk = as(cityCourt, 'clerk');
const appraiser = (at: 0 | 1 | 2): Claims => as(institution, 'appraiser', LICENCES[at]);

/** 演示中的单位, each with who reads its mail. */
export const desks: readonly { readonly name: string; readonly as: Claims }[] = [
  { name: institution.name, as: head },
  { name: cityBureau.name, as: officer },
  { name: districtCourt.name, as: as(districtCourt, 'clerk') },
  { name: cityCourt.name, as: clerk },
  { name: provinceBureau.name, as: as(provinceBureau, 'officer') },
  { name: discipline.name, as: as(discipline, 'clerk') },
];

/** 主管该机构的司法行政机关的承办人员. */
export const supervisor = officer;

/** What a newcomer may try after the setting: whom to look as, and an act that is still open. */
export const tryOut = { head, signer: appraiser(0), row: { case: CASES[0], content: { answer: 'none' } } } as const;

const lastPart = ({ stream }: Answer['body']): string => String(stream).split('/').at(-1) ?? '';
/** Pseudonym of the appraiser of whom the breach is found. */
export const subjectOf = (answers: Answers): string => lastPart(answers('appraiser-2'));

const none = { answer: 'none' };
const interference = {
  answer: 'interference',
  interferers: [
    { box: 'commissioner', name: '虚构书记员孙某', organ: districtCourt.name },
    { box: 'party-or-agent', name: '虚构当事人赵某' },
  ],
  contents: [{ box: 'plead' }, { box: 'opinion' }],
  articleThree: ['plead'],
  account: '虚构情况：孙某、赵某先后来电，请求把伤残等级评高一级',
  evidence: [{ kind: '虚构通话录音', sha256: '0'.repeat(64), keptAt: '虚构证据柜' }],
};

const openCase = (at: 0 | 1, appraisers: readonly string[]): Act => ({
  name: `case-${at + 1}`,
  title: `鉴定机构为${CASES[at]}案建档，委托人为${districtCourt.name}`,
  as: head,
  command: 'commissions/open-case',
  body: { case: CASES[at], matter: '虚构的伤残等级鉴定', commissioner: { kind: 'organ', agency: districtCourt.id }, appraisers },
});

const sign = (name: string, title: string, who: Claims, number: string, content: object): Act => ({
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
    body: { uscc: institution.id, name: institution.name, division: institution.division, supervisedBy: cityBureau.id, scopes: ['0201'] },
  },
  ...LICENCES.map(
    (licence, at): Act => ({
      name: `appraiser-${at + 1}`,
      title: `${provinceBureau.name}登记第${at + 1}名司法鉴定人`,
      as: registrar,
      command: 'registry/register-appraiser',
      body: { institution: institution.id, scopes: ['0201'], name: `虚构鉴定人${at + 1}`, licence },
    }),
  ),
  openCase(0, [LICENCES[0], LICENCES[1]]),
  openCase(1, [LICENCES[1], LICENCES[2]]),
  sign('quiet-row-1', `一名鉴定人在${CASES[1]}案的记录表上签名`, appraiser(1), CASES[1], none),
  sign('quiet-row-2', `另一名鉴定人在${CASES[1]}案的记录表上签名`, appraiser(2), CASES[1], none),
];

/** 主线: from a call to the integrity file; it takes ids from the setting, which is played before it. */
export const slice: readonly Act[] = [
  sign('row-of-another', `一名鉴定人在${CASES[0]}案的记录表上签名`, appraiser(1), CASES[0], none),
  sign('row', `另一名鉴定人在${CASES[0]}案的记录表上签名`, appraiser(0), CASES[0], interference),
  {
    name: 'report',
    title: '向本机构报告干预司法鉴定活动的情况',
    as: appraiser(0),
    command: 'interference/report-interference',
    body: (answers) => ({
      case: CASES[0],
      row: answers('row').correlationId,
      to: 'institution',
      content: interference,
      insider: 'none',
      seriousConsequences: false,
    }),
  },
  {
    name: 'forward',
    title: `鉴定机构负责人向${cityBureau.name}转报`,
    as: head,
    command: 'interference/forward-report',
    body: (answers) => ({ report: lastPart(answers('report')) }),
  },
  {
    name: 'disclose',
    title: `${cityBureau.name}承办人员依权限查阅报告内容`,
    as: officer,
    command: 'interference/disclose-report',
    body: (answers) => ({ report: lastPart(answers('report')), purpose: '虚构：按第八条认定情形' }),
  },
  {
    name: 'route',
    title: `${cityBureau.name}承办人员认定情形，按第八条处理`,
    as: officer,
    command: 'interference/route-report',
    body: (answers) => ({
      report: lastPart(answers('report')),
      established: [
        { situation: 'commissioning-organ-staff', separable: true },
        { situation: 'individual', separable: true },
      ],
    }),
  },
  {
    name: 'signed-for',
    title: `${cityCourt.name}经办人签收通报`,
    as: clerk,
    command: 'notifications/sign-for-notice',
    body: (answers) => ({ about: answers('route').events[0].id }),
  },
  {
    name: 'finding',
    title: `${cityBureau.name}承办人员认定一名鉴定人记录不如实`,
    as: officer,
    command: 'sanctions/find-breach',
    body: (answers) => ({
      subject: { kind: 'appraiser', id: subjectOf(answers) },
      institution: institution.id,
      breach: 'recorded-untruthfully',
      acts: 1,
      account: '虚构的检查发现',
    }),
  },
];
