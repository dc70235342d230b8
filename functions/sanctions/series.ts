import { AgencyFact } from '../../events/agencies.ts';
import { InstitutionFact } from '../../events/registry.ts';
import { DecisionNumbered, DocumentNumbered } from '../../events/sanctions.ts';
import { aggregate } from '../kernel/aggregate.ts';
import { type FactsOf, lookUp } from '../kernel/command.ts';
import type { Policy } from '../policy/policy.ts';

/** 文书种类, each numbered by itself: 行政处理决定, 撤销决定, 责令限期整改决定, 注销或者不予注销的决定. */
export type DocumentKind = keyof Policy['documentSeries']['kinds'];

/** 文号序列 of one bureau, kind and year: the next ordinal, and nothing of what was numbered. */
export interface SeriesState {
  readonly next: number;
}

const after = (_: SeriesState, { ordinal }: { readonly ordinal: number }): SeriesState => ({ next: ordinal + 1 });

export const series = aggregate({
  name: 'sanctions/series',
  title: '文号序列',
  initial: { next: 1 } as SeriesState,
  events: [DocumentNumbered, DecisionNumbered],
  evolve: { DocumentNumbered: after, DecisionNumbered: after },
});

/** What numbering adds to a document. */
export const ADDED = { number: true, issuedBy: true, issuedTo: true, series: true, year: true, ordinal: true } as const;

interface Unnumbered {
  readonly bureau: string;
  readonly institution: string;
  readonly document: { readonly kind: DocumentKind };
  readonly decidedOn: string;
}

/** Key of the series that a document is numbered in: its year is that of the decision. */
export const seriesOf = ({ bureau, document, decidedOn }: Unnumbered): readonly string[] => [bureau, document.kind, decidedOn.slice(0, 4)];

/** Who issued it and to whom, as the registers know them. */
export const partiesOf = ({ bureau, institution }: Unnumbered) => ({
  bureau: lookUp(AgencyFact, bureau),
  institution: lookUp(InstitutionFact, institution),
});

/** 发文机关代字 of a bureau's documents of one kind: the policy's word for the bureau, or its registered name, and the word for the kind [default]. */
export const seriesWord = (
  { agencies, kinds }: Policy['documentSeries'],
  { bureau, name, kind }: { readonly bureau: string; readonly name: string; readonly kind: DocumentKind },
): string => `${agencies[bureau] ?? name}${kinds[kind]}`;

/** 发文字号 as GB/T 9704—2012, 7.2.5 writes it: the whole year in 〔〕, the ordinal without 第 and without leading noughts. */
export const numberText = ({ series: word, year, ordinal }: { readonly series: string; readonly year: number; readonly ordinal: number }): string =>
  `${word}〔${year}〕${ordinal}号`;

/** The next number of its series, with the full names of both sides; who is in no register is called by its id. */
export function nextNumber(
  { next: ordinal }: SeriesState,
  { bureau, institution, document: { kind }, decidedOn }: Unnumbered,
  { facts, policy }: { readonly facts: FactsOf<ReturnType<typeof partiesOf>>; readonly policy: Policy },
) {
  const issuedBy = facts.bureau.state?.name ?? bureau;
  const issuedTo = facts.institution.state?.name ?? institution;
  const number = { series: seriesWord(policy.documentSeries, { bureau, name: issuedBy, kind }), year: Number(decidedOn.slice(0, 4)), ordinal };
  return { ...number, number: numberText(number), issuedBy, issuedTo };
}
