import { type Act, type Answers, type Ask, lastPart, none } from './act.ts';
import { appraiser, CASES, cityBureau, cityCourt, courtClerk, districtCourt, head, institution, LICENCES, officer, superiorClerk } from './cast.ts';
import type { Claims } from './host.ts';
import { openCase, sign } from './setting.ts';

/** Pseudonym of the appraiser who lets himself be told to keep silent. */
export const subjectOf = (answers: Answers): string => lastPart(answers('appraiser-2'));

/** What the appraiser records of it: a court officer demands a certain opinion, and the head of the institution hints not to record it. */
const interference = {
  answer: 'interference',
  interferers: [
    { box: 'commissioner', name: '虚构书记员孙某', organ: districtCourt.name },
    { box: 'insider', name: '虚构负责人钱某' },
  ],
  contents: [{ box: 'opinion' }, { box: 'other', other: '授意不作记录' }],
  articleThree: ['coerce', 'other'],
  account: '虚构情况：孙某来电，要求把伤残等级评高一级；钱某随后授意不要记录此事',
  evidence: [{ kind: '虚构通话录音', sha256: '0'.repeat(64), keptAt: '虚构证据柜' }],
};

const reportIn = (answers: Answers, round: Round): string => lastPart(answers(`report${round.mark}`));

/** The oldest notice that still lies unsigned before an agency. */
const oldestOpen = async (ask: Ask, as: Claims): Promise<object> => {
  const { items } = await ask(as, '/v1/notifications/inbox', { show: 'open', limit: '200' });
  const [first] = items.filter(({ mustSign }: { mustSign: boolean }) => mustSign).toReversed();
  return { about: first.about };
};
const signFor = (name: string, title: string, as: Claims): Act => ({
  name,
  title,
  as,
  command: 'notifications/sign-for-notice',
  body: (_, ask) => oldestOpen(ask, as),
});

interface Round {
  /** 第几次 */
  readonly ordinal: string;
  /** Behind each act's name. */
  readonly mark: string;
  readonly case: string;
}

const find = (round: Round, name: string, title: string, subject: (answers: Answers) => object, breach: string): Act => ({
  name: `${name}${round.mark}`,
  title: `${cityBureau.name}承办人员${round.ordinal}认定${title}`,
  as: officer,
  command: 'sanctions/find-breach',
  body: (answers) => ({ subject: subject(answers), institution: institution.id, breach, acts: 1, account: '虚构的检查发现' }),
});

const outcome = (round: Round, act: string, recipient: string, result: string, title: string): Act => ({
  name: `outcome-${act}${round.mark}`,
  title: `${cityBureau.name}承办人员登记办理结果：${title}`,
  as: officer,
  command: 'interference/record-outcome',
  body: (answers) => ({ report: reportIn(answers, round), act, recipient, outcome: result, account: '虚构的办理情况' }),
});

/** From the call to the finding, the same each time it happens. */
const told = (round: Round): readonly Act[] => [
  sign(`silent-row${round.mark}`, `一名鉴定人听从负责人授意，在${round.case}案的记录表上勾选“无此类情况”并签名`, appraiser(1), round.case, none),
  sign(`row${round.mark}`, `另一名鉴定人如实填写${round.case}案的记录表并签名`, appraiser(0), round.case, interference),
  {
    name: `report${round.mark}`,
    title: `该鉴定人因涉及机构负责人，直接向${cityBureau.name}报告`,
    as: appraiser(0),
    command: 'interference/report-interference',
    body: (answers) => ({
      case: round.case,
      row: answers(`row${round.mark}`).correlationId,
      to: 'bureau',
      content: interference,
      insider: 'head',
      seriousConsequences: false,
    }),
  },
  {
    name: `disclose${round.mark}`,
    title: `${cityBureau.name}承办人员写明目的，查阅报告内容`,
    as: officer,
    command: 'interference/disclose-report',
    body: (answers) => ({ report: reportIn(answers, round), purpose: '虚构：按第八条认定情形' }),
  },
  {
    name: `route${round.mark}`,
    title: `${cityBureau.name}承办人员认定情形，按第八条处理`,
    as: officer,
    command: 'interference/route-report',
    body: (answers) => ({
      report: reportIn(answers, round),
      established: [
        { situation: 'commissioning-organ-staff', separable: true },
        { situation: 'insider-head', separable: true },
      ],
    }),
  },
  signFor(`superior-signed${round.mark}`, `${cityCourt.name}经办人签收通报`, superiorClerk),
  signFor(`court-signed${round.mark}`, `${districtCourt.name}经办人签收告知`, courtClerk),
  find(round, 'finding-head', '机构负责人授意不记录', () => ({ kind: 'institution', id: institution.id, role: 'head' }), 'instructed-not-to-record-or-report'),
  find(round, 'finding-appraiser', '一名鉴定人记录不如实', (answers) => ({ kind: 'appraiser', id: subjectOf(answers) }), 'recorded-untruthfully'),
  signFor(`order-signed-1${round.mark}`, `${institution.name}签收对负责人的行政处理决定`, head),
  signFor(`order-signed-2${round.mark}`, `${institution.name}签收对鉴定人的行政处理决定`, head),
];

const first: Round = { ordinal: '', mark: '', case: CASES[0] };
const again: Round = { ordinal: '再次', mark: '-again', case: CASES[2] };
const verify = (name: string, title: string, finding: string): Act => ({
  name,
  title: `${cityBureau.name}核实${title}已经改正`,
  as: officer,
  command: 'sanctions/verify-correction',
  body: (answers) => ({ finding: answers(finding).correlationId }),
});

/** 主线: a court officer demands a certain opinion; the head of the institution hints not to record it; it is found; months later again. */
export const story: readonly Act[] = [
  ...told(first),
  verify('corrected-head', '机构负责人', 'finding-head'),
  verify('corrected-appraiser', '该鉴定人', 'finding-appraiser'),
  outcome(first, 'investigate', cityBureau.id, 'substantiated', '对负责人的调查属实'),
  outcome(first, 'inform-superior', cityCourt.id, 'disciplined', '上级法院已处分工作人员，报告办结'),
  { ...openCase(2, [LICENCES[0], LICENCES[1]]), after: 150 },
  ...told(again),
];
