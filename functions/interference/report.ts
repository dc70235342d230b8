import type * as z from 'zod';
import {
  ImportantMatterReported,
  InsiderDealtWith,
  InterferenceReported,
  type identityPurpose,
  OutcomeRecorded,
  type openRoutingAct,
  ReportClosed,
  ReportDisclosed,
  ReporterDisclosed,
  ReportForwarded,
  ReportReclassified,
  ReportRouted,
  ReportWithdrawn,
  type routingOutcome,
} from '../../events/interference.ts';
import { aggregate } from '../kernel/aggregate.ts';
import type { CallContext } from '../kernel/command.ts';
import { atBureau, known } from './figures.ts';

type OpenAct = z.infer<typeof openRoutingAct>;

type Commissioner = z.infer<typeof InterferenceReported.data>['commissioner'];

/** 干预情况报告, under an opaque key: one made straight to the bureau changes nothing that the institution can read, count or time. */
export interface ReportState {
  readonly report: string;
  readonly case: string;
  readonly institution: string;
  readonly bureau: string;
  readonly commissioner: Commissioner;
  /** The institution knows of it: it received it. */
  readonly institutionKnows: boolean;
  readonly status: 'at-institution' | 'dealt-with' | 'at-bureau' | 'routed' | 'closed' | 'withdrawn';
  readonly reportedOn: string;
  /** The institution has dealt with the insider; what outsiders did may still be to be forwarded. */
  readonly insiderDealtWith: boolean;
  /** The institution has forwarded it to the bureau. */
  readonly forwarded: boolean;
  /** What art. 8 asked for, and what came of it. */
  readonly acts: readonly RoutedAct[];
  /** Bureau that goes on with it, where the head of the receiving one interferes. */
  readonly handedTo: string | null;
  /** 查阅痕迹: the latest, for the reporter to see, and how many there were in all. */
  readonly opened: { readonly latest: readonly Opening[]; readonly total: number };
  /** Superiors to whom it was reported as an important matter 请示报告. */
  readonly upward: readonly string[];
}

/** An act of art. 8 by its article, and what came of it. The same act towards the same agency by another article is a further act. */
export type RoutedAct = Pick<OpenAct, 'act' | 'recipient'> & { readonly article: string; readonly outcome: z.infer<typeof routingOutcome> | null };

/** What was opened, by which role of which agency: the content, or who reported, and to what end. */
interface Opening {
  readonly what: 'content' | 'identity';
  readonly on: string;
  readonly toAgency: string;
  readonly toRole: string;
  readonly purpose?: z.infer<typeof identityPurpose>;
}

/** Openings that a report keeps. */
const LATEST = 50;

/** 报告状态 */
const STATUS: Readonly<Record<ReportState['status'], string>> = {
  'at-institution': '待机构处理',
  'dealt-with': '机构已依章程处理',
  'at-bureau': '待主管机关处理',
  routed: '已处理',
  closed: '已办结',
  withdrawn: '已撤回',
};

/** Who handles it now (主管该鉴定机构的司法行政机关): the supervising bureau, or its superior to which it was handed. */
export const handlerOf = ({ bureau, handedTo }: Pick<ReportState, 'bureau' | 'handedTo'>): string => handedTo ?? bureau;

/** The supervising bureau knows of it: it was reported or forwarded there. */
export const bureauKnows = ({ institutionKnows, forwarded }: ReportState): boolean => forwarded || !institutionKnows;

/** Opaque key of a report: the same for a row, an addressee and a reporter. */
export const reportKey = (
  pseudonym: CallContext['pseudonym'],
  { row, to, reporter }: { readonly row: string; readonly to: 'institution' | 'bureau'; readonly reporter: string },
): string => pseudonym('report', `${row} ${to} ${reporter}`);

const alsoOpened = (state: ReportState | null, opening: Opening): ReportState | null =>
  state && { ...state, opened: { latest: [...state.opened.latest, opening].slice(-LATEST), total: state.opened.total + 1 } };

/** Acts that a report takes in all its classifications together. */
export const MOST_ACTS = 60;

/** Acts just decided: nothing has come of them yet. */
export const unanswered = (acts: readonly OpenAct[]): readonly RoutedAct[] =>
  acts.map(({ act, recipient, basis: { article } }) => ({ act, recipient, article, outcome: null }));

/** Acts that were not asked for before. */
export const furtherActs = <A extends OpenAct>(before: readonly RoutedAct[], acts: readonly A[]): A[] =>
  acts.filter(
    ({ act, recipient, basis: { article } }) => !before.some((known) => known.act === act && known.recipient === recipient && known.article === article),
  );

const joinedBy = (before: readonly RoutedAct[], acts: readonly OpenAct[]): RoutedAct[] => [...before, ...unanswered(furtherActs(before, acts))];

/** 待登记结果的那一项: the first such act that has no outcome yet, else the first. */
export const actTowards = (acts: readonly RoutedAct[], { act, recipient }: Pick<OpenAct, 'act' | 'recipient'>): RoutedAct | undefined => {
  const such = acts.filter((each) => each.act === act && each.recipient === recipient);
  return such.find(({ outcome }) => outcome === null) ?? such[0];
};

