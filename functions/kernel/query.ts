import { hash } from 'node:crypto';
import * as z from 'zod';
import type { Right } from './command.ts';
import type { Refusal } from './decision.ts';
import type { Actor } from './identity.ts';
import type { Json, ViewStore } from './ports.ts';

/** What a query may read: views, never a restricted part, never the ledger's bytes. */
export interface QueryContext {
  readonly actor: Actor;
  readonly views: Pick<ViewStore, 'row' | 'rows' | 'counter' | 'counters'>;
  readonly now: string;
  readonly today: string;
  readonly pseudonym: (kind: string, value: string) => string;
}

/** A query (查询): `functions/<context>/queries/<noun>.ts`, `GET /v1/<context>/<noun>`. */
export interface QueryDefinition<Parameters> {
  /** `<context>/<noun>` */
  readonly name: string;
  readonly title: string;
  /** Query parameters; all arrive as text. */
  readonly parameters: z.ZodType<Parameters>;
  readonly who: readonly Right<unknown, NoInfer<Parameters>, unknown>[];
  /** A path of its own where the name does not give it, such as `/v1/trace/{correlationId}`. */
  readonly route?: string;
  readonly read: (parameters: Parameters, context: QueryContext) => Promise<Json | Refusal>;
  /** What was read, with its `asOf`, as an HTML page, for who accepts `text/html`. */
  readonly page?: (answer: Json) => string;
  /** The same as an SVG image, for who accepts `image/svg+xml`. */
  readonly image?: (answer: Json) => string;
}

// biome-ignore lint/suspicious/noExplicitAny: queries of all parameters stand in one table
export type AnyQuery = QueryDefinition<any> & { readonly kind: 'query' };

export const query = <Parameters>(definition: QueryDefinition<Parameters>): QueryDefinition<Parameters> & { readonly kind: 'query' } => ({
  ...definition,
  kind: 'query',
});

/** Parameters of every listing: where to go on (`next` of the page before), and how many at most. */
export const pageParameters = {
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
} as const;

export interface PageRequest {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

/** A cursor that no page of this listing gave. */
export class InvalidCursor extends Error {
  override readonly name = 'InvalidCursor';
}

/** A page of a listing in the house's shape. Throws {@link InvalidCursor}. */
export async function page(
  views: Pick<ViewStore, 'rows'>,
  listing: string,
  partition: string,
  { cursor, limit = 50 }: PageRequest,
  order: 'oldest-first' | 'newest-first' = 'oldest-first',
): Promise<{ items: Json[]; next: string | null }> {
  const place = [listing, partition];
  const after = cursor === undefined ? {} : { after: sortOf(cursor, place) };
  const found = await views.rows(listing, partition, { limit, newestFirst: order === 'newest-first', ...after });
  return { items: found.rows.map(({ item }) => item), next: found.next === undefined ? null : cursorOf(found.next, place) };
}

/** Bound to its listing and partition. No secret is kept by that: what may be read is decided before. */
const cursorOf = (sort: string, place: readonly string[]): string =>
  `${Buffer.from(sort, 'utf8').toString('base64url')}.${hash('sha256', JSON.stringify([...place, sort]), 'base64url').slice(0, 16)}`;

function sortOf(cursor: string, place: readonly string[]): string {
  const sort = Buffer.from(cursor.split('.')[0] ?? '', 'base64url').toString('utf8');
  if (cursorOf(sort, place) !== cursor) throw new InvalidCursor('not a cursor of this listing');
  return sort;
}
