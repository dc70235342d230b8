import { ProficiencyRoundClosed, RectificationSubmitted } from '../../events/proficiency.ts';
import type { Definitions } from '../../functions/kernel/definitions.ts';
import { callContext, keyOf } from '../../functions/kernel/execute.ts';
import type { Kernel } from '../../functions/kernel/kernel.ts';
import type { Commit } from '../../functions/kernel/ledger.ts';
import { react } from '../../functions/kernel/react.ts';
import type { AnyReaction } from '../../functions/kernel/reaction.ts';
import { streamName } from '../../functions/kernel/stream.ts';
import { MINUTE, PLATFORM } from './platform.ts';
import type { World } from './world.ts';

/**
 * Reactions that ask how things stand when they come: who has not signed yet, whether what they rest on still stands, who came before them in a list.
 * What happens in between changes the answer, and rightly so.
 * The serial execution lets them come where they came in the run, and where they found nothing to do there, last: nothing may be left to do then.
 */
const CONTENDED: ReadonlyMap<string, 'always' | readonly string[]> = new Map<string, 'always' | readonly string[]>([
  ['interference/ask-for-rows', 'always'],
  ['agencies/list-agency', 'always'],
  ['deliveries/disable-failing-endpoint', 'always'],
  ['deliveries/note-answer', 'always'],
  ['deliveries/plan-delivery', 'always'],
  ['proficiency/record-absences', 'always'],
  ['proficiency/draw-up-rectification', 'always'],
  ['proficiency/lapse-rectification', 'always'],
  ['proficiency/cancel-rectification', 'always'],
  ['registry/cancel-scope', 'always'],
  ['registry/restore-scope', 'always'],
  ['registry/withdraw-cancellation', 'always'],
  // What is submitted twice opens and closes the same deadlines, whichever is heard first.
  ['deadlines/open-deadlines', [RectificationSubmitted.name]],
  ['deadlines/close-deadlines', [RectificationSubmitted.name]],
]);
const isContended = (reaction: string, event: string): boolean => {
  const events = CONTENDED.get(reaction);
  return events === 'always' || (events?.includes(event) ?? false);
};
/**
 * Of these, what found nothing to do is not asked again: who has a result when the absences of a round are recorded may lose it later, and an endpoint comes, goes
 * and comes back.
 */
const ONCE: ReadonlySet<string> = new Set([
  'deliveries/disable-failing-endpoint',
  'deliveries/note-answer',
  'deliveries/plan-delivery',
  'proficiency/record-absences',
]);

export const withoutContended = (definitions: Definitions): Definitions => ({
  ...definitions,
  reactions: new Map(
    [...definitions.reactions].map(([name, reaction]) => [name, { ...reaction, hears: reaction.hears.filter((event) => !isContended(name, event.name)) }]),
  ),
});

/** Delivers to the contended reactions what the run's bus took, one by one. */
export class Contended {
  private readonly kernel: Kernel;
  private readonly reactions: readonly AnyReaction[];
  private readonly details: ReadonlyMap<string, { readonly type: string; readonly detail: unknown }>;

  constructor(kernel: Kernel, definitions: Definitions, archive: World['archive']) {
    this.kernel = { ...kernel, definitions };
    this.reactions = [...definitions.reactions.values()].filter(({ name }) => CONTENDED.has(name));
    this.details = new Map(
      archive.map(({ entry }) => {
        const detail = JSON.parse(entry.detail) as { id: string };
        return [detail.id, { type: entry.detailType, detail }];
      }),
    );
  }

  /** In the run. */
  wrote({ command, causationId }: Commit): boolean {
    return causationId !== undefined && this.hearing(causationId).some((each) => each.command.name === command.name);
  }

  /** What brought this commit about, to the reaction and for the stream that it is of. */
  async deliver({ causationId, command: { name }, stream }: Commit): Promise<void> {
    if (causationId === undefined) return;
    const context = callContext(this.kernel, { actor: 'system', receipt: '' });
    for (const reaction of this.hearing(causationId).filter(({ command }) => command.name === name)) {
      const { command } = reaction;
      const here = (input: unknown) => streamName(command.aggregate.name, keyOf(command, input, context)) === stream;
      await react(this.kernel, { ...reaction, targets: (event) => reaction.targets(event).filter(here) }, this.details.get(causationId)?.detail);
    }
  }

  async deliverAll(): Promise<void> {
    for (const [eventId, { detail }] of this.details) {
      for (const reaction of this.hearing(eventId)) if (!ONCE.has(reaction.name)) await react(this.kernel, reaction, detail);
    }
  }

  private hearing(eventId: string): readonly AnyReaction[] {
    const heard = this.details.get(eventId)?.type;
    return heard === undefined ? [] : this.reactions.filter(({ name, hears }) => isContended(name, heard) && hears.some((event) => event.name === heard));
  }
}

/**
 * Commits in the order of what they had read: a result that was written while its round was closed had read it open, since the round is no
 * guarded fact, and so comes before the closing; by no more than a client waits and two clocks differ.
 */
export function inOrderOfReading(commits: readonly Commit[]): readonly Commit[] {
  const ordered = [...commits];
  for (const closing of commits) {
    const round = closing.events.find(({ name }) => name === ProficiencyRoundClosed.name)?.data;
    if (!round) continue;
    const until = Date.parse(closing.recordedAt) + PLATFORM.gatewayTimeout + 4 * MINUTE;
    const last = ordered.findLastIndex(
      ({ command, events, recordedAt }) =>
        command.name === 'proficiency/record-result' &&
        Date.parse(recordedAt) <= until &&
        (['year', 'item', 'provider'] as const).every((key) => events[0]?.data[key] === round[key]),
    );
    const at = ordered.indexOf(closing);
    if (last > at) ordered.splice(last, 0, ...ordered.splice(at, 1));
  }
  for (const reader of commits) {
    for (const { stream, version } of reader.facts.filter((fact) => fact.stream.startsWith('deliveries/endpoint/'))) {
      const change = ordered.findIndex((each) => each.stream === stream && each.version === version + 1);
      const at = ordered.indexOf(reader);
      if (change >= 0 && change < at) ordered.splice(change, 0, ...ordered.splice(at, 1));
    }
  }
  return ordered;
}
