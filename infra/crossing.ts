import type { AnyEventDefinition } from '../events/event.ts';
import { EntryCompensated, EntryOpened } from '../events/integrity.ts';
import { InstitutionRegistered } from '../events/registry.ts';

/** An event that leaves its province for the national hub (跨省事件), by its open part, as all that is on a bus. */
export interface Crossing {
  readonly event: AnyEventDefinition;
  /** Which of them, as a pattern of the open part; all where absent. */
  readonly only?: Readonly<Record<string, unknown>>;
}

/** A person is known by a pseudonym under the province's own secret: it says nothing elsewhere, and has no business there. */
const OF_INSTITUTIONS = { subject: { kind: ['institution'] } };

/**
 * Provinces recommend institutions and only the Ministry revokes (E-1, E-2): it knows which there are and what stands in their files.
 * Whatever is not listed stays in its province. Nothing comes back yet: no event is the Ministry's own, and EventBridge
 * does not pass on to a third bus what a bus was given by another, so that provinces never hear each other through the hub unseen.
 */
export const TO_THE_HUB: readonly Crossing[] = [
  { event: InstitutionRegistered },
  { event: EntryOpened, only: OF_INSTITUTIONS },
  { event: EntryCompensated, only: OF_INSTITUTIONS },
];
