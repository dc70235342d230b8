import { DocumentNumbered } from '../../events/sanctions.ts';
import { aggregate } from '../kernel/aggregate.ts';
import type { Policy } from '../policy/policy.ts';

/** 文书种类, each numbered by itself: 行政处理决定, 撤销决定. */
export type DocumentKind = keyof Policy['documentSeries']['kinds'];

/** 文号序列 of one bureau, kind and year: the next ordinal, and nothing of what was numbered. */
export interface SeriesState {
  readonly next: number;
}

export const series = aggregate({
  name: 'sanctions/series',
  title: '文号序列',
  initial: { next: 1 } as SeriesState,
  events: [DocumentNumbered],
  evolve: { DocumentNumbered: (_, { ordinal }) => ({ next: ordinal + 1 }) },
});

/** 发文机关代字 of a bureau's documents of one kind: the policy's word for the bureau, or its registered name, and the word for the kind [default]. */
export const seriesWord = (
  { agencies, kinds }: Policy['documentSeries'],
  { bureau, name, kind }: { readonly bureau: string; readonly name: string; readonly kind: DocumentKind },
): string => `${agencies[bureau] ?? name}${kinds[kind]}`;

/** 发文字号 as GB/T 9704—2012, 7.2.5 writes it: the whole year in 〔〕, the ordinal without 第 and without leading noughts. */
export const numberText = ({ series: word, year, ordinal }: { readonly series: string; readonly year: number; readonly ordinal: number }): string =>
  `${word}〔${year}〕${ordinal}号`;
