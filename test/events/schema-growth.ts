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

/** Whether what was always there must stay so, beside all that was let through. */
type Promised = boolean;

/**
 * What a published schema let through, or promised, and the present one does not (模式只增不减): by place. Nothing where it has only grown:
 * new optional properties, further values and alternatives, wider bounds.
 */
export const narrowings = (published: Schema, present: Schema, at = ''): readonly string[] => compared(published, present, at, true);

/** What a published schema let through and the present one refuses: what breaks whoever sends it. */
export const refusals = (published: Schema, present: Schema, at = ''): readonly string[] => compared(published, present, at, false);

function compared(published: Schema, present: Schema, at: string, promised: Promised): readonly string[] {
  const before = alternatives(published);
  const after = alternatives(present);
  if (before.length === 1 && after.length === 1) return ofOne(before[0] as Schema, after[0] as Schema, at, promised);
  return before.flatMap((one, index) => {
    if (after.some((other) => ofOne(one, other, at, promised).length === 0)) return [];
    return after.length === 1 ? ofOne(one, after[0] as Schema, at, promised) : [`${at}: alternative ${index} is gone or narrower`];
  });
}

function alternatives(schema: Schema): readonly Schema[] {
  if (Array.isArray(schema.type)) return schema.type.map((type: unknown) => ({ ...schema, type }));
  return (schema.anyOf ?? schema.oneOf ?? [schema]) as readonly Schema[];
}

function ofOne(published: Schema, present: Schema, at: string, promised: Promised): readonly string[] {
  return [
    ...values(published, present, at),
    ...bounds(published, present, at),
    ...members(published, present, at, promised),
    ...['items', 'propertyNames'].flatMap((keyword) => {
      const inner = present[keyword] as Schema | undefined;
      return inner ? compared((published[keyword] ?? {}) as Schema, inner, `${at}/*`, promised) : [];
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

function members(published: Schema, present: Schema, at: string, promised: Promised): readonly string[] {
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
    ...Object.entries(after).flatMap(([name, schema]) => (before[name] ? compared(before[name], schema, `${at}/${name}`, promised) : [])),
    ...[...isRequired].filter((name) => !wasRequired.has(name)).map((name) => `${at}/${name}: is required now`),
    ...[...wasRequired].filter((name) => promised && name in after && !isRequired.has(name)).map((name) => `${at}/${name}: may be missing now`),
    ...(stillOpen === false && open !== false ? [`${at}: takes no further properties now`] : []),
    ...(typeof stillOpen === 'object' ? compared(open === true ? {} : (open as Schema), stillOpen as Schema, `${at}/*`, promised) : []),
  ];
}

/**
 * What a published schema promised to whoever reads it, and the present one does not: a property that is gone, or may be missing now, another
 * type of value. Further properties and values break nobody, nor do other bounds; nor does a further kind of thing, told apart by a constant.
 */
export function brokenPromises(published: Schema, present: Schema, at = ''): readonly string[] {
  const before = alternatives(published);
  return alternatives(present).flatMap((one) => {
    const same = before.filter((other) => isOfType(one, other.type));
    if (same.length === 0) return [`${at}: may be ${String(one.type ?? 'anything')} now`];
    const faults = same.filter((other) => !toldApart(other, one)).map((other) => brokenMembers(other, one, at));
    return faults.toSorted((a, b) => a.length - b.length)[0] ?? [];
  });
}

const isOfType = ({ type }: Schema, published: unknown): boolean =>
  published === undefined || type === published || (type === 'integer' && published === 'number');

const propertiesOf = (schema: Schema) => (schema.properties ?? {}) as Readonly<Record<string, Schema>>;

/** Two things of one type whose constants differ. */
const toldApart = (one: Schema, other: Schema): boolean =>
  Object.entries(propertiesOf(one)).some(([name, { const: value }]) => {
    const theirs = propertiesOf(other)[name]?.const;
    return value !== undefined && theirs !== undefined && value !== theirs;
  });

function brokenMembers(published: Schema, present: Schema, at: string): readonly string[] {
  const after = propertiesOf(present);
  const [was, is] = [published, present].map(({ required = [] }) => required as readonly string[]) as [readonly string[], readonly string[]];
  const inner = (['items', 'additionalProperties'] as const).flatMap((keyword) => {
    const [before, now] = [published[keyword], present[keyword]];
    return typeof before === 'object' && typeof now === 'object' ? brokenPromises(before as Schema, now as Schema, `${at}/*`) : [];
  });
  return [
    ...Object.entries(propertiesOf(published)).flatMap(([name, schema]) =>
      after[name] ? brokenPromises(schema, after[name], `${at}/${name}`) : [`${at}/${name}: is gone`],
    ),
    ...was.filter((name) => name in after && !is.includes(name)).map((name) => `${at}/${name}: may be missing now`),
    ...inner,
  ];
}
