import * as fc from 'fast-check';
import type { Schema } from './schema-growth.ts';

const FORMATS: Readonly<Record<string, string>> = { date: '2026-03-02', 'date-time': '2026-03-02T01:00:00.000Z' };
/** Long enough for most texts, and visibly made up. */
const MADE_UP = '虚构文字';

/** A value that fits a schema (示例): every property is there, the first of the alternatives, the least of what is counted; the same every time. */
export function exampleOf(schema: Schema): unknown {
  if ('const' in schema) return schema.const;
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
  if (typeof pattern === 'string') return fc.sample(fc.stringMatching(new RegExp(pattern)), { seed: 1, numRuns: 1 })[0] ?? '';
  return MADE_UP.padEnd(Number(minLength), MADE_UP).slice(0, Math.max(Number(minLength), Math.min(Number(maxLength), MADE_UP.length)));
}
