import { type InstitutionFigures, institutionFigures, routingAct } from '../../events/interference.ts';
import type { EventMeta } from '../kernel/aggregate.ts';
import type { CounterMove } from '../kernel/ports.ts';

/** Columns of an institution's line, in their order; a circular's state holds its lines in it. */
export const FIGURES = Object.keys(institutionFigures.shape) as (keyof InstitutionFigures)[];

/** What an institution may know of itself, by month; its cases are counted by `commissions`. */
export const KNOWN = ['rows', 'asked', 'completed', 'reports', 'forwarded', 'insiders', 'withdrawn'] as const;
export type KnownFigure = (typeof KNOWN)[number];

const ACTS = routingAct.shape.act.options;
export type ActFigure = `act:${(typeof ACTS)[number]}`;
export const ACT_FIGURES: readonly ActFigure[] = ACTS.map((act) => `act:${act}` as const);

/** What the bureau alone knows of an institution, by month: in no answer to an institution, and in no circular. */
export const BUREAU = ['direct', 'withdrawn', 'routed', 'reclassified', 'closed', 'upward', 'sought'] as const;
export type BureauFigure = (typeof BUREAU)[number] | ActFigure;

/** The month of the fact (X11): what is entered or imported later counts where it was. */
const monthOf = ({ occurredOn }: EventMeta): string => occurredOn.slice(0, 7);

/** Where the counters of a month stand, and within it those of one agency. */
export const PLACES = { known: 'interference/known', atBureau: 'interference/at-bureau' } as const;

interface About {
  readonly institution: string;
}

export const known = (figure: KnownFigure, { institution }: About, meta: EventMeta, by = 1): CounterMove => ({
  counter: `${PLACES.known}/${monthOf(meta)}/${institution}/${figure}`,
  by,
});

export const atBureau = (figure: BureauFigure, { bureau, institution }: About & { readonly bureau: string }, meta: EventMeta, by = 1): CounterMove => ({
  counter: `${PLACES.atBureau}/${monthOf(meta)}/${bureau}/${institution}/${figure}`,
  by,
});
