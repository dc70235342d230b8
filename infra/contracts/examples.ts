import type { Schema } from './schema.ts';

const FORMATS: Readonly<Record<string, string>> = { date: '2026-03-02', 'date-time': '2026-03-02T01:00:00.000Z' };
/** Long enough for most texts, and visibly made up. */
const MADE_UP = '虚构文字';

/**
 * A value that fits a schema (示例), the same every time: its own example where it has one; else every property, the first of the alternatives,
 * the least of what is counted. Throws for a pattern without an example.
 */
export function exampleOf(schema: Schema): unknown {
  if ('const' in schema) return schema.const;
  if (Array.isArray(schema.examples)) return schema.examples[0];
  if (Array.isArray(schema.enum)) return schema.enum[0];
  const [first] = (schema.anyOf ?? schema.oneOf ?? []) as readonly Schema[];
  if (first) return exampleOf(first);
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'object':
      return objectOf(schema);
    case 'array':
      return Array.from({ length: Math.max(1, Number(schema.minItems ?? 0)) }, () => exampleOf((schema.items ?? {}) as Schema));
    case 'string':
      return textOf(schema);
    case 'integer':
    case 'number':
      return Math.max(Number(schema.minimum ?? 0), Number(schema.exclusiveMinimum ?? -1) + 1, 0);
    case 'boolean':
      return false;
    default:
      return null;
  }
}

function objectOf({ properties = {}, additionalProperties }: Schema): Record<string, unknown> {
  const members = Object.entries(properties as Record<string, Schema>).map(([name, schema]) => [name, exampleOf(schema)] as const);
  const further =
    typeof additionalProperties === 'object' && additionalProperties !== null ? [[MADE_UP, exampleOf(additionalProperties as Schema)] as const] : [];
  return Object.fromEntries([...members, ...further]);
}

function textOf({ format, pattern, minLength = 0, maxLength = MADE_UP.length }: Schema): string {
  const known = FORMATS[String(format)];
  if (known !== undefined) return known;
  if (pattern !== undefined) throw new Error(`no text can be made up for ${pattern}; give it one by .meta({ examples })`);
  return MADE_UP.padEnd(Number(minLength), MADE_UP).slice(0, Math.max(Number(minLength), Math.min(Number(maxLength), MADE_UP.length)));
}
