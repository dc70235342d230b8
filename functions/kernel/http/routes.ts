import type { AnyCommand } from '../command.ts';
import type { Definitions } from '../definitions.ts';
import type { AnyQuery } from '../query.ts';

/** One route of the gateway: what it serves follows from the files alone. */
export type Route =
  | { readonly method: 'POST'; readonly path: string; readonly command: AnyCommand }
  | { readonly method: 'GET'; readonly path: string; readonly query: AnyQuery };

/** Where events are posted that give commands: with a person's token, or with a system's signature. */
export const INTAKES = [
  { method: 'POST', path: '/v1/events', signed: false },
  { method: 'POST', path: '/v1/signed-events', signed: true },
] as const;
export type Intake = (typeof INTAKES)[number];

/** `POST /v1/<context>/<command>` for every command an agency may give, `GET /v1/<context>/<query>` for every query. */
export const routesOf = (definitions: Definitions): readonly Route[] => [
  ...[...definitions.commands.values()]
    .filter(({ who }) => who !== 'system')
    .map((command) => ({ method: 'POST' as const, path: `/v1/${command.name}`, command })),
  ...[...definitions.queries.values()].map((query) => ({ method: 'GET' as const, path: query.route ?? `/v1/${query.name}`, query })),
];
