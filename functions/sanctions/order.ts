import type { DataOf } from '../../events/event.ts';
import { CorrectionVerified, type Measure, MeasuresIssued, MeasuresRevoked } from '../../events/sanctions.ts';
import { aggregate } from '../kernel/aggregate.ts';

/** 行政处理决定 of one finding. A revocation may be heard of before the issue; what stands is the same in either order. */
export interface OrderState {
  readonly finding: string;
  readonly issued: Omit<DataOf<typeof MeasuresIssued>, 'finding' | 'basis'> | null;
  readonly revoked: readonly Measure[];
  readonly correctedOn: string | null;
}

const none: OrderState = { finding: '', issued: null, revoked: [], correctedOn: null };

/** Measures of the order that stand. */
export const standing = ({ issued, revoked }: OrderState): readonly Measure[] => (issued?.measures ?? []).filter((measure) => !revoked.includes(measure));

const statusOf = (state: OrderState): 'open' | 'corrected' | 'revoked' =>
  standing(state).length === 0 ? 'revoked' : state.correctedOn === null ? 'open' : 'corrected';

export const order = aggregate({
  name: 'sanctions/order',
  title: '行政处理决定',
  initial: none,
  events: [MeasuresIssued, MeasuresRevoked, CorrectionVerified],
  evolve: {
    MeasuresIssued: (state, { finding, basis: _, ...issued }) => ({ ...state, finding, issued }),
    MeasuresRevoked: (state, { finding, measures }) => ({ ...state, finding, revoked: [...new Set([...state.revoked, ...measures])].sort() }),
    CorrectionVerified: (state, { verifiedOn }) => ({ ...state, correctedOn: verifiedOn }),
  },
  listings: (state) => {
    if (!state.issued) return [];
    const { institution, bureau, subject, correction } = state.issued;
    const item = { finding: state.finding, subject: { ...subject }, measures: [...standing(state)], legalDue: correction.legalDue, status: statusOf(state) };
    return [institution, bureau].map((partition) => ({ listing: 'sanctions/orders', partition, sort: `${correction.legalDue}/${state.finding}`, item }));
  },
  counters: {
    MeasuresIssued: ({ bureau, measures }) => measures.map((measure) => ({ counter: `sanctions/issued/${bureau}/${measure}`, by: 1 })),
    MeasuresRevoked: ({ bureau, measures }) => measures.map((measure) => ({ counter: `sanctions/revoked/${bureau}/${measure}`, by: 1 })),
    CorrectionVerified: ({ bureau }) => [{ counter: `sanctions/corrected/${bureau}`, by: 1 }],
  },
});
