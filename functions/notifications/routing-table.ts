import { DeadlineApproaching, DeadlineClosed, DeadlineOpened, DeadlinePassed, DeadlineRecomputed } from '../../events/deadlines.ts';
import {
  CircularAddressed,
  CircularIssued,
  ImportantMatterReported,
  InsiderDealtWith,
  InterferenceReported,
  OutcomeRecorded,
  ProtectionDecided,
  ProtectionDisclosed,
  ProtectionSought,
  RecordCompleted,
  RecordDisclosed,
  RecordRowSigned,
  ReportClosed,
  ReportDisclosed,
  ReporterDisclosed,
  ReportForwarded,
  ReportReclassified,
  ReportRouted,
  ReportWithdrawn,
  RowsAskedFor,
} from '../../events/interference.ts';
import { NoticeEscalated, NoticeReminded, NoticeReplied, NoticeSent, NoticeSignedFor, ReplyDisclosed } from '../../events/notifications.ts';
import {
  BreachFound,
  CorrectionVerified,
  DocumentNumbered,
  FindingWithdrawn,
  type Measure,
  MeasuresIssued,
  MeasuresRevoked,
  OrderNumbered,
} from '../../events/sanctions.ts';
import { parseStream } from '../kernel/stream.ts';
import { agenciesLines } from './agencies-lines.ts';
import { deliveryLines } from './delivery-lines.ts';
import { agencyIn, field, type Line, nobody, ownBasis, type Silence, tell } from './line.ts';
import { SYSTEM } from './notice.ts';
import { proficiencyLines } from './proficiency-lines.ts';
import { registryLines } from './registry-lines.ts';
import { type Telling, tellings } from './tellings.ts';
import { DEADLINE_WORDS, dateHint, MEASURE_WORDS, NATURE_WORDS, PROTECTION_WORDS, SUBJECT_WORDS } from './words.ts';

/** In none of them: what art. 10 protects. */
export const ALWAYS_WITHHELD = ['报告人身份', '具体情况'] as const;
const WITHHELD = [...ALWAYS_WITHHELD, '干预人'];
const NO_PERSON = [...ALWAYS_WITHHELD, '责任人姓名'];

const bureau = agencyIn('bureau', 'the supervising bureau');
const institution = agencyIn('institution', 'the institution');
const byBureau = { title: 'the bureau', of: field('bureau') };

const ownDateHint = ({ data }: { readonly data: { readonly beyondCalendar: boolean } }) => dateHint(data.beyondCalendar);
const wordsOf = (measures: readonly Measure[]): string => measures.map((each) => MEASURE_WORDS[each]).join('、');
const corrects = (measures: readonly Measure[]): boolean => measures.includes('order-to-correct');

/** What acts under art. 8 tell whom they are towards, by the table of acts. */
const ofActs = {
  sender: byBureau,
  purpose: { title: 'of each act', of: (_: unknown, { purpose }: Telling) => purpose },
  withheld: { title: `${WITHHELD.join('、')}, and what each act withholds`, of: (_: unknown, { alsoWithheld }: Telling) => [...WITHHELD, ...alsoWithheld] },
  mustSign: true,
  article: '第六条、第七条、第八条',
  basis: { title: 'of the acts', of: (_: unknown, { basis }: Telling) => basis },
};
const towards = {
  title: 'each act’s recipient, all acts towards it in one; the bureau not of what it does itself',
  of: ({ data }: { readonly data: Parameters<typeof tellings>[0] }) => tellings(data),
};
const caseOfActs = {
  案件编号: ({ data }: { readonly data: { readonly case: string } }, { namesCase }: Telling) => (namesCase ? data.case : undefined),
  鉴定机构: field('institution'),
  每项处理及其条款: (_: unknown, { acts }: Telling) => acts,
};

/** Of a deadline that rests on a finding 认定 or a rectification 整改, its number. */
const numberOf =
  (...kinds: readonly string[]) =>
  ({ data: { kind, source } }: { readonly data: { readonly kind: string; readonly source: string } }) =>
    kinds.includes(kind) ? parseStream(source).key[0] : undefined;
