import type * as z from 'zod';
import { DivisionListFact } from '../../events/agencies.ts';
import { cityOf, provinceOf } from '../kernel/codes/division.ts';
import { type Fact, type FactRequest, lookUp } from '../kernel/command.ts';
import type { InstitutionState } from './institution.ts';

type List = z.infer<typeof DivisionListFact.schema>;

/** 应当告知的单位: lists of the institution's own division, its city and its province (rule P-3). */
export function listsFor(state: InstitutionState): Readonly<Record<string, FactRequest<List | undefined>>> {
  if (!state) return {};
  const { division } = state;
  const places = new Set([division, cityOf(division), provinceOf(division)].filter((each) => each !== undefined));
  return Object.fromEntries([...places].map((each) => [each, lookUp(DivisionListFact, each)]));
}

/** Whoever stands in them, each once. */
export const toldIn = (lists: Readonly<Record<string, Fact<List | undefined>>>): string[] => [
  ...new Set(Object.values(lists).flatMap(({ state }) => state?.agencies ?? [])),
];
