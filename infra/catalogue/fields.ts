import type * as z from 'zod';

/** A JSON Schema. */
export type Schema = Readonly<Record<string, unknown>>;

/** How schemas are told (契约): a type as JSON Schema, and a value that fits one; without the second, no page has an example. */
export interface Contracts {
  readonly schemaOf: (type: z.ZodType) => Schema;
  readonly exampleOf?: (schema: Schema) => unknown;
}

/** One line of an event's open part (字段). */
export interface Field {
  /** Such as `acts[].basis.article`. */
  readonly path: string;
  /** Of which alternatives it is a part: `kind=organ`. */
  readonly when: string;
  readonly required: boolean;
  readonly title: string;
  readonly type: string;
  readonly bounds: string;
}

/** Every field of an object's schema, depth first. */
export function fieldsOf(schema: Schema, path = '', when = ''): readonly Field[] {
  const required = new Set((schema.required ?? []) as readonly string[]);
  const members = Object.entries((schema.properties ?? {}) as Readonly<Record<string, Schema>>).flatMap(([name, inner]) =>
    fieldAt(inner, { path: path === '' ? name : `${path}.${name}`, when, required: required.has(name) }),
  );
  const further = isSchema(schema.additionalProperties) ? fieldAt(schema.additionalProperties, { path: `${path}.*`, when, required: false }) : [];
  return [...members, ...further];
}

type Place = Pick<Field, 'path' | 'when' | 'required'>;

function fieldAt(schema: Schema, place: Place): readonly Field[] {
  const title = [schema.title, schema.description].filter((text) => text !== undefined).join('：');
  return [{ ...place, title, type: typeOf(schema), bounds: boundsOf(schema) }, ...within(schema, place)];
}

/** Fields below: of each alternative, of a list's items, of the object. */
function within(schema: Schema, { path, when, required }: Place): readonly Field[] {
  const alternatives = choicesOf(schema).filter(({ type }) => type !== 'null');
  const marked = (each: Schema): string => (alternatives.length === 1 ? when : [when, markOf(each)].filter((part) => part !== '').join('，'));
  if (alternatives.length > 0) return alternatives.flatMap((each) => within(each, { path, when: marked(each), required }));
  return isSchema(schema.items) ? within(schema.items, { path: `${path}[]`, when, required }) : fieldsOf(schema, path, when);
}

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value);
const choicesOf = ({ anyOf, oneOf }: Schema): readonly Schema[] => (anyOf ?? oneOf ?? []) as readonly Schema[];

/** What tells an alternative from the others: its constants, or the names of its members. */
function markOf({ properties = {} }: Schema): string {
  const members = Object.entries(properties as Readonly<Record<string, Schema>>);
  const constants = members.filter(([, { const: value }]) => value !== undefined).map(([name, { const: value }]) => `${name}=${value}`);
  return constants.length > 0 ? constants.join('，') : members.map(([name]) => name).join('、');
}

const TYPES: Readonly<Record<string, string>> = { object: '对象', string: '文本', integer: '整数', number: '数', boolean: '是否', null: '空' };
const FORMATS: Readonly<Record<string, string>> = { date: '日期', 'date-time': '时刻' };

function typeOf(schema: Schema): string {
  const choices = choicesOf(schema);
  if (choices.length > 0) return [...new Set(choices.map(typeOf))].join(' 或者 ');
  if (schema.const !== undefined || schema.enum !== undefined) return '所列之一';
  if (schema.type === 'array') return `列表：${isSchema(schema.items) ? typeOf(schema.items) : '任意'}`;
  return FORMATS[String(schema.format)] ?? TYPES[String(schema.type)] ?? '任意';
}

/** 限制 in words; what a format says already is not said again. */
function boundsOf(schema: Schema): string {
  const { minLength, maxLength, minItems, maxItems, exclusiveMinimum, format, pattern } = schema;
  const own = [
    schema.const === undefined ? '' : String(schema.const),
    Array.isArray(schema.enum) ? schema.enum.join('、') : '',
    range(minLength, maxLength, '个字符'),
    range(minItems, maxItems, '项'),
    range(safe(schema.minimum), safe(schema.maximum), ''),
    safe(exclusiveMinimum) === undefined ? '' : `大于 ${exclusiveMinimum}`,
    pattern === undefined || format !== undefined ? '' : `格式 ${pattern}`,
  ];
  const inner = schema.type === 'array' && isSchema(schema.items) ? [each(boundsOf(schema.items))] : [];
  const choices = choicesOf(schema).map((choice) => (choice.properties === undefined ? boundsOf(choice) : ''));
  return [...new Set([...own, ...inner, ...choices])].filter((part) => part !== '').join('；');
}

const each = (bounds: string): string => (bounds === '' ? '' : `每项 ${bounds}`);
/** No bound of anybody's but of the numbers that JSON can hold exactly. */
const safe = (bound: unknown): unknown => (Math.abs(Number(bound)) === Number.MAX_SAFE_INTEGER ? undefined : bound);

function range(least: unknown, most: unknown, unit: string): string {
  if (least === undefined && most === undefined) return '';
  if (least === most) return `${least} ${unit}`.trimEnd();
  if (most === undefined) return `至少 ${least} ${unit}`.trimEnd();
  return `${least === undefined ? '至多 ' : `${least} 至 `}${most} ${unit}`.trimEnd();
}