const deadlineWords = ({ data: { kind } }: { readonly data: { readonly kind: keyof typeof DEADLINE_WORDS } }) => DEADLINE_WORDS[kind] ?? undefined;
const aboutDeadline = {
  期限事项: deadlineWords,
  认定编号: numberOf('correct'),
  整改编号: numberOf('rectify', 'verify-rectification'),
  截止日期: field('legalDue'),
  日期提示: ownDateHint,
};

/** 应当通知: event → who is told what, or that nobody is, and why. A test holds every event of these contexts to it. */
export const routingTable: readonly (Line | Silence)[] = [
  nobody(RecordRowSigned, '零报告存入业务档案，不报告；机构在记录一览中看到“已签名”'),
  tell(RowsAskedFor, {
    recipients: institution,
    sender: SYSTEM,
    purpose: '尚有鉴定人未签署记录表，请督促补签',
    withheld: [...ALWAYS_WITHHELD, '未签署的鉴定人姓名'],
    particulars: { 案件编号: field('case'), 未签署人数: ({ data }) => `${data.missing.length}人`, 结案日期: field('concludedOn') },
    mustSign: false,
    article: '第四条',
    basis: ownBasis,
  }),
  nobody(RecordCompleted, '没有待办事项，机构在记录一览中看到'),
  nobody(RecordDisclosed, '留痕备查，不发通知，以免暴露调阅了哪一行'),

  tell(InterferenceReported, {
    when: { title: 'straight to the bureau', holds: ({ data }) => data.to === 'bureau' },
    recipients: bureau,
    sender: SYSTEM,
    purpose: '收到对干预司法鉴定活动情况的直接报告，请按第八条处理',
    withheld: WITHHELD,
    particulars: { 案件编号: field('case'), 鉴定机构: field('institution'), 报告编号: field('report'), 报告日期: field('reportedOn') },
    mustSign: false,
    article: '第五条、第六条',
    basis: ownBasis,
  }),
  nobody(InterferenceReported, '报告直接向本机构提出，在报告一览中', 'to the institution'),
  tell(ReportForwarded, {
    recipients: bureau,
    sender: { title: 'the institution', of: field('institution') },
    purpose: '鉴定机构报告了干预司法鉴定活动的情况，请按第八条处理',
    withheld: WITHHELD,
    particulars: { 案件编号: field('case'), 鉴定机构: field('institution'), 报告编号: field('report'), 报告日期: field('forwardedOn') },
    mustSign: false,
    article: '第六条',
    basis: ownBasis,
  }),
  nobody(InsiderDealtWith, '机构依章程自行处理内部人员，没有向主管机关报告的义务'),
  tell(ReportWithdrawn, {
    when: { title: 'made to the bureau', holds: ({ data }) => data.to === 'bureau' },
    recipients: bureau,
    sender: SYSTEM,
    purpose: '报告已撤回，不再处理',
    withheld: [...WITHHELD, '撤回理由'],
    particulars: { 案件编号: field('case'), 鉴定机构: field('institution'), 报告编号: field('report'), 撤回日期: field('withdrawnOn') },
    mustSign: false,
    article: '第五条',
    basis: ownBasis,
  }),
  tell(ReportWithdrawn, {
    when: { title: 'made to the institution', holds: ({ data }) => data.to === 'institution' },
    recipients: institution,
    sender: SYSTEM,
    purpose: '报告已撤回，不再处理',
    withheld: [...WITHHELD, '撤回理由', '报告编号'],
    particulars: { 案件编号: field('case'), 撤回日期: field('withdrawnOn') },
    mustSign: false,
    article: '第五条',
    basis: ownBasis,
  }),
  tell(ReportRouted, { recipients: towards, ...ofActs, particulars: { ...caseOfActs, 处理日期: field('routedOn') } }),
  tell(ReportReclassified, { recipients: towards, ...ofActs, particulars: { ...caseOfActs, 重新认定日期: field('reclassifiedOn') } }),
  nobody(OutcomeRecorded, '由主管机关自行登记'),
  tell(ReportClosed, {
    recipients: {
      title: 'whom the closing concerns, but for the bureau itself',
      of: ({ data }) => [...new Set(data.toTell)].filter((agency) => agency !== data.bureau).map((recipient) => ({ recipient })),
    },
    sender: byBureau,
    purpose: '干预情况报告已办结',
    // Returned anonymised, the report is not to be found again by its case.
    withheld: {
      title: `${WITHHELD.join('、')}、办理结果、依法另行通报的情况（如有）; from the institution also 案件编号`,
      of: ({ data }, { recipient }) => [...WITHHELD, '办理结果', '依法另行通报的情况（如有）', ...(recipient === data.institution ? ['案件编号'] : [])],
    },
    particulars: {
      案件编号: ({ data }, { recipient }) => (recipient === data.institution ? undefined : data.case),
      鉴定机构: field('institution'),
      办结日期: field('closedOn'),
    },
    mustSign: false,
    article: '第八条',
    basis: ownBasis,
  }),
  nobody(ReportDisclosed, '报告人在本人的查询中看到，不发通知，以免暴露'),
  nobody(ReporterDisclosed, '报告人在本人的查询中看到，不发通知，以免暴露'),

  tell(ProtectionSought, {
    recipients: agencyIn('receiver', 'the agency that received it'),
    sender: SYSTEM,
    purpose: '收到保护请求，请依法处理',
    withheld: [...ALWAYS_WITHHELD, '请求人身份', '证据'],
    particulars: {
      请求编号: field('matter'),
      请求事由: ({ data }) => PROTECTION_WORDS[data.kind],
      鉴定机构: field('institution'),
      请求日期: field('soughtOn'),
    },
    mustSign: false,
    article: '第九条、第十条',
    basis: ownBasis,
  }),
  nobody(ProtectionDisclosed, '请求人在本人的查询中看到，不发通知，以免暴露'),
  tell(ProtectionDecided, {
    when: { title: 'a suspected crime is transferred', holds: ({ data }) => data.transferredTo !== null },
    recipients: {
      title: 'the organ that it is transferred to',
      of: ({ data: { transferredTo } }) => (transferredTo === null ? [] : [{ recipient: transferredTo }]),
    },
    sender: { title: 'the agency that decided', of: field('receiver') },
    purpose: '移送涉嫌犯罪线索，请依法处理',
    withheld: [...ALWAYS_WITHHELD, '请求人身份', '证据'],
    particulars: {
      移送编号: field('matter'),
      线索类别: ({ data }) => PROTECTION_WORDS[data.kind],
      鉴定机构: field('institution'),
      移送日期: field('decidedOn'),
    },
    mustSign: true,
    article: '第九条、第十条',
    basis: ownBasis,
  }),
  nobody(ProtectionDecided, '请求人在本人的查询中看到，不发通知，以免暴露', 'otherwise'),

  nobody(CircularIssued, '随后逐批发往通报所列的鉴定机构'),
  tell(CircularAddressed, {
    recipients: { title: 'each institution that the circular names', of: ({ data }) => data.institutions.map((recipient) => ({ recipient })) },
    sender: byBureau,
    purpose: '收到情况通报，请查阅并落实工作要求',
    withheld: WITHHELD,
    particulars: { 通报编号: field('circular'), 起始月份: field('from'), 截止月份: field('to'), 印发日期: field('issuedOn') },
    mustSign: false,
    article: '印发通知第二段',
    basis: ownBasis,
  }),
  tell(ImportantMatterReported, {
    recipients: agencyIn('superior', 'the superior of the bureau that reports'),
    sender: byBureau,
    purpose: '收到下级司法行政机关对重要情况的请示报告，请查阅并指示',
    withheld: WITHHELD,
    particulars: { 案件编号: field('case'), 鉴定机构: field('institution'), 报告编号: field('report'), 请示日期: field('reportedOn') },
    mustSign: true,
    article: '印发通知第二段',
    basis: ownBasis,
  }),

  nobody(BreachFound, '随后作出的行政处理决定告知机构'),
  nobody(MeasuresIssued, '决定编有文号后送达'),
  nobody(FindingWithdrawn, '随后撤销行政处理措施，由撤销的通知告知机构'),
  nobody(MeasuresRevoked, '撤销决定编有文号后送达'),
  // A decision is served when it has its number (rule X12).
  tell(DocumentNumbered, {
    when: { title: 'an order', holds: ({ data }) => data.document.kind === 'order' },
    recipients: institution,
    sender: byBureau,
    purpose: {
      title: '送达行政处理决定 (where 责令改正: 请按期改正)',
      of: ({ data }) => (corrects(data.measures) ? '送达行政处理决定，请按期改正' : '送达行政处理决定'),
    },
    withheld: NO_PERSON,
    particulars: {
      文号: field('number'),
      认定编号: field('finding'),
      责任主体: ({ data: { document } }) =>
        document.kind === 'order' ? SUBJECT_WORDS[document.subject.kind === 'appraiser' ? 'appraiser' : document.subject.role] : undefined,
      处理措施: ({ data }) => wordsOf(data.measures),
      改正期限: ({ data: { document, measures } }) => (document.kind === 'order' && corrects(measures) ? document.correction.legalDue : undefined),
      日期提示: ({ data: { document, measures } }) =>
        document.kind === 'order' && corrects(measures) ? dateHint(document.correction.beyondCalendar) : undefined,
    },
    mustSign: true,
    article: '第十一条',
    basis: ownBasis,
  }),
  tell(DocumentNumbered, {
    when: { title: 'a revocation', holds: ({ data }) => data.document.kind === 'revocation' },
    recipients: institution,
    sender: byBureau,
    purpose: '所列行政处理措施已撤销，不再执行',
    withheld: NO_PERSON,
    particulars: { 文号: field('number'), 认定编号: field('finding'), 撤销措施: ({ data }) => wordsOf(data.measures), 撤销日期: field('decidedOn') },
    mustSign: true,
    article: '第十一条',
    basis: ownBasis,
  }),
  nobody(OrderNumbered, '文号随送达的通知告知'),
  tell(CorrectionVerified, {
    recipients: institution,
    sender: byBureau,
    purpose: '改正情况已核实',
    withheld: NO_PERSON,
    particulars: { 认定编号: field('finding'), 核实日期: field('verifiedOn') },
    mustSign: false,
    article: '第十一条',
    basis: ownBasis,
  }),

  nobody(DeadlineOpened, '在待办期限中'),
  tell(DeadlineApproaching, {
    // A look that comes too late says both; then only that it has passed is told.
    when: {
      title: 'a legal deadline',
      holds: ({ data: { nature, basis, legalDue }, occurredOn }) => nature === 'legal' && basis !== undefined && occurredOn <= legalDue,
    },
    recipients: agencyIn('holder', 'the holder'),
    sender: SYSTEM,
    purpose: '提醒：期限将至，请按期办理',
    withheld: WITHHELD,
    particulars: aboutDeadline,
    mustSign: false,
    article: '第十一条；吉安方案第12项',
    basis: { title: 'the event’s', of: ({ data }) => data.basis as NonNullable<typeof data.basis> },
  }),
  nobody(DeadlineApproaching, '服务提醒只在逾期后发出', 'an alert'),
  tell(DeadlinePassed, {
    when: { title: 'not of signing', holds: ({ data }) => DEADLINE_WORDS[data.kind] !== null },
    recipients: agencyIn('holder', 'the holder'),
    sender: SYSTEM,
    purpose: '提醒：期限已过，请及时办理',
    withheld: WITHHELD,
    particulars: { ...aboutDeadline, 性质: ({ data }) => NATURE_WORDS[data.nature] },
    mustSign: false,
    article: '第四条、第六条、第八条、第十一条；吉安方案第12项',
    basis: ownBasis,
  }),
  tell(DeadlinePassed, {
    when: { title: 'a legal deadline that an agency oversees', holds: ({ data }) => data.nature === 'legal' && data.overseer !== undefined },
    recipients: { title: 'the bureau that ordered it', of: ({ data: { overseer } }) => (overseer === undefined ? [] : [{ recipient: overseer }]) },
    sender: SYSTEM,
    purpose: {
      title: '责令改正的期限已过，请核实改正情况 (of 限期整改: 责令限期整改的期限已过，鉴定机构没有提交整改情况)',
      of: ({ data }) => (data.kind === 'rectify' ? '责令限期整改的期限已过，鉴定机构没有提交整改情况' : '责令改正的期限已过，请核实改正情况'),
    },
    withheld: NO_PERSON,
    particulars: { ...aboutDeadline, 承办单位: field('holder'), 性质: ({ data }) => NATURE_WORDS[data.nature] },
    mustSign: false,
    article: '第十一条；吉安方案第12项',
    basis: ownBasis,
  }),
  nobody(DeadlinePassed, '未签收的不再另发通知，在收件箱中突出显示', 'of signing'),
  nobody(DeadlineClosed, '从待办期限中消失'),
  nobody(DeadlineRecomputed, '在待办期限中按新日期显示'),

  nobody(NoticeSent, '在收件箱和发件箱中'),
  nobody(NoticeSignedFor, '发出单位在发件箱中看到'),
  nobody(NoticeReminded, '在收件箱中突出显示，不另发通知'),
  tell(NoticeEscalated, {
    when: {
      title: 'the recipient has a superior, which is not the sender',
      holds: ({ data: { superior, sender } }) => superior !== null && superior !== sender,
    },
    recipients: { title: 'the recipient’s superior', of: ({ data: { superior } }) => (superior === null ? [] : [{ recipient: superior }]) },
    sender: SYSTEM,
    purpose: '下级单位有一件通知逾期未签收，请督促',
    withheld: ['通知的事由、依据和内容', ...WITHHELD, '案件编号'],
    particulars: { 收件单位: field('recipient'), 发出单位: field('sender'), 送达日期: field('sentOn'), 未签收截至: field('escalatedOn') },
    mustSign: false,
    article: '第八条',
    basis: ownBasis,
  }),
  tell(NoticeEscalated, {
    when: { title: 'an agency sent it', holds: ({ data }) => data.sender !== SYSTEM },
    recipients: agencyIn('sender', 'the sender'),
    sender: SYSTEM,
    purpose: {
      title: '所发通知逾期未签收，已告知其上级 (without another superior: 请督促)',
      of: ({ data: { superior, sender } }) => (superior === null || superior === sender ? '所发通知逾期未签收，请督促' : '所发通知逾期未签收，已告知其上级'),
    },
    withheld: WITHHELD,
    particulars: { 收件单位: field('recipient'), 通知编号: field('about'), 送达日期: field('sentOn'), 未签收截至: field('escalatedOn') },
    mustSign: false,
    article: '第八条',
    basis: ownBasis,
  }),
  tell(NoticeReplied, {
    recipients: agencyIn('sender', 'the notice’s sender'),
    sender: { title: 'who replied', of: field('recipient') },
    purpose: '收到对通知的答复',
    withheld: [...WITHHELD, '答复内容'],
    particulars: { 答复单位: field('recipient'), 通知编号: field('about'), 答复日期: field('repliedOn') },
    mustSign: false,
    article: '第八条',
    basis: ownBasis,
  }),
  nobody(ReplyDisclosed, '查阅是发出单位自己的事'),

  ...proficiencyLines,
  ...registryLines,
  ...deliveryLines,
  ...agenciesLines,
];
