import type * as z from 'zod';
import type { ThreeDates } from '../../events/common.ts';
import {
  RectificationCancelled,
  RectificationDisclosed,
  RectificationDrawnUp,
  type RectificationFact,
  RectificationFailed,
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
  readonly submittedOn: string | null;
  readonly decidedOn: string | null;
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
  submitted: false,
  submittedOn: null,
  decided: false,
  decidedOn: null,
  fault: null,
  entered: [],
};

/** Entries that one rectification can open: its order's, its failure's. */
const ENTRIES = 2;

/** What every event of a rectification says of it. */
export const named = ({ rectification: id, institution, item, year, bureau, registrar }: RectificationState) => ({
  rectification: id,
  institution,
  item,
  year,
  bureau,
  registrar,
});

/** 整改状态 in words. */
const STATUS_WORDS: Readonly<Record<NonNullable<RectificationState['status']>, string>> = {
  'drawn-up': '已拟办，待决定',
  ordered: '整改中',
  submitted: '已提交，待核实',
  verified: '已核实到位',
  failed: '整改未通过',
  cancelled: '已撤销',
};

export const rectification = aggregate({
  name: 'proficiency/rectification',
  title: '限期整改',
  initial,
  events: [
    RectificationDrawnUp,
    RectificationOrdered,
    RectificationSubmitted,
    RectificationDisclosed,
    RectificationVerified,
    RectificationFailed,
    RectificationCancelled,
  ],
  evolve: {
    RectificationDrawnUp: (state, { rectification: id, institution, item, year, bureau, registrar, binding, drawnUpOn }) => ({
      ...state,
      rectification: id,
      institution,
      item,
      year,
      bureau,
      registrar,
      binding,
      drawnUpOn,
      status: 'drawn-up' as const,
    }),
    RectificationOrdered: (state, { dates, orderedOn }, { id }) => ({
      ...state,
      dates,
      orderedOn,
      status: 'ordered' as const,
      entered: [...state.entered, id].slice(-ENTRIES),
    }),
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
    RectificationCancelled: (state, { rectification: id, institution, item, year, bureau, registrar }) => ({
      ...state,
      rectification: id,
      institution,
      item,
      year,
      bureau,
      registrar,
      status: 'cancelled' as const,
    }),
  },
  listings: ({ rectification: id, institution, item, year, bureau, status, binding, drawnUpOn, orderedOn, dates, submittedOn, decidedOn, fault }) => {
    if (status === null || drawnUpOn === null) return [];
    const row = {
      rectification: id,
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
    // Until an officer has decided, nothing of it is the institution's affair.
    return [bureau, ...(orderedOn === null ? [] : [institution])].map((partition) => ({ listing: 'proficiency/rectifications', partition, sort, item: row }));
  },
});
