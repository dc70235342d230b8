import type * as z from 'zod';
import { ProtectionDecided, ProtectionDisclosed, ProtectionSought } from '../../events/interference.ts';
import { aggregate } from '../kernel/aggregate.ts';
import { atBureau } from './figures.ts';

/** 保护请求 about one row and one kind of wrong, under an opaque key; who asks is restricted. A further account of the same reopens it. */
export interface ProtectionState {
  readonly matter: string;
  readonly kind: z.infer<typeof ProtectionSought.data>['kind'];
  readonly institution: string;
  /** Bureau that receives it: the supervising one, or its superior. */
  readonly receiver: string;
  readonly soughtOn: string;
  readonly decidedOn: string | null;
  readonly outcome: z.infer<typeof ProtectionDecided.data>['outcome'] | null;
  /** How often its content was opened, and when last. */
  readonly opened: { readonly total: number; readonly last: { readonly on: string; readonly toAgency: string; readonly toRole: string } | null };
}

/** 本人保护请求: what the one who asked sees of it. */
export const OWN_PROTECTION = 'interference/own-protection';

export const protection = aggregate({
  name: 'interference/protection',
  title: '保护请求',
  initial: null as ProtectionState | null,
  events: [ProtectionSought, ProtectionDisclosed, ProtectionDecided],
  evolve: {
    ProtectionSought: (state, { matter, kind, institution, receiver, soughtOn }): ProtectionState => ({
      matter,
      kind,
      institution,
      receiver,
      soughtOn,
      decidedOn: null,
      outcome: null,
      opened: state?.opened ?? { total: 0, last: null },
    }),
    ProtectionDisclosed: (state, { toAgency, toRole, disclosedOn }) =>
      state && { ...state, opened: { total: state.opened.total + 1, last: { on: disclosedOn, toAgency, toRole } } },
    ProtectionDecided: (state, { outcome, decidedOn }) => state && { ...state, decidedOn, outcome },
  },
  listings: (state) => {
    if (!state) return [];
    const { matter, receiver, ...item } = state;
    return [
      {
        listing: 'interference/protections',
        partition: receiver,
        sort: `${state.soughtOn}/${matter}`,
        item: { matter, kind: item.kind, institution: item.institution, soughtOn: item.soughtOn, decidedOn: item.decidedOn, outcome: item.outcome },
      },
      ...(state.decidedOn === null
        ? [{ listing: 'interference/open-protections', partition: receiver, sort: `${state.institution}/${matter}`, item: { institution: state.institution } }]
        : []),
      {
        listing: OWN_PROTECTION,
        partition: matter,
        sort: 'state',
        item: { ...item, receiver, opened: { ...item.opened, last: item.opened.last && { ...item.opened.last } } },
      },
    ];
  },
  // With its receiver alone: whom it names, and the institution, are told nothing of it.
  counters: { ProtectionSought: (data, _, meta) => [atBureau('sought', { bureau: data.receiver, institution: data.institution }, meta)] },
});
