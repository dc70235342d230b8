import type { Basis } from '../../events/basis.ts';
import type { ThreeDates } from '../../events/common.ts';
import type { DeadlineKind } from '../../events/deadlines.ts';
import { cite } from '../../events/documents.ts';
import type { AnyEventDefinition, DataOf } from '../../events/event.ts';
import type { FactDefinition } from '../../events/fact.ts';
import {
  InsiderDealtWith,
  InterferenceReported,
  RecordCompleted,
  RecordFact,
  ReportFact,
  ReportForwarded,
  ReportRouted,
  ReportWithdrawn,
  RowsAskedFor,
} from '../../events/interference.ts';
import { NoticeFact, NoticeSent, NoticeSignedFor } from '../../events/notifications.ts';
import {
  RectificationCancelled,
  RectificationFact,
  RectificationFailed,
  RectificationOrdered,
  RectificationSubmitted,
  RectificationVerified,
} from '../../events/proficiency.ts';
import { CorrectionVerified, ladderKey, MeasuresIssued, MeasuresRevoked, OrderFact, WithdrawnFact } from '../../events/sanctions.ts';
import type { Term } from '../kernel/calendar.ts';
import type { HeardEvent } from '../kernel/reaction.ts';
import type { Policy } from '../policy/policy.ts';

/** 期限长度 that a province's rules set. */
export const lengths = {
  report: ({ interference }: Policy): Term => interference.reportAlert,
  route: ({ interference }: Policy): Term => interference.routeAlert,
  'sign-for': ({ notices }: Policy): Term => notices.signForWithin,
  remind: ({ notices }: Policy): Term => notices.remind,
  escalate: ({ notices }: Policy): Term => notices.escalate,
  rows: ({ interference }: Policy): Term => interference.zeroReportReminder,
} as const;

/** Whose deadline begins: counted from a day, itself not counted, or as an issued decision names the dates. */
export interface Begin {
  readonly holder: string;
  readonly dates: { readonly start: string; readonly within: keyof typeof lengths } | ThreeDates;
  /** Told too when a legal deadline passes. */
  readonly overseer?: string;
}

/** An event that begins or closes a deadline; for some events of its name only. */
interface Line<Answer> {
  readonly event: AnyEventDefinition;
  readonly applies: (data: HeardEvent['data']) => Answer | undefined;
}

/** 期限的来源: the stream that all events of a deadline stand in, and what its state says of the deadline. */
interface Source {
  readonly fact: FactDefinition;
  /** Never changes its answer once it has given one, however the source moves on. */
  readonly closed: (state: unknown) => How | undefined;
  /** 依据: what it rests on itself and may lose before it hears so; named by its state. */
  readonly ground?: {
    readonly fact: FactDefinition;
    readonly key: (state: unknown) => readonly string[] | undefined;
    readonly lost: (ground: unknown, state: unknown) => boolean;
  };
  /** Name of the event that did, where several may: the first of them, which no later one takes away from it. */
  readonly closedBy?: (state: unknown) => string;
}

/** 期限了结的方式 */
export type How = 'met' | 'cancelled';

/** 期限规则: who has how long for what, what meets it, by which article. */
export interface DeadlineRule {
  /** 期限事项 */
  readonly title: string;
  readonly nature: 'alert' | 'legal';
  readonly basis: Basis;
  readonly begins: readonly Line<Begin>[];
  /** The answer is the holder. */
  readonly metBy: readonly Line<string>[];
  readonly cancelledBy: readonly Line<string>[];
  readonly source: Source;
}

const on = <D extends AnyEventDefinition, Answer>(event: D, applies: (data: DataOf<D>) => Answer | undefined): Line<Answer> => ({ event, applies });

interface Rest<T, Ground> {
  readonly closedBy?: (state: T) => AnyEventDefinition;
  readonly ground?: {
    readonly fact: FactDefinition<Ground>;
    readonly key: (state: T) => readonly string[] | null;
    readonly lost: (ground: Ground, state: T) => boolean;
  };
}

const from = <T, Ground = never>(fact: FactDefinition<T>, closed: (state: T) => How | undefined, { closedBy, ground }: Rest<T, Ground> = {}): Source => ({
  fact,
  closed: (state) => (state === undefined ? undefined : closed(state as T)),
  ...(closedBy ? { closedBy: (state: unknown) => closedBy(state as T).name } : {}),
  ...(ground
    ? {
        ground: {
          fact: ground.fact,
          key: (state: unknown) => (state === undefined ? undefined : (ground.key(state as T) ?? undefined)),
          lost: (lost: unknown, state: unknown) => lost !== undefined && ground.lost(lost as Ground, state as T),
        },
      }
    : {}),
});

