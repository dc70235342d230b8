import * as z from 'zod';
import { GLOSSARY } from '../../events/glossary.ts';
import { WORDS } from './words.ts';

/** A JSON Schema, 2020-12. */
export interface Schema {
  readonly [keyword: string]: unknown;
}

/**
 * A Zod type as JSON Schema, each property with its Chinese title and each enumerated value with its word.
 *
 * @param io what it lets in, or what comes of that
 */
export function schemaOf(type: z.ZodType, io: 'input' | 'output' = 'input'): Schema {
  const { $schema: _, ...schema } = z.toJSONSchema(type, {
    io,
    override: ({ zodSchema, jsonSchema }) => {
      const words = WORDS.get(zodSchema._zod.def);
      if (words) jsonSchema.description = saidOf(jsonSchema.enum as readonly string[], words);
      // Said by the format already, and by the type.
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  });
  return titled(schema);
}

const saidOf = (values: readonly string[], words: Readonly<Record<string, string | null>>): string =>
  values.map((value) => (words[value] ? `${value} ${words[value]}` : value)).join('；');

/** Examples by the property's name, where its type is more general (样例). */
const EXAMPLES: Readonly<Record<string, string>> = {
  division: '360800',
  institution: '34360802MADE00011F',
  institutions: '34360802MADE00011F',
  item: 'medicine-0201',
  provider: 'made-provider',
};

/** With the term of each property that has no title of its own, and its example. */
function titled(schema: Schema, name = ''): Schema {
  const inner = Object.entries(schema).map(([keyword, value]): readonly [string, unknown] => {
    if (keyword === 'properties') return [keyword, Object.fromEntries(Object.entries(value as Record<string, Schema>).map(named))];
    if (ALTERNATIVES.has(keyword)) return [keyword, (value as readonly Schema[]).map((each) => titled(each, name))];
    if (keyword === 'items') return [keyword, titled(value as Schema, name)];
    return [keyword, keyword === 'additionalProperties' && isSchema(value) ? titled(value) : value];
  });
  const example = schema.type === 'string' && Object.hasOwn(EXAMPLES, name) ? { examples: [EXAMPLES[name]] } : {};
  return { ...Object.fromEntries(inner), ...example };
}

const ALTERNATIVES = new Set(['anyOf', 'oneOf', 'allOf']);

const named = ([name, schema]: [string, Schema]): [string, Schema] => {
  const title = schema.title ?? (Object.hasOwn(GLOSSARY, name) ? GLOSSARY[name] : undefined);
  return [name, { ...(title === undefined ? {} : { title }), ...titled(schema, name) }];
};

export const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every schema in a schema, itself included, with its place; a property's place ends with its name. */
export function* schemasIn(schema: Schema, at = ''): Generator<readonly [at: string, schema: Schema]> {
  yield [at, schema];
  for (const [name, inner] of Object.entries((schema.properties ?? {}) as Record<string, Schema>)) yield* schemasIn(inner, `${at}/${name}`);
  for (const keyword of ['items', 'additionalProperties']) if (isSchema(schema[keyword])) yield* schemasIn(schema[keyword], `${at}/*`);
  for (const keyword of ALTERNATIVES) for (const inner of (schema[keyword] ?? []) as readonly Schema[]) yield* schemasIn(inner, at);
}
