import type { DataOf } from '../../events/event.ts';
import { itemTitle } from '../../events/items.ts';
import {
  ConsecutiveFailureDetected,
  ConsecutiveFailureRevoked,
  CorrectiveRetestRecorded,
  InstitutionsEnrolled,
  OnSiteAssessmentRecorded,
  ProficiencyAbsenceRecorded,
  ProficiencyResultCorrected,
  ProficiencyResultsDue,
  ProficiencyRoundClosed,
  ProficiencyRoundOpened,
  ProficiencyTestFailed,
  ProficiencyTestPassed,
  ProficiencyTestWarned,
  RectificationCancelled,
  RectificationDisclosed,
  RectificationDrawnUp,
  RectificationFailed,
  RectificationNumbered,
  RectificationOrdered,
  RectificationSubmitted,
  RectificationVerified,
} from '../../events/proficiency.ts';
import { DecisionNumbered } from '../../events/sanctions.ts';
import { agencyIn, field, institutionSigns, type Line, nobody, ownBasis, type Silence, tell } from './line.ts';
import { SYSTEM } from './notice.ts';
import { dateHint, RECTIFICATION_FAULT_WORDS, VERDICT_WORDS } from './words.ts';

type Decision = DataOf<typeof DecisionNumbered>['document'];
const ofOrder =
  (particular: (order: Extract<Decision, { kind: 'rectification' }>) => string | undefined) =>
  ({ data: { document } }: { readonly data: { readonly document: Decision } }) =>
    document.kind === 'rectification' ? particular(document) : undefined;

interface Tested {
  readonly data: { readonly year: number };
}
interface Concerned {
  readonly data: { readonly institution: string; readonly bureau: string; readonly registrar: string | null };
}

const each = (...agencies: readonly (string | null)[]) => [...new Set(agencies)].flatMap((recipient) => (recipient === null ? [] : [{ recipient }]));
/** Rule P-3: the institution, its bureau, the registrar. */
const concerned = {
  title: 'the institution, its bureau, the registrar',
  of: ({ data: { institution, bureau, registrar } }: Concerned) => each(institution, bureau, registrar),
};
const bothSides = { title: 'the institution, its bureau', of: ({ data: { institution, bureau } }: Concerned) => each(institution, bureau) };
const institution = agencyIn('institution', 'the institution');
const bureau = agencyIn('bureau', 'the supervising bureau');
const byProvider = { title: 'the provider', of: field('provider') };
const byBureau = { title: 'the bureau', of: field('bureau') };
const about = { 鉴定机构: field('institution'), 鉴定项目: ({ data }: { readonly data: { readonly item: string } }) => itemTitle(data.item) };
const twoYears = (later: number) => `${later - 1}、${later}`;
const tested = { ...about, 年度: ({ data }: Tested) => `${data.year}` };
const chained = { ...tested, 年度: ({ data }: Tested) => twoYears(data.year) };
const rectified = { 整改编号: field('rectification'), ...chained };
const MATERIAL = ['整改材料'];
const opinions = { document: 'excellence-opinions', article: '第14条' } as const;
const plan = { document: 'jian-reform-plan', article: '第12项' } as const;

