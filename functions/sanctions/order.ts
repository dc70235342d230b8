import type { DataOf } from '../../events/event.ts';
import { CorrectionVerified, type Measure, MeasuresIssued, MeasuresRevoked, OrderNumbered } from '../../events/sanctions.ts';
import { aggregate } from '../kernel/aggregate.ts';

/** 撤销 of one measure: when, which finding was withdrawn, and the number of the document once it has one. */
interface Revocation {
  readonly event: string;
  readonly on: string;
  readonly because: string;
  readonly number: string | null;
}

/** 行政处理决定 of one finding. A revocation may be heard of before the issue; what stands is the same in either order. */
export interface OrderState {
  readonly finding: string;
  readonly issued: (Omit<DataOf<typeof MeasuresIssued>, 'finding'> & { readonly issuedOn: string }) | null;
  /** 文号, and the full names of bureau and institution; `null` until the order is numbered. */
  readonly document: Pick<DataOf<typeof OrderNumbered>, 'number' | 'issuedBy' | 'issuedTo'> | null;
  readonly revoked: readonly Measure[];
  readonly revocations: Readonly<Partial<Record<Measure, Revocation>>>;
  readonly correctedOn: string | null;
}

const none: OrderState = { finding: '', issued: null, document: null, revoked: [], revocations: {}, correctedOn: null };

/** Measures of the order that stand. */
export const standing = ({ issued, revoked }: OrderState): readonly Measure[] => (issued?.measures ?? []).filter((measure) => !revoked.includes(measure));

const statusOf = (state: OrderState): 'open' | 'corrected' | 'revoked' =>
  standing(state).length === 0 ? 'revoked' : state.correctedOn === null ? 'open' : 'corrected';

/** The earlier of two revocations of one measure, in whatever order they were heard of. */
const earlier = (known: Revocation | undefined, told: Revocation): Revocation =>
  known && `${known.on}/${known.because}` <= `${told.on}/${told.because}` ? known : told;

const revocationsWith = (known: OrderState['revocations'], measures: readonly Measure[], told: Revocation): OrderState['revocations'] => ({
  ...known,
  ...Object.fromEntries(measures.map((measure) => [measure, earlier(known[measure], told)])),
});

const numbered = (known: OrderState['revocations'], event: string, number: string): OrderState['revocations'] =>
  Object.fromEntries(Object.entries(known).map(([measure, each]) => [measure, each.event === event ? { ...each, number } : each]));

/** The order as it stands (行政处理决定书), as a reader is told it. */
export type OrderDocument = ReturnType<typeof documentOf>;

function documentOf(state: OrderState, issued: NonNullable<OrderState['issued']>) {
  const { subject, institution, bureau, breach, acts, measures, correction, basis, issuedOn } = issued;
  return {
    finding: state.finding,
    number: state.document?.number ?? null,
    issuedBy: state.document?.issuedBy ?? bureau,
    issuedTo: state.document?.issuedTo ?? institution,
    subject: { ...subject },
    breach,
    acts,
    measures: measures.map((measure) => {
      const { on, because, number } = state.revocations[measure] ?? {};
      return { measure, revoked: on === undefined ? null : { on, ownFinding: because === state.finding, number: number ?? null } };
    }),
    correction: { ...correction },
    correctedOn: state.correctedOn,
    basis: { ...basis },
    issuedOn,
    status: statusOf(state),
  };
}

export const order = aggregate({
  name: 'sanctions/order',
  title: '行政处理决定',
  initial: none,
  events: [MeasuresIssued, MeasuresRevoked, CorrectionVerified, OrderNumbered],
  evolve: {
    MeasuresIssued: (state, { finding, ...issued }, { occurredOn }) => ({ ...state, finding, issued: { ...issued, issuedOn: occurredOn } }),
    MeasuresRevoked: (state, { finding, measures, because }, { id, occurredOn }) => ({
      ...state,
      finding,
      revoked: [...new Set([...state.revoked, ...measures])].sort(),
      revocations: revocationsWith(state.revocations, measures, { event: id, on: occurredOn, because, number: null }),
    }),
    CorrectionVerified: (state, { verifiedOn }) => ({ ...state, correctedOn: verifiedOn }),
    OrderNumbered: (state, { finding, kind, of, number, issuedBy, issuedTo }) =>
      kind === 'order'
        ? { ...state, finding, document: { number, issuedBy, issuedTo } }
        : { ...state, finding, revocations: numbered(state.revocations, of, number) },
  },
  listings: (state) => {
    if (!state.issued) return [];
    const { institution, bureau, subject, correction } = state.issued;
    const item = {
      finding: state.finding,
      number: state.document?.number ?? null,
      subject: { ...subject },
      measures: [...standing(state)],
      legalDue: correction.legalDue,
      status: statusOf(state),
    };
    const document = documentOf(state, state.issued);
    return [institution, bureau].flatMap((partition) => [
      { listing: 'sanctions/orders', partition, sort: `${correction.legalDue}/${state.finding}`, item },
      { listing: 'sanctions/order', partition, sort: state.finding, item: document },
    ]);
  },
  counters: {
    MeasuresIssued: ({ bureau, measures }) => measures.map((measure) => ({ counter: `sanctions/issued/${bureau}/${measure}`, by: 1 })),
    MeasuresRevoked: ({ bureau, measures }) => measures.map((measure) => ({ counter: `sanctions/revoked/${bureau}/${measure}`, by: 1 })),
    CorrectionVerified: ({ bureau }) => [{ counter: `sanctions/corrected/${bureau}`, by: 1 }],
  },
});