const withOutcome = (acts: readonly RoutedAct[], answered: Pick<OpenAct, 'act' | 'recipient'>, outcome: RoutedAct['outcome']): RoutedAct[] => {
  const asked = actTowards(acts, answered);
  return acts.map((each) => (each === asked ? { ...each, outcome } : each));
};

/** 本人报告: what the reporter sees of it. */
export const OWN_REPORT = 'interference/own-report';

const openedItem = ({ opened: { latest, total } }: ReportState) => ({ total, latest: latest.map((each) => ({ ...each })) });

export const report = aggregate({
  name: 'interference/report',
  title: '干预情况报告',
  initial: null as ReportState | null,
  events: [
    InterferenceReported,
    ReportForwarded,
    InsiderDealtWith,
    ReportWithdrawn,
    ReportRouted,
    ReportReclassified,
    OutcomeRecorded,
    ReportClosed,
    ReportDisclosed,
    ReporterDisclosed,
    ImportantMatterReported,
  ],
  evolve: {
    InterferenceReported: (_, { to, report: id, case: number, institution, bureau, commissioner, reportedOn }): ReportState => ({
      report: id,
      case: number,
      institution,
      bureau,
      commissioner,
      reportedOn,
      institutionKnows: to === 'institution',
      status: to === 'institution' ? 'at-institution' : 'at-bureau',
      insiderDealtWith: false,
      forwarded: false,
      acts: [],
      upward: [],
      handedTo: null,
      opened: { latest: [], total: 0 },
    }),
    ReportForwarded: (state) => state && { ...state, status: 'at-bureau' as const, forwarded: true },
    InsiderDealtWith: (state, { remains }) =>
      state && {
        ...state,
        insiderDealtWith: true,
        status: state.status === 'at-institution' && remains === 'nothing' ? ('dealt-with' as const) : state.status,
      },
    ReportWithdrawn: (state) => state && { ...state, status: 'withdrawn' as const },
    ReportRouted: (state, { acts, handedTo = null }) => state && { ...state, status: 'routed' as const, acts: joinedBy([], acts), handedTo },
    ReportReclassified: (state, { acts, handedTo }) =>
      state && {
        ...state,
        status: acts.length === 0 ? state.status : ('routed' as const),
        acts: joinedBy(state.acts, acts),
        handedTo: handedTo ?? state.handedTo,
      },
    OutcomeRecorded: (state, { act, recipient, outcome }) => state && { ...state, acts: withOutcome(state.acts, { act, recipient }, outcome) },
    ReportClosed: (state) => state && { ...state, status: 'closed' as const },
    ReportDisclosed: (state, { toAgency, toRole }, { occurredOn }) => alsoOpened(state, { what: 'content', on: occurredOn, toAgency, toRole }),
    ReporterDisclosed: (state, { toAgency, toRole, purpose, disclosedOn }) =>
      alsoOpened(state, { what: 'identity', on: disclosedOn, toAgency, toRole, purpose }),
    ImportantMatterReported: (state, { superior }) => state && { ...state, upward: [...new Set([...state.upward, superior])] },
  },
  listings: (state) => {
    if (!state) return [];
    const { report: id, case: number, institution, status, reportedOn } = state;
    const item = { report: id, case: number, institution, status, statusText: STATUS[status], reportedOn };
    const row = (partition: string) => ({ listing: 'interference/reports', partition, sort: `${reportedOn}/${id}`, item });
    return [
      ...(state.institutionKnows ? [row(institution)] : []),
      ...(bureauKnows(state) ? [row(handlerOf(state))] : []),
      ...(status === 'at-institution' ? [{ listing: 'interference/open-at-institution', partition: institution, sort: id, item: { reportedOn } }] : []),
      ...(status === 'at-bureau' || status === 'routed'
        ? [{ listing: 'interference/open-at-bureau', partition: handlerOf(state), sort: `${institution}/${id}`, item: { institution, status } }]
        : []),
      // Its partition is the report's number, which only who reported can make out of what he signed.
      {
        listing: OWN_REPORT,
        partition: id,
        sort: 'state',
        item: { to: state.institutionKnows ? 'institution' : 'bureau', status, reportedOn, opened: openedItem(state) },
      },
    ];
  },
  counters: {
    InterferenceReported: (data, _, meta) => [data.to === 'institution' ? known('reports', data, meta) : atBureau('direct', data, meta)],
    ReportForwarded: (data, _, meta) => [known('forwarded', data, meta)],
    InsiderDealtWith: (data, _, meta) => [known('insiders', data, meta)],
    ReportWithdrawn: (data, _, meta) => [data.to === 'institution' ? known('withdrawn', data, meta) : atBureau('withdrawn', data, meta)],
    ReportRouted: (data, _, meta) => [atBureau('routed', data, meta), ...data.acts.map(({ act }) => atBureau(`act:${act}`, data, meta))],
    ReportReclassified: (data, _, meta) => [atBureau('reclassified', data, meta), ...data.acts.map(({ act }) => atBureau(`act:${act}`, data, meta))],
    ReportClosed: (data, _, meta) => [atBureau('closed', data, meta)],
    ImportantMatterReported: (data, _, meta) => [atBureau('upward', data, meta)],
  },
});
