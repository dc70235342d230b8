import { hash } from 'node:crypto';
import type * as z from 'zod';
import type { DataOf } from '../../events/event.ts';
import { CircularAddressed, CircularIssued, type circularLine, type InstitutionFigures } from '../../events/interference.ts';
import { aggregate } from '../kernel/aggregate.ts';
import { FIGURES } from './figures.ts';

type Line = z.infer<typeof circularLine>;

/** 情况通报; `null` before it is issued. A line is held as the institution and its figures in their order: three hundred of them fit. */
export type CircularState = (Omit<DataOf<typeof CircularIssued>, 'lines'> & { readonly lines: readonly (readonly [string, ...number[]])[] }) | null;

const packed = ({ institution, ...figures }: Line): [string, ...number[]] => [institution, ...FIGURES.map((figure) => figures[figure])];
const unpacked = ([institution, ...values]: readonly [string, ...number[]]) => ({
  institution,
  ...(Object.fromEntries(FIGURES.map((figure, at) => [figure, values[at] ?? 0])) as InstitutionFigures),
});

/** Where the circulars that name an institution are listed: sixteen places, since a stream has no row for each of three hundred. */
export const placeOf = (institution: string): string => hash('sha256', institution, 'hex').slice(0, 1);

/** In their order, no group larger than `most`. */
export const inGroups = <T>(list: readonly T[], most: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / most) }, (_, at) => list.slice(at * most, (at + 1) * most));

export const circular = aggregate({
  name: 'interference/circular',
  title: '情况通报',
  initial: null as CircularState,
  events: [CircularIssued, CircularAddressed],
  evolve: {
    CircularIssued: (_, { lines, ...data }): CircularState => ({ ...data, lines: lines.map(packed) }),
    CircularAddressed: (state) => state,
  },
  listings: (state) => {
    if (!state) return [];
    const { circular: id, bureau, from, to, issuedOn } = state;
    const head = { circular: id, bureau, from, to, issuedOn, institutions: state.lines.length };
    const sort = `${issuedOn}/${id}`;
    const byPlace = Map.groupBy(
      state.lines.map(([institution]) => institution),
      placeOf,
    );
    return [
      { listing: 'interference/circular', partition: id, sort: id, item: { ...state, lines: state.lines.map(unpacked) } },
      { listing: 'interference/circulars', partition: bureau, sort, item: head },
      ...[...byPlace].map(([place, named]) => ({ listing: 'interference/circulars-naming', partition: place, sort, item: { ...head, named } })),
    ];
  },
});
