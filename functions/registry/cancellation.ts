import type * as z from 'zod';
import type { Basis } from '../../events/basis.ts';
import type { DataOf } from '../../events/event.ts';
import type { RectificationStatus } from '../../events/proficiency.ts';
import {
  CancellationApplied,
  CancellationDecided,
  type CancellationFact,
  CancellationNoticed,
  CancellationNumbered,
  CancellationWithdrawn,
  HearingDisclosed,
  HearingHeld,
  HearingRequested,
} from '../../events/registry.ts';
import { aggregate } from '../kernel/aggregate.ts';
import { conflict, type Refusal, refuse } from '../kernel/decision.ts';
import type { Policy } from '../policy/policy.ts';
import { DECISION, HEARING, NOTICE, planIn } from './articles.ts';

/** 注销程序: one item of one institution, named by the rectification that failed. */
interface Cancellation extends z.infer<typeof CancellationFact.schema> {
  readonly cancellation: string;
  readonly institution: string;
  readonly item: string;
  /** 申请注销的司法行政机关 */
  readonly bureau: string;
  /** 登记机关 */
  readonly registrar: string;
  readonly appliedOn: string;
  readonly noticedOn: string | null;
  /** Last day on which the institution may ask to be heard. */
  readonly hearingUntil: string | null;
  readonly beyondCalendar: boolean;
  readonly requestedOn: string | null;
  readonly heldOn: string | null;
  readonly decidedOn: string | null;
  /** 依据 of the decision. */
  readonly basis: Basis | null;
  /** 文号 of the decision, and the full names of registrar and institution; `null` until it is numbered. */
  readonly document: Pick<DataOf<typeof CancellationNumbered>, 'number' | 'issuedBy' | 'issuedTo'> | null;
}

/** `null` before it was applied for. */
export type CancellationState = Cancellation | null;

/** What every event of a procedure says of it. */
export const named = ({ cancellation: id, institution, item, bureau, registrar }: Cancellation) => ({
  cancellation: id,
  institution,
  item,
  bureau,
  registrar,
});

/** Why nothing more can be done in it; nothing while it runs. That it lost its rectification may be known before it is withdrawn. */
export function ended({ withdrawnOn, outcome }: Cancellation, rectification?: { readonly status: RectificationStatus | null }): Refusal | undefined {
  if (withdrawnOn !== null || rectification?.status === 'cancelled')
    return conflict('cancellation_withdrawn', '能力验证结果已更正，注销程序已撤销', '/cancellation');
  return outcome === null ? undefined : conflict('cancellation_decided', '注销申请已作出决定', '/cancellation');
}

/** Why it cannot be decided yet; nothing when it can. The institution has its whole window, unless it was heard before. */
export function undecidable({ hearingUntil, requestedOn, heldOn }: Cancellation, today: string, policy: Policy): Refusal | undefined {
  const pointer = '/cancellation';
  if (hearingUntil === null) return refuse('not_noticed', '尚未作出注销预先告知，不能决定', planIn(policy, NOTICE), { cure: '先作出注销预先告知', pointer });
  if (heldOn !== null) return undefined;
  if (requestedOn !== null)
    return refuse('hearing_outstanding', '鉴定机构已申请陈述申辩，听取前不能决定', planIn(policy, HEARING), { cure: '先听取陈述申辩', pointer });
  if (today > hearingUntil) return undefined;
  return refuse('hearing_window_open', `申请陈述申辩的期限（${hearingUntil}）未满，不能决定`, planIn(policy, DECISION), {
    cure: '期满次日起可以决定',
    pointer,
  });
}

/** 程序状态 and its words. */
function statusOf({ withdrawnOn, outcome, heldOn, requestedOn, noticedOn }: Cancellation): { readonly status: string; readonly statusText: string } {
  if (withdrawnOn !== null) return { status: 'withdrawn', statusText: '已撤销' };
  if (outcome === 'cancel') return { status: 'cancelled', statusText: '已决定注销' };
  if (outcome === 'keep') return { status: 'kept', statusText: '已决定不予注销' };
  if (heldOn !== null) return { status: 'heard', statusText: '已听取陈述申辩，待决定' };
  if (requestedOn !== null) return { status: 'hearing-requested', statusText: '已申请陈述申辩，待听取' };
  return noticedOn === null ? { status: 'applied', statusText: '已申请，待预先告知' } : { status: 'noticed', statusText: '已预先告知' };
}

/** 注销决定书 as its sides read it; none until it is decided. */
export type CancellationDecision = NonNullable<ReturnType<typeof decisionOf>>;

function decisionOf({ cancellation: id, institution, item, registrar, noticedOn, heldOn, outcome, decidedOn, basis, document, withdrawnOn }: Cancellation) {
  if (outcome === null || decidedOn === null || basis === null) return undefined;
  return {
    cancellation: id,
    number: document?.number ?? null,
    issuedBy: document?.issuedBy ?? registrar,
    issuedTo: document?.issuedTo ?? institution,
    item,
    outcome,
    noticedOn,
    heldOn,
    decidedOn,
    withdrawnOn,
    basis: { ...basis },
  };
}

export const cancellation = aggregate({
  name: 'registry/cancellation',
  title: '注销程序',
  initial: null as CancellationState,
  events: [
    CancellationApplied,
    CancellationNoticed,
    HearingRequested,
    HearingHeld,
    HearingDisclosed,
    CancellationDecided,
    CancellationNumbered,
    CancellationWithdrawn,
  ],
  evolve: {
    CancellationApplied: (_, { basis: __, ...applied }): Cancellation => ({
      ...applied,
      noticedOn: null,
      hearingUntil: null,
      beyondCalendar: false,
      requestedOn: null,
      heldOn: null,
      outcome: null,
      decidedOn: null,
      basis: null,
      document: null,
      withdrawnOn: null,
    }),
    CancellationNoticed: (state, { noticedOn, hearingUntil, beyondCalendar }) => state && { ...state, noticedOn, hearingUntil, beyondCalendar },
    HearingRequested: (state, { requestedOn }) => state && { ...state, requestedOn },
    HearingHeld: (state, { heldOn }) => state && { ...state, heldOn },
    HearingDisclosed: (state) => state,
    CancellationDecided: (state, { outcome, decidedOn, basis }) => state && { ...state, outcome, decidedOn, basis },
    CancellationNumbered: (state, { number, issuedBy, issuedTo }) => state && { ...state, document: { number, issuedBy, issuedTo } },
    CancellationWithdrawn: (state, { withdrawnOn }) => state && { ...state, withdrawnOn },
  },
  listings: (state) => {
    if (!state) return [];
    const { bureau, registrar, institution, noticedOn, appliedOn, cancellation: id } = state;
    const { document, basis: _, ...procedure } = state;
    const item = { ...procedure, number: document?.number ?? null, ...statusOf(state) };
    const decision = decisionOf(state);
    // Until it is told, nothing of it is the institution's affair.
    const concerned = new Set([bureau, registrar, ...(noticedOn === null ? [] : [institution])]);
    return [...concerned].flatMap((partition) => [
      { listing: 'registry/cancellations', partition, sort: `${appliedOn}/${id}`, item },
      ...(decision ? [{ listing: 'registry/decision', partition, sort: id, item: decision }] : []),
    ]);
  },
});
