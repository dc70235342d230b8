import { DeadlineOpened } from '../../events/deadlines.ts';
import { InterferenceReported, ProtectionSought } from '../../events/interference.ts';
import { NoticeSent } from '../../events/notifications.ts';
import type { Definitions } from '../../functions/kernel/definitions.ts';
import type { Commit } from '../../functions/kernel/ledger.ts';
import type { ListingRow } from '../../functions/kernel/ports.ts';

/** Who acted stands sealed wherever the command is one that only who reported, withdrew or seeks protection gives. */
export const actorsNamed = (commits: readonly Commit[], { commands }: Definitions): string[] =>
  commits
    .filter(({ command, actor }) => commands.get(command.name)?.sealsActor && actor.person !== undefined)
    .map(({ command, stream, version }) => `who gave ${command.name} stands in clear at ${stream} ${version}`);

/** A report made past the institution, or a request for protection: its number, and the events that stand in its stream. */
interface Unseen {
  readonly institution: string;
  readonly id: string;
  readonly events: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
}

/**
 * What an institution was told, given a deadline for, or could read of what was kept from it (art. 5, 9, 10): by what the run wrote alone,
 * whatever the rules say. It may be told of an act towards itself, which names no report.
 */
export function seenByInstitution(commits: readonly Commit[], rows: readonly ListingRow[]): string[] {
  const unseen = unseenIn(commits);
  const events = commits.flatMap((commit) => commit.events);
  return [...unseen].flatMap(([stream, { institution, id, events: own }]) => [
    ...events
      .filter(({ name, data }) => name === NoticeSent.name && data.recipient === institution && own.has(String(data.about)))
      .filter(({ data }) => !names(own.get(String(data.about))?.acts, institution))
      .map(({ data }) => `the institution was told of ${data.event} of ${stream}`),
    ...events
      .filter(({ name, data }) => name === DeadlineOpened.name && data.holder === institution && data.source === stream)
      .map(({ data }) => `the institution was given the deadline ${data.kind} for ${stream}`),
    ...rows
      .filter(({ partition, item }) => partition === institution && JSON.stringify(item).includes(id))
      .map(({ listing }) => `the institution finds ${stream} in ${listing}`),
  ]);
}

function unseenIn(commits: readonly Commit[]): ReadonlyMap<string, Unseen> {
  const unseen = new Map<string, Unseen>();
  for (const { stream, events } of commits) {
    for (const { name, data } of events) {
      const id = name === ProtectionSought.name ? data.matter : name === InterferenceReported.name && data.to === 'bureau' ? data.report : undefined;
      if (id !== undefined) unseen.set(stream, { institution: String(data.institution), id: String(id), events: new Map() });
    }
    const known = unseen.get(stream);
    if (known) unseen.set(stream, { ...known, events: new Map([...known.events, ...events.map(({ id, data }) => [id, data] as const)]) });
  }
  return unseen;
}

const names = (acts: unknown, institution: string): boolean =>
  Array.isArray(acts) && acts.some(({ recipient }: { recipient: string }) => recipient === institution);
