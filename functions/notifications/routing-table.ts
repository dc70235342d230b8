import { DeadlinePassed } from '../../events/deadlines.ts';
import type { AnyEventDefinition, DataOf } from '../../events/event.ts';
import { CircularAddressed, ImportantMatterReported, InterferenceReported, ReportForwarded, ReportRouted } from '../../events/interference.ts';
import type { NoticeSent } from '../../events/notifications.ts';
import { type Measure, MeasuresIssued, MeasuresRevoked } from '../../events/sanctions.ts';
import type { HeardEvent } from '../kernel/reaction.ts';
import { tellings } from './tellings.ts';
import { DEADLINE_WORDS, MEASURE_WORDS, SUBJECT_WORDS } from './words.ts';

/** What one recipient is told, and why (X6). */
export type Notice = Readonly<Omit<DataOf<typeof NoticeSent>, 'about' | 'event' | 'sentOn' | 'withheld'>> & { readonly withheld: readonly string[] };

/** 谁因何事被告知: one line of the table. */
export interface Row {
  readonly event: AnyEventDefinition;
  /** Pure: of the event's open part and its day alone. */
  readonly notices: (event: HeardEvent) => readonly Notice[];
}

const row = <D extends AnyEventDefinition>(event: D, notices: (event: HeardEvent<D>) => readonly Notice[]): Row => ({
  event,
  notices: notices as Row['notices'],
});

/** Sender where no agency stands behind a notice. */
const SYSTEM = 'system';
/** In none of them: what art. 10 protects. */
export const ALWAYS_WITHHELD = ['报告人身份', '具体情况'] as const;
const WITHHELD = [...ALWAYS_WITHHELD, '干预人'];

const BEYOND_CALENDAR = '该日期超出已公布的放假安排，暂只按周末推算，安排公布后须重新计算';
const dateHint = (beyondCalendar: boolean): Record<string, string> => (beyondCalendar ? { 日期提示: BEYOND_CALENDAR } : {});

const wordsOf = (measures: readonly Measure[]): string => measures.map((each) => MEASURE_WORDS[each]).join('、');

/** 应当通知: event → who is told what. Whoever is not named by a line is told nothing. */
export const routingTable: readonly Row[] = [
  // What was reported to the institution reached it there; a direct report is known to the bureau alone (art. 5).
  row(InterferenceReported, ({ data }) =>
    data.to === 'institution'
      ? []
      : [
          {
            recipient: data.bureau,
            sender: SYSTEM,
            purpose: '收到对干预司法鉴定活动情况的直接报告，请按第八条处理',
            withheld: WITHHELD,
            particulars: { 案件编号: data.case, 鉴定机构: data.institution, 报告编号: data.report, 报告日期: data.reportedOn },
            mustSign: false,
            basis: data.basis,
          },
        ],
  ),
  row(ReportForwarded, ({ data }) => [
    {
      recipient: data.bureau,
      sender: data.institution,
      purpose: '鉴定机构报告了干预司法鉴定活动的情况，请按第八条处理',
      withheld: WITHHELD,
      particulars: { 案件编号: data.case, 鉴定机构: data.institution, 报告编号: data.report, 报告日期: data.forwardedOn },
      mustSign: false,
      basis: data.basis,
    },
  ]),
  row(ReportRouted, ({ data }) =>
    tellings(data).map(({ recipient, purpose, acts, namesCase, alsoWithheld, basis }) => ({
      recipient,
      sender: data.bureau,
      purpose,
      withheld: [...WITHHELD, ...alsoWithheld],
      particulars: { ...(namesCase ? { 案件编号: data.case } : {}), 鉴定机构: data.institution, ...acts, 处理日期: data.routedOn },
      mustSign: true,
      basis,
    })),
  ),
  row(MeasuresIssued, ({ data: { finding, subject, institution, bureau, measures, correction, basis } }) => {
    const toCorrect = measures.includes('order-to-correct');
    return [
      {
        recipient: institution,
        sender: bureau,
        purpose: toCorrect ? '送达行政处理决定，请按期改正' : '送达行政处理决定',
        withheld: [...ALWAYS_WITHHELD, '责任人姓名'],
        particulars: {
          认定编号: finding,
          责任主体: SUBJECT_WORDS[subject.kind === 'appraiser' ? 'appraiser' : subject.role],
          处理措施: wordsOf(measures),
          ...(toCorrect ? { 改正期限: correction.legalDue, ...dateHint(correction.beyondCalendar) } : {}),
        },
        mustSign: true,
        basis,
      },
    ];
  }),
  row(MeasuresRevoked, ({ data: { finding, institution, bureau, measures, basis }, occurredOn }) => [
    {
      recipient: institution,
      sender: bureau,
      purpose: '所列行政处理措施已撤销，不再执行',
      withheld: [...ALWAYS_WITHHELD, '责任人姓名'],
      particulars: { 认定编号: finding, 撤销措施: wordsOf(measures), 撤销日期: occurredOn },
      mustSign: true,
      basis,
    },
  ]),
  row(CircularAddressed, ({ data: { circular, bureau, from, to, institutions, issuedOn, basis } }) =>
    institutions.map((recipient) => ({
      recipient,
      sender: bureau,
      purpose: '收到情况通报，请查阅并落实工作要求',
      withheld: WITHHELD,
      particulars: { 通报编号: circular, 起始月份: from, 截止月份: to, 印发日期: issuedOn },
      mustSign: false,
      basis,
    })),
  ),
  row(ImportantMatterReported, ({ data: { report, case: number, institution, bureau, superior, reportedOn, basis } }) => [
    {
      recipient: superior,
      sender: bureau,
      purpose: '收到下级司法行政机关对重要情况的请示报告，请查阅并指示',
      withheld: WITHHELD,
      particulars: { 案件编号: number, 鉴定机构: institution, 报告编号: report, 请示日期: reportedOn },
      mustSign: true,
      basis,
    },
  ]),
  // Who has not signed for a notice is not sent another.
  row(DeadlinePassed, ({ data: { kind, holder, legalDue, beyondCalendar, nature, basis } }) =>
    kind === 'sign-for-notice'
      ? []
      : [
          {
            recipient: holder,
            sender: SYSTEM,
            purpose: '提醒：期限已过，请及时办理',
            withheld: WITHHELD,
            particulars: {
              期限事项: DEADLINE_WORDS[kind],
              截止日期: legalDue,
              ...dateHint(beyondCalendar),
              性质: nature === 'alert' ? '服务提醒，不作违规认定' : '提醒，是否违规由承办人员认定',
            },
            mustSign: false,
            basis,
          },
        ],
  ),
];