/** 能力验证: who is told what (rule P-3). */
export const proficiencyLines: readonly (Line | Silence)[] = [
  nobody(ProficiencyRoundOpened, '参加机构由提供者自行通知，在能力验证计划一览中'),
  nobody(InstitutionsEnrolled, '同上'),
  nobody(ProficiencyRoundClosed, '在能力验证计划一览中'),
  nobody(ProficiencyResultsDue, '随后记录的缺席告知机构'),
  nobody(ProficiencyTestPassed, '合格的结果在能力验证记录中，不另发通知'),
  tell(ProficiencyTestWarned, {
    recipients: concerned,
    sender: byProvider,
    purpose: '能力验证结果有问题，请查找原因；不作不合格处理',
    withheld: [],
    particulars: { ...tested, 报告日期: field('reportedOn') },
    mustSign: false,
    ...opinions,
    basis: ownBasis,
  }),
  tell(ProficiencyTestFailed, {
    recipients: concerned,
    sender: byProvider,
    purpose: { title: '能力验证不合格 (entered: ，已记入诚信档案)', of: ({ data }) => `能力验证不合格${data.entersFile ? '，已记入诚信档案' : ''}` },
    withheld: [],
    particulars: { ...tested, 报告日期: field('reportedOn') },
    mustSign: false,
    ...opinions,
    basis: ownBasis,
  }),
  tell(ProficiencyAbsenceRecorded, {
    recipients: concerned,
    sender: byProvider,
    purpose: {
      title: '能力验证缺席已记录 (counted: ，计作不合格; entered: ，已记入诚信档案)',
      of: ({ data: { counts, entersFile } }) => `能力验证缺席已记录${counts ? '，计作不合格' : ''}${entersFile ? '，已记入诚信档案' : ''}`,
    },
    withheld: [],
    particulars: { ...tested, 有无正当理由: ({ data }) => (data.excused ? '有' : '无'), 报告日期: field('reportedOn') },
    mustSign: false,
    ...opinions,
    basis: ownBasis,
  }),
  tell(ProficiencyResultCorrected, {
    recipients: concerned,
    sender: byProvider,
    purpose: '能力验证结果已更正，由原结果产生的后果一并更正',
    withheld: [],
    particulars: {
      ...tested,
      原结果: ({ data }) => VERDICT_WORDS[data.was],
      现结果: ({ data }) => (data.now === null ? '作废' : VERDICT_WORDS[data.now]),
      更正日期: field('correctedOn'),
    },
    mustSign: false,
    ...opinions,
    basis: ownBasis,
  }),
  tell(OnSiteAssessmentRecorded, {
    recipients: institution,
    sender: { title: 'the bureau that assessed', of: field('assessor') },
    purpose: { title: '现场测评结果：合格 or 不合格', of: ({ data }) => `现场测评结果：${data.passed ? '合格' : '不合格'}` },
    withheld: [],
    particulars: { ...tested, 测评日期: field('assessedOn') },
    mustSign: false,
    ...plan,
    basis: ownBasis,
  }),
  tell(CorrectiveRetestRecorded, {
    recipients: bothSides,
    sender: byProvider,
    purpose: { title: '补测结果：合格 or 不合格', of: ({ data }) => `补测结果：${data.passed ? '合格' : '不合格'}` },
    withheld: [],
    particulars: { ...tested, 补测日期: field('retestedOn') },
    mustSign: false,
    ...opinions,
    basis: ownBasis,
  }),
  nobody(ConsecutiveFailureDetected, '随后的拟办告知主管司法行政机关'),
  nobody(ConsecutiveFailureRevoked, '随后撤销的整改告知双方'),
  tell(RectificationDrawnUp, {
    recipients: bureau,
    sender: SYSTEM,
    purpose: {
      title: '连续两年能力验证不合格，已拟办责令限期整改，请决定 (not adopted: 连续两年能力验证不合格，所据征求意见稿本省尚未采用，仅供参考)',
      of: ({ data }) => (data.binding ? '连续两年能力验证不合格，已拟办责令限期整改，请决定' : '连续两年能力验证不合格，所据征求意见稿本省尚未采用，仅供参考'),
    },
    withheld: [],
    particulars: { ...rectified, 拟办日期: field('drawnUpOn') },
    mustSign: false,
    ...plan,
    basis: ownBasis,
  }),
  nobody(RectificationOrdered, '决定编有文号后送达'),
  tell(DecisionNumbered, {
    when: { title: 'an order to rectify', holds: ({ data }) => data.document.kind === 'rectification' },
    recipients: { title: 'the institution, the registrar', of: ({ data }) => each(data.institution, ...data.toTell) },
    sender: byBureau,
    purpose: {
      title: '责令限期整改，请按期提交整改情况和证据 (the registrar: 已责令限期整改)',
      of: ({ data }, { recipient }) => (recipient === data.institution ? '责令限期整改，请按期提交整改情况和证据' : '已责令鉴定机构限期整改'),
    },
    withheld: [],
    particulars: {
      文号: field('number'),
      整改编号: field('matter'),
      ...about,
      年度: ofOrder(({ failedYear }) => twoYears(failedYear)),
      决定日期: field('decidedOn'),
      整改期限: ofOrder(({ dates }) => dates.legalDue),
      最后工作日: ofOrder(({ dates }) => dates.alertDue),
      日期提示: ofOrder(({ dates }) => dateHint(dates.beyondCalendar)),
    },
    mustSign: institutionSigns,
    ...plan,
    basis: ownBasis,
  }),
  nobody(RectificationNumbered, '文号随送达的通知告知'),
  tell(RectificationSubmitted, {
    recipients: bureau,
    sender: { title: 'the institution', of: field('institution') },
    purpose: '鉴定机构已提交整改情况，请核实',
    withheld: MATERIAL,
    particulars: { ...rectified, 提交日期: field('submittedOn'), 核实期限: ({ data }) => data.dates.legalDue },
    mustSign: false,
    ...plan,
    basis: ownBasis,
  }),
  nobody(RectificationDisclosed, '查阅是办案双方自己的事，留痕备查'),
  tell(RectificationVerified, {
    recipients: { title: 'the institution, the registrar', of: ({ data }) => each(data.institution, data.registrar === data.bureau ? null : data.registrar) },
    sender: byBureau,
    purpose: '整改已核实到位',
    withheld: MATERIAL,
    particulars: { ...rectified, 核实日期: field('verifiedOn') },
    mustSign: false,
    ...plan,
    basis: ownBasis,
  }),
  tell(RectificationFailed, {
    recipients: concerned,
    sender: { title: 'the bureau; of nothing submitted 系统', of: ({ data }) => (data.fault === 'nothing-submitted' ? SYSTEM : data.bureau) },
    purpose: { title: '整改未通过：and how', of: ({ data }) => `整改未通过：${RECTIFICATION_FAULT_WORDS[data.fault]}` },
    withheld: MATERIAL,
    particulars: { ...rectified, 认定日期: field('failedOn') },
    mustSign: false,
    ...plan,
    basis: ownBasis,
  }),
  tell(RectificationCancelled, {
    when: { title: 'it was drawn up', holds: ({ data }) => data.was !== null },
    recipients: {
      title: 'the bureau; where it was ordered, the institution and the registrar too',
      of: ({ data: { was, institution: of, bureau: by, registrar } }) => (was === 'drawn-up' ? each(by) : each(of, by, registrar)),
    },
    sender: SYSTEM,
    purpose: '能力验证结果更正后，连续两年不合格不再成立，限期整改已撤销',
    withheld: MATERIAL,
    particulars: { ...rectified, 撤销日期: field('cancelledOn') },
    mustSign: false,
    ...plan,
    basis: ownBasis,
  }),
  nobody(RectificationCancelled, '尚未拟办，没有人被告知过', 'it was not drawn up yet'),
];
