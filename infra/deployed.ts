import { type PostedTypes, postedTypesOf } from '../functions/kernel/cloud-events.ts';
import type { AnyCommand } from '../functions/kernel/command.ts';
import type { Definitions } from '../functions/kernel/definitions.ts';
import { INTAKES, type Intake, type Route, routesOf } from '../functions/kernel/http/routes.ts';
import type { AnyQuery } from '../functions/kernel/query.ts';
import type { AnyReaction } from '../functions/kernel/reaction.ts';
import type { AnySchedule } from '../functions/kernel/schedule.ts';

/** One Lambda (函数), as the files declare it: its name is the file's path below `functions/`, without the folder of its kind. */
export type Deployed =
  | { readonly kind: 'command'; readonly name: string; readonly command: AnyCommand; readonly route: Route }
  | { readonly kind: 'query'; readonly name: string; readonly query: AnyQuery; readonly route: Route }
  | { readonly kind: 'reaction'; readonly name: string; readonly command: AnyCommand; readonly reaction: AnyReaction }
  | { readonly kind: 'schedule'; readonly name: string; readonly command: AnyCommand; readonly schedule: AnySchedule }
  | { readonly kind: 'intake'; readonly name: string; readonly route: Intake; readonly types: PostedTypes }
  | { readonly kind: 'publish' | 'project'; readonly name: string };

/** The two functions on the ledger's change stream, those that take events, and those of the contexts. */
export type OnStream = Extract<Deployed, { kind: 'publish' | 'project' }>;
export type AtDoor = Extract<Deployed, { kind: 'intake' }>;
export type InContext = Exclude<Deployed, OnStream | AtDoor>;

export const isOnStream = (deployed: Deployed): deployed is OnStream => deployed.kind === 'publish' || deployed.kind === 'project';
export const isAtDoor = (deployed: Deployed): deployed is AtDoor => deployed.kind === 'intake';
export const isInContext = (deployed: Deployed): deployed is InContext => !isOnStream(deployed) && !isAtDoor(deployed);

export type Kind = Deployed['kind'];

/** Every function of a province. A command that only the system gives is decided in its reactions and schedules, and has none of its own. */
export const deployedOf = (definitions: Definitions): readonly Deployed[] => [
  ...routesOf(definitions).map(
    (route): Deployed =>
      'command' in route
        ? { kind: 'command', name: route.command.name, command: route.command, route }
        : { kind: 'query', name: route.query.name, query: route.query, route },
  ),
  ...[...definitions.reactions.values()].map((reaction): Deployed => ({ kind: 'reaction', name: reaction.name, command: reaction.command, reaction })),
  ...[...definitions.schedules.values()].map((schedule): Deployed => ({ kind: 'schedule', name: schedule.name, command: schedule.command, schedule })),
  ...INTAKES.map(
    (route): Deployed => ({ kind: 'intake', name: `kernel/${route.path.split('/').at(-1)}`, route, types: postedTypesOf(definitions.commands.values()) }),
  ),
  { kind: 'publish', name: 'kernel/publish' },
  { kind: 'project', name: 'kernel/project' },
];

export const contextOf = ({ name }: Pick<Deployed, 'name'>): string => name.slice(0, name.indexOf('/'));

/** Kind and name: a command, a reaction and a schedule may share a name. */
export const idOf = ({ kind, name }: Pick<Deployed, 'kind' | 'name'>): string => `${kind}-${name.slice(name.indexOf('/') + 1)}`;
