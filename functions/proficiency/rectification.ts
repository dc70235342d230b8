import type * as z from 'zod';
import type { Basis } from '../../events/basis.ts';
import type { ThreeDates } from '../../events/common.ts';
import type { DataOf } from '../../events/event.ts';
import {
  RectificationCancelled,
  RectificationDisclosed,
  RectificationDrawnUp,
  type RectificationFact,
  RectificationFailed,
  RectificationNumbered,
  RectificationOrdered,
  RectificationSubmitted,
  RectificationVerified,
} from '../../events/proficiency.ts';
import { aggregate } from '../kernel/aggregate.ts';

/** 限期整改, one for two failed years. What cancels it may arrive before it is drawn up, and is kept. */
export interface RectificationState extends z.infer<typeof RectificationFact.schema> {
  /** The later of the two failed years. */
  readonly year: number;
  readonly binding: boolean;
  readonly drawnUpOn: string | null;
  readonly orderedOn: string | null;
  readonly dates: ThreeDates | null;
  /** 依据 of the order. */
  readonly basis: Basis | null;
  /** 文号 of the order, and the full names of bureau and institution; `null` until it is numbered. */
  readonly document: Pick<DataOf<typeof RectificationNumbered>, 'number' | 'issuedBy' | 'issuedTo'> | null;
  readonly submittedOn: string | null;
  readonly decidedOn: string | null;
  readonly cancelledOn: string | null;
  /** Events of it that opened an entry in the integrity file. */
  readonly entered: readonly string[];
}

const initial: RectificationState = {
  rectification: '',
  institution: '',
  item: '',
  year: 0,
  bureau: '',
  registrar: null,
  status: null,
  binding: false,
  drawnUpOn: null,
  orderedOn: null,
  dates: null,
  basis: null,
  document: null,
  submitted: false,
  submittedOn: null,
  decided: false,
  decidedOn: null,
  cancelledOn: null,
  fault: null,
  entered: [],
};

/** Entries that one rectification can open: its order's, its failure's. */
const ENTRIES = 2;

/** What every event of a rectification says of it. */
type Named = Pick<RectificationState, 'rectification' | 'institution' | 'item' | 'year' | 'bureau' | 'registrar'>;
export const named = ({ rectification: id, institution, item, year, bureau, registrar }: Named): Named => ({
  rectification: id,
  institution,
  item,
  year,
  bureau,
  registrar,
});

/** 整改状态 in words. */
export const STATUS_WORDS: Readonly<Record<NonNullable<RectificationState['status']>, string>> = {
  'drawn-up': '已拟办，待决定',
  ordered: '整改中',
  submitted: '已提交，待核实',
  verified: '已核实到位',
  failed: '整改未通过',
  cancelled: '已撤销',
};

/** 责令限期整改决定书 as its two sides read it; none until an officer has ordered. */
export type RectificationOrder = NonNullable<ReturnType<typeof orderOf>>;

function orderOf({ rectification: id, institution, item, year, bureau, orderedOn, dates, basis, document, cancelledOn }: RectificationState) {
  if (orderedOn === null || dates === null || basis === null) return undefined;
  return {
    rectification: id,
    number: document?.number ?? null,
    issuedBy: document?.issuedBy ?? bureau,
    issuedTo: document?.issuedTo ?? institution,
    item,
    years: [year - 1, year],
    dates: { ...dates },
    basis: { ...basis },
    orderedOn,
    cancelledOn,
  };
}

export const rectification = aggregate({
  name: 'proficiency/rectification',
  title: '限期整改',
  initial,
  events: [
    RectificationDrawnUp,
    RectificationOrdered,
    RectificationNumbered,
    RectificationSubmitted,
    RectificationDisclosed,
    RectificationVerified,
    RectificationFailed,
    RectificationCancelled,
  ],
  evolve: {
    RectificationDrawnUp: (state, { binding, drawnUpOn, ...of }) => ({ ...state, ...named(of), binding, drawnUpOn, status: 'drawn-up' as const }),
    RectificationOrdered: (state, { dates, orderedOn, basis }, { id }) => ({
      ...state,
      dates,
      orderedOn,
      basis,
      status: 'ordered' as const,
      entered: [...state.entered, id].slice(-ENTRIES),
    }),
    RectificationNumbered: (state, { number, issuedBy, issuedTo }) => ({ ...state, document: { number, issuedBy, issuedTo } }),
    RectificationSubmitted: (state, { submittedOn }) => ({ ...state, submitted: true, submittedOn, status: 'submitted' as const }),
    RectificationDisclosed: (state) => state,
    RectificationVerified: (state, { verifiedOn }) => ({ ...state, decided: true, decidedOn: verifiedOn, status: 'verified' as const }),
    RectificationFailed: (state, { fault, failedOn }, { id }) => ({
      ...state,
      fault,
      decided: fault !== 'nothing-submitted',
      decidedOn: failedOn,
      status: 'failed' as const,
      entered: [...state.entered, id].slice(-ENTRIES),
    }),
    RectificationCancelled: (state, { cancelledOn, ...of }) => ({ ...state, ...named(of), cancelledOn, status: 'cancelled' as const }),
  },
  listings: (state) => {
    const { rectification: id, institution, item, year, bureau, status, binding, drawnUpOn, orderedOn, dates, submittedOn, decidedOn, fault } = state;
    if (status === null || drawnUpOn === null) return [];
    const row = {
      rectification: id,
      number: state.document?.number ?? null,
      institution,
      item,
      years: [year - 1, year],
      status,
      statusText: STATUS_WORDS[status],
      binding,
      drawnUpOn,
      orderedOn,
      dates: dates && { ...dates },
      submittedOn,
      decidedOn,
      fault,
    };
    const sort = `${drawnUpOn}/${id}`;
    const order = orderOf(state);
    // Until an officer has decided, nothing of it is the institution's affair.
    return [bureau, ...(order ? [institution] : [])].flatMap((partition) => [
      { listing: 'proficiency/rectifications', partition, sort, item: row },
      ...(order ? [{ listing: 'proficiency/order', partition, sort: id, item: order }] : []),
    ]);
  },
});
