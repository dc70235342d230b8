import * as z from 'zod';
import { GLOSSARY } from '../../events/glossary.ts';
import { WORDS } from './words.ts';

/** A JSON Schema, 2020-12. */
export interface Schema {
  readonly [keyword: string]: unknown;
}

/** What a Zod type lets in, as JSON Schema, each property with its Chinese title and each enumerated value with its word. */
export function schemaOf(type: z.ZodType): Schema {
  const { $schema: _, ...schema } = z.toJSONSchema(type, {
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      const words = WORDS.get(zodSchema._zod.def);
      if (words) jsonSchema.description = saidOf(jsonSchema.enum as readonly string[], words);
    },
  });
  return titled(schema);
}

const saidOf = (values: readonly string[], words: Readonly<Record<string, string | null>>): string =>
  values.map((value) => (words[value] ? `${value} ${words[value]}` : value)).join('；');

/** With the term of each property that has no title of its own. */
function titled(schema: Schema): Schema {
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => {
      if (keyword === 'properties') return [keyword, Object.fromEntries(Object.entries(value as Record<string, Schema>).map(named))];
      if (Array.isArray(value) && ALTERNATIVES.has(keyword)) return [keyword, value.map(titled)];
      return [keyword, keyword === 'items' || (keyword === 'additionalProperties' && isSchema(value)) ? titled(value as Schema) : value];
    }),
  );
}

const ALTERNATIVES = new Set(['anyOf', 'oneOf', 'allOf']);

const named = ([name, schema]: [string, Schema]): [string, Schema] => {
  const title = schema.title ?? (Object.hasOwn(GLOSSARY, name) ? GLOSSARY[name] : undefined);
  return [name, { ...(title === undefined ? {} : { title }), ...titled(schema) }];
};

export const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every schema in a schema, itself included, with its place; a property's place ends with its name. */
export function* schemasIn(schema: Schema, at = ''): Generator<readonly [at: string, schema: Schema]> {
  yield [at, schema];
  for (const [name, inner] of Object.entries((schema.properties ?? {}) as Record<string, Schema>)) yield* schemasIn(inner, `${at}/${name}`);
  for (const keyword of ['items', 'additionalProperties']) if (isSchema(schema[keyword])) yield* schemasIn(schema[keyword], `${at}/*`);
  for (const keyword of ALTERNATIVES) for (const inner of (schema[keyword] ?? []) as readonly Schema[]) yield* schemasIn(inner, at);
}
