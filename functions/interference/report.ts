import type * as z from 'zod';
import {
  ImportantMatterReported,
  InsiderDealtWith,
  InterferenceReported,
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
  readonly acts: readonly (Pick<OpenAct, 'act' | 'recipient'> & { readonly outcome: z.infer<typeof routingOutcome> | null })[];
  /** Superiors to whom it was reported as an important matter 请示报告. */
  readonly upward: readonly string[];
}

/** 报告状态 */
const STATUS: Readonly<Record<ReportState['status'], string>> = {
  'at-institution': '待机构处理',
  'dealt-with': '机构已依章程处理',
  'at-bureau': '待主管机关处理',
  routed: '已处理',
  closed: '已办结',
  withdrawn: '已撤回',
};

/** The supervising bureau knows of it: it was reported or forwarded there. */
export const bureauKnows = ({ institutionKnows, forwarded }: ReportState): boolean => forwarded || !institutionKnows;

const further = (acts: readonly OpenAct[]) => acts.map(({ act, recipient }) => ({ act, recipient, outcome: null }));

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
    }),
    ReportForwarded: (state) => state && { ...state, status: 'at-bureau' as const, forwarded: true },
    InsiderDealtWith: (state, { remains }) =>
      state && {
        ...state,
        insiderDealtWith: true,
        status: state.status === 'at-institution' && remains === 'nothing' ? ('dealt-with' as const) : state.status,
      },
    ReportWithdrawn: (state) => state && { ...state, status: 'withdrawn' as const },
    ReportRouted: (state, { acts }) => state && { ...state, status: 'routed' as const, acts: further(acts) },
    ReportReclassified: (state, { acts }) => state && { ...state, status: 'routed' as const, acts: [...state.acts, ...further(acts)] },
    OutcomeRecorded: (state, { act, recipient, outcome }) =>
      state && { ...state, acts: state.acts.map((each) => (each.act === act && each.recipient === recipient ? { ...each, outcome } : each)) },
    ReportClosed: (state) => state && { ...state, status: 'closed' as const },
    ReportDisclosed: (state) => state,
    ReporterDisclosed: (state) => state,
    ImportantMatterReported: (state, { superior }) => state && { ...state, upward: [...new Set([...state.upward, superior])] },
  },
  listings: (state) => {
    if (!state) return [];
    const { report: id, case: number, institution, bureau, status, reportedOn } = state;
    const item = { report: id, case: number, institution, status, statusText: STATUS[status], reportedOn };
    const row = (partition: string) => ({ listing: 'interference/reports', partition, sort: `${reportedOn}/${id}`, item });
    return [
      ...(state.institutionKnows ? [row(institution)] : []),
      ...(bureauKnows(state) ? [row(bureau)] : []),
      ...(status === 'at-institution' ? [{ listing: 'interference/open-at-institution', partition: institution, sort: id, item: { reportedOn } }] : []),
      ...(status === 'at-bureau' || status === 'routed'
        ? [{ listing: 'interference/open-at-bureau', partition: bureau, sort: `${institution}/${id}`, item: { institution, status } }]
        : []),
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
