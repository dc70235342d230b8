import type { Basis } from '../../events/basis.ts';
import type { AnyEventDefinition } from '../../events/event.ts';
import {
  ProficiencyAbsenceRecorded,
  ProficiencyResultCorrected,
  ProficiencyTestFailed,
  RectificationCancelled,
  RectificationFailed,
  RectificationOrdered,
} from '../../events/proficiency.ts';
import { BusinessScopeCancelled, BusinessScopeRestored } from '../../events/registry.ts';
import { BreachFound, FindingWithdrawn, type Subject } from '../../events/sanctions.ts';
import type { HeardEvent } from '../kernel/reaction.ts';

/** 记入事由: what an entry is opened for. */
interface Opened {
  readonly subject: Subject;
  readonly institution: string;
  /** What it rests on: a finding, or the event itself. */
  readonly cause: string;
  readonly about: string;
  readonly basis: Basis;
}

/** 更正事由: which entry no longer counts. */
interface Compensated {
  readonly subject: Subject;
  readonly cause: string;
  readonly basis: Basis;
}

interface Ground<Answer> {
  readonly event: AnyEventDefinition;
  readonly of: (event: HeardEvent) => readonly Answer[];
}

const on =
  <Answer>() =>
  <D extends AnyEventDefinition>(event: D, of: (event: HeardEvent<D>) => readonly Answer[]): Ground<Answer> => ({ event, of: of as Ground<Answer>['of'] });
const opens = on<Opened>();
const compensates = on<Compensated>();

const institution = (id: string): Subject => ({ kind: 'institution', id, role: 'institution' });
const ofInstitution = (
  { id, data }: { readonly id: string; readonly data: { readonly institution: string; readonly basis: Basis } },
  about: string,
): Opened => ({
  subject: institution(data.institution),
  institution: data.institution,
  cause: id,
  about,
  basis: data.basis,
});

/** 记入诚信档案 for what (rule C-1): event by event; another ground is another line. */
export const ENTERED: readonly Ground<Opened>[] = [
  opens(BreachFound, ({ data: { finding, subject, institution: at, breach, measures, basis } }) =>
    measures.includes('integrity-entry') ? [{ subject, institution: at, cause: finding, about: `BreachFound/${breach}`, basis }] : [],
  ),
  opens(ProficiencyTestFailed, (event) => (event.data.entersFile ? [ofInstitution(event, `ProficiencyTestFailed/${event.data.item}`)] : [])),
  opens(ProficiencyAbsenceRecorded, (event) => (event.data.entersFile ? [ofInstitution(event, `ProficiencyAbsenceRecorded/${event.data.item}`)] : [])),
  opens(RectificationOrdered, (event) => [ofInstitution(event, `RectificationOrdered/${event.data.item}`)]),
  opens(RectificationFailed, (event) => [ofInstitution(event, `RectificationFailed/${event.data.item}`)]),
  opens(BusinessScopeCancelled, (event) => [ofInstitution(event, `BusinessScopeCancelled/${event.data.item}`)]),
];

/** 更正诚信档案 for what (rule X7): exactly the entry that rested on it. */
export const COMPENSATED: readonly Ground<Compensated>[] = [
  compensates(FindingWithdrawn, ({ data: { finding, subject, measures, basis } }) =>
    measures.includes('integrity-entry') ? [{ subject, cause: finding, basis }] : [],
  ),
  compensates(ProficiencyResultCorrected, ({ data: { institution: of, corrects, enteredFile, basis } }) =>
    enteredFile ? [{ subject: institution(of), cause: corrects, basis }] : [],
  ),
  compensates(RectificationCancelled, ({ data: { institution: of, entered, basis } }) => entered.map((cause) => ({ subject: institution(of), cause, basis }))),
  compensates(BusinessScopeRestored, ({ data: { institution: of, cancelled, basis } }) => [{ subject: institution(of), cause: cancelled, basis }]),
];

export const eventsIn = (grounds: readonly Ground<unknown>[]): readonly AnyEventDefinition[] => grounds.map(({ event }) => event);
export const groundsFor = <Answer>(grounds: readonly Ground<Answer>[], event: HeardEvent): readonly Answer[] =>
  grounds.filter(({ event: { name } }) => name === event.name).flatMap(({ of }) => of(event));
