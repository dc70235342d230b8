import type { AnyEventDefinition } from '../../events/event.ts';
import type { AnyCommand } from '../../functions/kernel/command.ts';
import type { Definitions } from '../../functions/kernel/definitions.ts';
import type { AnyReaction } from '../../functions/kernel/reaction.ts';
import type { AnySchedule } from '../../functions/kernel/schedule.ts';
import { isLine, type Line, type Silence } from '../../functions/notifications/line.ts';
import { routingTable } from '../../functions/notifications/routing-table.ts';
import { type Crossing, TO_THE_HUB } from '../crossing.ts';

/** A command that can write the event, and what decides it where no agency gives it. */
export interface Publisher {
  readonly command: AnyCommand;
  readonly reactions: readonly AnyReaction[];
  readonly schedules: readonly AnySchedule[];
}

/** A reaction that hears the event, and the events that its command may write. */
export interface Follower {
  readonly reaction: AnyReaction;
  readonly follows: readonly AnyEventDefinition[];
}

/** What the catalogue says of one event (目录条目), beside what its definition says. */
export interface Entry {
  readonly event: AnyEventDefinition;
  readonly publishers: readonly Publisher[];
  readonly followers: readonly Follower[];
  /** Lines of the table of notices. */
  readonly told: readonly Line[];
  readonly silences: readonly Silence[];
  /** How it goes up to the Ministry's bus, where it does. */
  readonly crossing: Crossing | undefined;
}

/** One entry an event, in the order in which the aggregates list them. `written`: which events each command can write. */
export function entriesOf(
  { aggregates, commands, reactions, schedules }: Definitions,
  written: ReadonlyMap<string, readonly AnyEventDefinition[]>,
): readonly Entry[] {
  const writtenBy = ({ name }: AnyCommand) => written.get(name) ?? [];
  const events = [...aggregates.values()].flatMap((aggregate): readonly AnyEventDefinition[] => aggregate.events);
  return events.map((event) => ({
    event,
    publishers: [...commands.values()]
      .filter((command) => writtenBy(command).includes(event))
      .map((command) => ({
        command,
        reactions: [...reactions.values()].filter((each) => each.command === command),
        schedules: [...schedules.values()].filter((each) => each.command === command),
      })),
    followers: [...reactions.values()].filter(({ hears }) => hears.includes(event)).map((reaction) => ({ reaction, follows: writtenBy(reaction.command) })),
    told: routingTable.filter(isLine).filter((line) => line.event === event),
    silences: routingTable.filter((row): row is Silence => !isLine(row) && row.event === event),
    crossing: TO_THE_HUB.find((each) => each.event === event),
  }));
}
