import type { Schema } from './schema.ts';

/** What stands in the document at the place that is referred to, or what was given. Throws where nothing stands there. */
export function resolved<T extends object>(document: Schema, given: T | { readonly $ref: string }): T {
  if (!('$ref' in given)) return given;
  const found = given.$ref
    .slice('#/'.length)
    .split('/')
    .reduce<unknown>((at, key) => (at as Schema | undefined)?.[key], document);
  if (found === undefined) throw new Error(`${given.$ref} is nowhere in the document`);
  return found as T;
}

/** A schema with everything that it refers to in its place; none refers to itself. */
export function inlined(document: Schema, schema: unknown): Schema {
  const walk = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(walk);
    if (typeof (value as Schema).$ref === 'string') return walk(resolved(document, value as { $ref: string }));
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner)]));
  };
  return walk(schema) as Schema;
}
