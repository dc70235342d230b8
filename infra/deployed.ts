import type { AnyAggregate } from '../functions/kernel/aggregate.ts';
import { type PostedTypes, postedTypesOf } from '../functions/kernel/cloud-events.ts';
import type { AnyCommand } from '../functions/kernel/command.ts';
import type { Definitions } from '../functions/kernel/definitions.ts';
import type { AnyDispatch } from '../functions/kernel/dispatch.ts';
import { INTAKES, type Intake, type Route, routesOf } from '../functions/kernel/http/routes.ts';
import { keyRightsOf } from '../functions/kernel/key-rights.ts';
import type { AnyQuery } from '../functions/kernel/query.ts';
import type { AnyReaction } from '../functions/kernel/reaction.ts';
import type { AnySchedule } from '../functions/kernel/schedule.ts';
import { type DocumentRoute, documentRoutes } from './contracts/document-routes.ts';

/** One Lambda (函数), as the files declare it: its name is the file's path below `functions/`, without the folder of its kind. */
export type Deployed =
  | { readonly kind: 'command'; readonly name: string; readonly command: AnyCommand; readonly route: Route }
  | { readonly kind: 'query'; readonly name: string; readonly query: AnyQuery; readonly route: Route }
  | { readonly kind: 'reaction'; readonly name: string; readonly command: AnyCommand; readonly reaction: AnyReaction }
  | { readonly kind: 'schedule'; readonly name: string; readonly command: AnyCommand; readonly schedule: AnySchedule }
  | { readonly kind: 'dispatch'; readonly name: string; readonly command: AnyCommand; readonly dispatch: AnyDispatch }
  | { readonly kind: 'intake'; readonly name: string; readonly route: Intake; readonly types: PostedTypes }
  | { readonly kind: 'publish' | 'project'; readonly name: string }
  | { readonly kind: 'document'; readonly name: string; readonly routes: readonly DocumentRoute[] };

/** The two functions on the ledger's change stream, that which tells the contracts (契约), those that take events, and those of the contexts. */
export type OnStream = Extract<Deployed, { kind: 'publish' | 'project' }>;
export type OfDocuments = Extract<Deployed, { kind: 'document' }>;
export type AtDoor = Extract<Deployed, { kind: 'intake' }>;
export type InContext = Exclude<Deployed, OnStream | OfDocuments | AtDoor>;

export const isOnStream = (deployed: Deployed): deployed is OnStream => deployed.kind === 'publish' || deployed.kind === 'project';
export const isOfDocuments = (deployed: Deployed): deployed is OfDocuments => deployed.kind === 'document';
export const isAtDoor = (deployed: Deployed): deployed is AtDoor => deployed.kind === 'intake';
export const isInContext = (deployed: Deployed): deployed is InContext => !isOnStream(deployed) && !isOfDocuments(deployed) && !isAtDoor(deployed);

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
  ...[...definitions.dispatches.values()].map((dispatch): Deployed => ({ kind: 'dispatch', name: dispatch.name, command: dispatch.command, dispatch })),
  ...INTAKES.map(
    (route): Deployed => ({ kind: 'intake', name: `kernel/${route.path.split('/').at(-1)}`, route, types: postedTypesOf(definitions.commands.values()) }),
  ),
  { kind: 'publish', name: 'kernel/publish' },
  { kind: 'project', name: 'kernel/project' },
  { kind: 'document', name: 'kernel/contracts', routes: documentRoutes },
];

export const contextOf = ({ name }: Pick<Deployed, 'name'>): string => name.slice(0, name.indexOf('/'));

/** Kind and name: a command, a reaction and a schedule may share a name. */
export const idOf = ({ kind, name }: Pick<Deployed, 'kind' | 'name'>): string => `${kind}-${name.slice(name.indexOf('/') + 1)}`;

/** What a function asks of the key ring, and for which aggregate's data keys. A dispatch opens the secrets that it signs with, a signed intake those that it verifies by. */
export function ringOf(deployed: Deployed): { readonly aggregate?: AnyAggregate; readonly seal: boolean; readonly open: boolean } {
  if (deployed.kind === 'dispatch') return { aggregate: deployed.dispatch.opens, seal: false, open: true };
  if (deployed.kind === 'intake') return { seal: false, open: deployed.route.signed };
  return 'command' in deployed ? { aggregate: deployed.command.aggregate, ...keyRightsOf(deployed.command) } : { seal: false, open: false };
}

/** Whether a function sends to, or looks at, addresses outside. */
export const reachesOut = (deployed: Deployed): boolean =>
  deployed.kind === 'dispatch' || (deployed.kind === 'command' && deployed.command.reaches !== undefined);
