import * as z from 'zod';
import { itemTitle } from '../../events/items.ts';

/** 名册所载机构, as its listing keeps it. */
export const listedInstitution = z.object({
  uscc: z.string(),
  name: z.string(),
  division: z.string(),
  supervisedBy: z.string(),
  registeredOn: z.string(),
  scopes: z.array(z.string()),
  struckOff: z.array(z.string()),
  strikes: z.array(z.object({ item: z.string(), from: z.string(), until: z.string().nullable() })),
});
type ListedInstitution = z.infer<typeof listedInstitution>;

/** 名册所载鉴定人, as the listing keeps him. */
export const listedAppraiser = z.object({ scopes: z.array(z.string()), registeredOn: z.string() });
type ListedAppraiser = z.infer<typeof listedAppraiser>;

/** 名册 of one institution on one day. Of persons it tells how many, and nothing more. */
export interface RosterLine {
  readonly uscc: string;
  readonly name: string;
  readonly division: string;
  readonly supervisedBy: string;
  readonly registeredOn: string;
  readonly scopes: readonly { readonly item: string; readonly title: string; readonly appraisers: number }[];
  readonly appraisers: number;
}

/** Items that an institution was registered for on a day, by code: what was struck off is not from its day, and is again from the day on which that fell. */
export const scopesOn = ({ scopes, struckOff, strikes }: ListedInstitution, day: string): readonly string[] =>
  [...scopes, ...struckOff]
    .filter((item) => !strikes.some((strike) => strike.item === item && strike.from <= day && (strike.until === null || day < strike.until)))
    .toSorted();

/** 某日名册 (rule R-7); nothing for an institution that was not registered yet. An appraiser's own registration counts for an item only while the institution has it. */
export function rosterLine(institution: ListedInstitution, appraisers: readonly ListedAppraiser[], day: string): RosterLine | undefined {
  const { uscc, name, division, supervisedBy, registeredOn } = institution;
  if (day < registeredOn) return undefined;
  const present = appraisers.filter((each) => each.registeredOn <= day);
  const scopes = scopesOn(institution, day).map((item) => ({
    item,
    title: itemTitle(item),
    appraisers: present.filter((each) => each.scopes.includes(item)).length,
  }));
  return { uscc, name, division, supervisedBy, registeredOn, scopes, appraisers: present.length };
}