/** What runs from the day a notice that is to be signed for was sent, until it is. */
const unsigned = (within: keyof typeof lengths): Pick<DeadlineRule, 'begins' | 'metBy' | 'cancelledBy' | 'source'> => ({
  begins: [on(NoticeSent, ({ mustSign, recipient, sentOn }) => (mustSign ? { holder: recipient, dates: { start: sentOn, within } } : undefined))],
  metBy: [on(NoticeSignedFor, ({ mustSign, recipient }) => (mustSign ? recipient : undefined))],
  cancelledBy: [],
  source: from(NoticeFact, ({ signedOn }) => (signedOn === null ? undefined : 'met')),
});

/** All deadlines that run by themselves; another is another line. */
export const terms: Readonly<Record<DeadlineKind, DeadlineRule>> = {
  'forward-report': {
    title: '向主管司法行政机关报告外部人员干预的情况；内部人员干预的，依章程处理',
    nature: 'alert',
    basis: cite('interference-provisions', '第六条', '“及时”没有规定天数，逾期只作提醒，不作违规认定；干预人是谁属保密内容，内部人员干预的也提醒一次'),
    begins: [
      on(InterferenceReported, ({ to, institution, reportedOn }) =>
        to === 'institution' ? { holder: institution, dates: { start: reportedOn, within: 'report' } } : undefined,
      ),
    ],
    metBy: [
      on(ReportForwarded, ({ institution }) => institution),
      on(InsiderDealtWith, ({ remains, institution }) => (remains === 'nothing' ? institution : undefined)),
    ],
    // A report made straight to the bureau is nothing that the institution has a deadline for.
    cancelledBy: [on(ReportWithdrawn, ({ to, institution }) => (to === 'institution' ? institution : undefined))],
    // The insider may be dealt with after outsiders were forwarded.
    source: from(
      ReportFact,
      ({ status, institutionKnows, forwarded }) => {
        if (!institutionKnows || status === 'at-institution') return undefined;
        return status === 'withdrawn' && !forwarded ? 'cancelled' : 'met';
      },
      {
        closedBy: ({ status, forwarded }) => {
          if (forwarded) return ReportForwarded;
          return status === 'withdrawn' ? ReportWithdrawn : InsiderDealtWith;
        },
      },
    ),
  },
  'route-report': {
    title: '按第八条处理干预情况报告',
    nature: 'alert',
    basis: cite('interference-provisions', '第八条', '没有规定处理的天数，逾期只作提醒，不作违规认定'),
    begins: [
      on(InterferenceReported, ({ to, bureau, reportedOn }) =>
        to === 'bureau' ? { holder: bureau, dates: { start: reportedOn, within: 'route' } } : undefined,
      ),
      on(ReportForwarded, ({ bureau, forwardedOn }) => ({ holder: bureau, dates: { start: forwardedOn, within: 'route' } })),
    ],
    metBy: [on(ReportRouted, ({ bureau }) => bureau)],
    cancelledBy: [on(ReportWithdrawn, ({ bureau }) => bureau)],
    // A report that is withdrawn before it reached the bureau never began this one.
    source: from(ReportFact, ({ status, institutionKnows, forwarded }) => {
      if (status === 'routed' || status === 'closed') return 'met';
      return status === 'withdrawn' && (forwarded || !institutionKnows) ? 'cancelled' : undefined;
    }),
  },
  'sign-for-notice': {
    title: '签收通知',
    nature: 'alert',
    basis: cite('interference-provisions', '第八条', '没有规定签收的天数，逾期只作提醒，不作违规认定'),
    ...unsigned('sign-for'),
  },
  'remind-of-notice': {
    title: '签收通知（逾期催办）',
    nature: 'alert',
    basis: cite('interference-provisions', '第八条', '没有规定签收的天数，逾期未签收的催办一次，不作违规认定'),
    ...unsigned('remind'),
  },
  'escalate-notice': {
    title: '签收通知（逾期告知上级机关和发出单位）',
    nature: 'alert',
    basis: cite('interference-provisions', '第八条', '没有规定签收的天数，逾期仍未签收的告知其上级机关和发出单位，不作违规认定'),
    ...unsigned('escalate'),
  },
  correct: {
    title: '按行政处理决定改正',
    nature: 'legal',
    basis: cite('interference-provisions', '第十一条', '没有规定改正的天数，以行政处理决定所载日期为准'),
    begins: [
      on(MeasuresIssued, ({ measures, institution, bureau, correction }) =>
        measures.includes('order-to-correct') ? { holder: institution, dates: correction, overseer: bureau } : undefined,
      ),
    ],
    metBy: [on(CorrectionVerified, ({ institution }) => institution)],
    // Where only the second step is revoked, what was ordered is still to be corrected.
    cancelledBy: [on(MeasuresRevoked, ({ measures, institution }) => (measures.includes('order-to-correct') ? institution : undefined))],
    // What was corrected may be revoked later, what was revoked is corrected no more.
    source: from(
      OrderFact,
      ({ correctedOn, revoked }) => {
        if (correctedOn !== null) return 'met';
        return revoked.includes('order-to-correct') ? 'cancelled' : undefined;
      },
      // The finding is withdrawn in its own stream, of which the order hears later.
      {
        ground: {
          fact: WithdrawnFact,
          key: ({ issued }) => issued && ladderKey(issued.subject),
          lost: ({ withdrawn }, { finding }) => withdrawn.includes(finding),
        },
      },
    ),
  },
  'sign-rows': {
    title: '鉴定人在《干预司法鉴定活动记录表》上签名',
    nature: 'alert',
    basis: cite('interference-provisions', '第四条', '没有规定签名的天数，自办结之日起计算，逾期只作提醒，不作违规认定'),
    begins: [on(RowsAskedFor, ({ institution, concludedOn }) => ({ holder: institution, dates: { start: concludedOn, within: 'rows' } }))],
    metBy: [on(RecordCompleted, ({ institution }) => institution)],
    cancelledBy: [],
    source: from(RecordFact, ({ complete }) => (complete === true ? 'met' : undefined)),
  },
  rectify: {
    title: '按责令限期整改决定提交整改情况和证据',
    nature: 'legal',
    basis: cite('jian-reform-plan', '第12项', '没有规定整改的天数，以责令限期整改决定所载日期为准；期满未提交的，按整改不到位处理'),
    begins: [on(RectificationOrdered, ({ institution, bureau, dates }) => ({ holder: institution, dates, overseer: bureau }))],
    metBy: [on(RectificationSubmitted, ({ institution }) => institution)],
    // Nothing can be submitted any more once it has failed for that.
    cancelledBy: [
      on(RectificationFailed, ({ institution, fault }) => (fault === 'nothing-submitted' ? institution : undefined)),
      on(RectificationCancelled, ({ institution, was }) => (was === 'ordered' ? institution : undefined)),
    ],
    source: from(RectificationFact, ({ submitted, fault, status }) => {
      if (submitted) return 'met';
      return fault !== null || status === 'cancelled' ? 'cancelled' : undefined;
    }),
  },
  'verify-rectification': {
    title: '核实鉴定机构提交的整改情况',
    nature: 'alert',
    basis: cite('jian-reform-plan', '第12项', '已提交、期满尚未核实的，只提醒司法行政机关，鉴定机构不因此承担后果'),
    begins: [on(RectificationSubmitted, ({ bureau, dates }) => ({ holder: bureau, dates }))],
    metBy: [
      on(RectificationVerified, ({ bureau }) => bureau),
      on(RectificationFailed, ({ bureau, fault }) => (fault === 'nothing-submitted' ? undefined : bureau)),
    ],
    cancelledBy: [on(RectificationCancelled, ({ bureau, was }) => (was === 'submitted' ? bureau : undefined))],
    // Whatever was found before it was cancelled stays found.
    source: from(RectificationFact, ({ submitted, decided, status }) => {
      if (!submitted) return undefined;
      if (decided) return 'met';
      return status === 'cancelled' ? 'cancelled' : undefined;
    }),
  },
};

type Column = 'begins' | 'metBy' | 'cancelledBy';
type AnswerOf<C extends Column> = C extends 'begins' ? Begin : string;

/** Events of these columns of the table, each once. */
export const eventsOf = (...columns: readonly Column[]): readonly AnyEventDefinition[] => [
  ...new Set(Object.values(terms).flatMap((rule) => columns.flatMap((column) => rule[column].map(({ event }) => event)))),
];

/** What an event means for each kind of deadline, by this column. */
export const linesFor = <C extends Column>(
  { name, data }: Pick<HeardEvent, 'name' | 'data'>,
  column: C,
): readonly { readonly kind: DeadlineKind; readonly answer: AnswerOf<C> }[] =>
  (Object.entries(terms) as [DeadlineKind, DeadlineRule][]).flatMap(([kind, rule]) =>
    (rule[column] as readonly Line<AnswerOf<C>>[])
      .filter(({ event }) => event.name === name)
      .flatMap(({ applies }) => applies(data) ?? [])
      .map((answer) => ({ kind, answer })),
  );
