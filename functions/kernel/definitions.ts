import { type AnyEventDefinition, UnknownVersion } from '../../events/event.ts';
import type { AnyAggregate } from './aggregate.ts';
import type { AnyCommand } from './command.ts';
import type { AnyDispatch } from './dispatch.ts';
import type { AnyQuery } from './query.ts';
import type { AnyReaction } from './reaction.ts';
import type { AnySchedule } from './schedule.ts';
import { aggregateNameOf } from './stream.ts';

/** Everything that the files of `functions/` and `events/` declare, found by the layout. */
export interface Definitions {
  readonly events: ReadonlyMap<string, AnyEventDefinition>;
  readonly aggregates: ReadonlyMap<string, AnyAggregate>;
  readonly commands: ReadonlyMap<string, AnyCommand>;
  readonly reactions: ReadonlyMap<string, AnyReaction>;
  readonly queries: ReadonlyMap<string, AnyQuery>;
  readonly schedules: ReadonlyMap<string, AnySchedule>;
  readonly dispatches: ReadonlyMap<string, AnyDispatch>;
  /** Of the code that folds each aggregate: the hash over its source and all it imports. */
  readonly fingerprints: ReadonlyMap<string, string>;
}

type Parts = Readonly<{
  events: readonly AnyEventDefinition[];
  aggregates: readonly AnyAggregate[];
  commands: readonly AnyCommand[];
  reactions: readonly AnyReaction[];
  queries: readonly AnyQuery[];
  schedules: readonly AnySchedule[];
  dispatches: readonly AnyDispatch[];
  fingerprints: ReadonlyMap<string, string>;
}>;

/** Throws with the place and the reason when two files declare one name, or one names what no file declares. */
export function define(parts: Parts): Definitions {
  const aggregates = byName('aggregate', parts.aggregates);
  const events = byName('event', parts.events);
  for (const each of parts.aggregates) {
    for (const event of each.events as readonly AnyEventDefinition[]) {
      if (events.get(event.name) !== event) throw new Error(`${each.name} writes ${event.name}, which the catalogue does not list`);
      if (!each.name.startsWith(`${event.context}/`)) throw new Error(`${each.name} writes ${event.name} of the context ${event.context}`);
    }
    if (!parts.fingerprints.has(each.name)) throw new Error(`${each.name} has no fingerprint`);
  }
  for (const { name, hears } of parts.reactions) {
    for (const event of hears) if (events.get(event.name) !== event) throw new Error(`${name} hears ${event.name}, which the catalogue does not list`);
  }
  for (const each of [...parts.commands, ...[...parts.reactions, ...parts.schedules, ...parts.dispatches].map(({ command }) => command)]) {
    if (aggregates.get(each.aggregate.name) !== each.aggregate) throw new Error(`${each.name} decides on ${each.aggregate.name}, which no file declares`);
  }
  return {
    events,
    aggregates,
    commands: byName('command', parts.commands),
    reactions: byName('reaction', parts.reactions),
    queries: byName('query', parts.queries),
    schedules: byName('schedule', parts.schedules),
    dispatches: byName('dispatch', parts.dispatches),
    fingerprints: parts.fingerprints,
  };
}

function byName<T extends { readonly name: string }>(kind: string, list: readonly T[]): ReadonlyMap<string, T> {
  const map = new Map<string, T>();
  for (const each of list) {
    if (map.has(each.name)) throw new Error(`two files declare the ${kind} ${each.name}`);
    map.set(each.name, each);
  }
  return map;
}

export function aggregateOf(definitions: Definitions, name: string): { aggregate: AnyAggregate; fingerprint: string } {
  const aggregate = definitions.aggregates.get(name);
  const fingerprint = definitions.fingerprints.get(name);
  if (!aggregate || fingerprint === undefined) throw new Error(`no file declares the aggregate ${name}`);
  return { aggregate, fingerprint };
}

export const aggregateOfStream = (definitions: Definitions, stream: string) => aggregateOf(definitions, aggregateNameOf(stream).aggregate);

export function eventOf(definitions: Definitions, name: string): AnyEventDefinition {
  const event = definitions.events.get(name);
  if (!event) throw new UnknownVersion(name);
  return event;
}
