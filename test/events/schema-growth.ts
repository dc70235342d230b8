import { isDeepStrictEqual } from 'node:util';
import type { Schema } from '../../infra/contracts/schema.ts';

/** Say nothing about which values fit. */
export const ANNOTATIONS = new Set(['$schema', 'title', 'description', 'readOnly', 'default', 'examples', 'id']);
/** A greater value lets less through. */
const LOWER_BOUNDS = ['minLength', 'minItems', 'minimum', 'exclusiveMinimum', 'minProperties'];
/** A smaller value lets less through. */
const UPPER_BOUNDS = ['maxLength', 'maxItems', 'maximum', 'exclusiveMaximum', 'maxProperties'];
const COMPARED = new Set([
  ...LOWER_BOUNDS,
  ...UPPER_BOUNDS,
  ...['type', 'enum', 'const', 'pattern', 'format', 'properties', 'required', 'additionalProperties', 'items', 'propertyNames', 'anyOf', 'oneOf'],
]);

/**
 * What a published schema let through, or promised, and the present one does not (模式只增不减): by place. Nothing where it has only grown:
 * new optional properties, further values and alternatives, wider bounds.
 */
export function narrowings(published: Schema, present: Schema, at = ''): readonly string[] {
  const before = alternatives(published);
  const after = alternatives(present);
  if (before.length === 1 && after.length === 1) return ofOne(before[0] as Schema, after[0] as Schema, at);
  return before.flatMap((one, index) => {
    if (after.some((other) => ofOne(one, other, at).length === 0)) return [];
    return after.length === 1 ? ofOne(one, after[0] as Schema, at) : [`${at}: alternative ${index} is gone or narrower`];
  });
}

function alternatives(schema: Schema): readonly Schema[] {
  if (Array.isArray(schema.type)) return schema.type.map((type: unknown) => ({ ...schema, type }));
  return (schema.anyOf ?? schema.oneOf ?? [schema]) as readonly Schema[];
}

function ofOne(published: Schema, present: Schema, at: string): readonly string[] {
  return [
    ...values(published, present, at),
    ...bounds(published, present, at),
    ...members(published, present, at),
    ...['items', 'propertyNames'].flatMap((keyword) => {
      const inner = present[keyword] as Schema | undefined;
      return inner ? narrowings((published[keyword] ?? {}) as Schema, inner, `${at}/*`) : [];
    }),
    ...Object.keys({ ...published, ...present })
      .filter((keyword) => !COMPARED.has(keyword) && !ANNOTATIONS.has(keyword) && !isDeepStrictEqual(published[keyword], present[keyword]))
      .map((keyword) => `${at}: ${keyword} differs, and nobody taught the comparison what that means`),
  ];
}

function values(published: Schema, present: Schema, at: string): readonly string[] {
  const faults: string[] = [];
  const [before, after] = [published.type, present.type];
  if (after !== undefined && after !== before && !(before === 'integer' && after === 'number'))
    faults.push(`${at}: ${String(before)} has become ${String(after)}`);
  const allowed = valuesOf(present);
  const known = valuesOf(published);
  if (allowed && !known) faults.push(`${at}: only some values fit now`);
  for (const value of known ?? []) if (allowed && !allowed.includes(value)) faults.push(`${at}: ${String(value)} does not fit any more`);
  for (const keyword of ['pattern', 'format']) {
    if (present[keyword] !== undefined && present[keyword] !== published[keyword]) faults.push(`${at}: another ${keyword}`);
  }
  return faults;
}

const valuesOf = (schema: Schema): readonly unknown[] | undefined => ('const' in schema ? [schema.const] : (schema.enum as readonly unknown[] | undefined));

const bounds = (published: Schema, present: Schema, at: string): readonly string[] => [
  ...LOWER_BOUNDS.filter((keyword) => Number(present[keyword] ?? Number.NEGATIVE_INFINITY) > Number(published[keyword] ?? Number.NEGATIVE_INFINITY)).map(
    (keyword) => `${at}: ${keyword} was raised`,
  ),
  ...UPPER_BOUNDS.filter((keyword) => Number(present[keyword] ?? Number.POSITIVE_INFINITY) < Number(published[keyword] ?? Number.POSITIVE_INFINITY)).map(
    (keyword) => `${at}: ${keyword} was lowered`,
  ),
];

function members(published: Schema, present: Schema, at: string): readonly string[] {
  const before = (published.properties ?? {}) as Record<string, Schema>;
  const after = (present.properties ?? {}) as Record<string, Schema>;
  const [wasRequired, isRequired] = [published, present].map(({ required }) => new Set(required as readonly string[] | undefined)) as [
    Set<string>,
    Set<string>,
  ];
  const [open, stillOpen] = [published.additionalProperties ?? true, present.additionalProperties ?? true];
  return [
    ...Object.keys(before)
      .filter((name) => !(name in after))
      .map((name) => `${at}/${name}: is gone`),
    ...Object.entries(after).flatMap(([name, schema]) => (before[name] ? narrowings(before[name], schema, `${at}/${name}`) : [])),
    ...[...isRequired].filter((name) => !wasRequired.has(name)).map((name) => `${at}/${name}: is required now`),
    ...[...wasRequired].filter((name) => name in after && !isRequired.has(name)).map((name) => `${at}/${name}: may be missing now`),
    ...(stillOpen === false && open !== false ? [`${at}: takes no further properties now`] : []),
    ...(typeof stillOpen === 'object' ? narrowings(open === true ? {} : (open as Schema), stillOpen as Schema, `${at}/*`) : []),
  ];
}
