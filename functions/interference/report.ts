import type * as z from 'zod';
import { InterferenceReported, ReportDisclosed, ReportForwarded, ReportRouted } from '../../events/interference.ts';
import { aggregate } from '../kernel/aggregate.ts';

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
  readonly status: 'at-institution' | 'at-bureau' | 'routed';
  readonly reportedOn: string;
}

/** 报告状态 */
const STATUS = { 'at-institution': '待机构处理', 'at-bureau': '待主管机关处理', routed: '已处理' } as const;

export const report = aggregate({
  name: 'interference/report',
  title: '干预情况报告',
  initial: null as ReportState | null,
  events: [InterferenceReported, ReportForwarded, ReportRouted, ReportDisclosed],
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
    }),
    ReportForwarded: (state) => state && { ...state, status: 'at-bureau' as const },
    ReportRouted: (state) => state && { ...state, status: 'routed' as const },
    ReportDisclosed: (state) => state,
  },
  listings: (state) => {
    if (!state) return [];
    const { report: id, case: number, institution, bureau, status, reportedOn } = state;
    const item = { report: id, case: number, institution, status, statusText: STATUS[status], reportedOn };
    const row = (partition: string) => ({ listing: 'interference/reports', partition, sort: `${reportedOn}/${id}`, item });
    return [...(state.institutionKnows ? [row(institution)] : []), ...(status === 'at-institution' ? [] : [row(bureau)])];
  },
  counters: {
    InterferenceReported: ({ to, institution, bureau }) =>
      to === 'institution'
        ? [{ counter: `interference/reports-to-institution/${institution}`, by: 1 }]
        : [{ counter: `interference/reports-to-bureau/${bureau}`, by: 1 }],
    ReportForwarded: ({ bureau }) => [{ counter: `interference/reports-to-bureau/${bureau}`, by: 1 }],
    ReportRouted: ({ bureau }) => [{ counter: `interference/routed/${bureau}`, by: 1 }],
  },
});
