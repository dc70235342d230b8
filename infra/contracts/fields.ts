import { escaped } from '../../functions/kernel/page.ts';
import { isSchema, type Schema } from './schema.ts';

/** One line of a table of fields (字段表). */
interface Field {
  readonly path: string;
  readonly title: string;
  readonly required: boolean;
  readonly type: string;
  /** Begins one of several forms that the field can have. */
  readonly begins?: true;
}

/**
 * The table of a schema's fields as markup: path, Chinese title, whether it must be there, type with its bounds.
 *
 * @param must what stands beside a field that must be there: of what is sent, or of what is told
 */
export function fieldsTable(schema: Schema, must: '必填' | '必有'): string {
  const rows = fieldsOf(schema, '').map(({ path, title, required, type, begins }) => {
    if (begins) return `<tr><td colspan="4" class="form">${pathOf(path)} ${escaped(title)}</td></tr>`;
    return `<tr><td>${pathOf(path)}</td><td>${escaped(title)}</td><td>${required ? must : ''}</td><td>${escaped(type)}</td></tr>`;
  });
  return rows.length === 0 ? '' : `<table><thead><tr><th>项</th><th>名称</th><th></th><th>类型</th></tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table>`;
}

/** May break between its parts, and nowhere else. */
const pathOf = (path: string): string => `<code>${escaped(path).replaceAll('.', '.<wbr>')}</code>`;

function fieldsOf(schema: Schema, at: string): readonly Field[] {
  const required = new Set(schema.required as readonly string[] | undefined);
  const own = Object.entries((schema.properties ?? {}) as Record<string, Schema>).flatMap(([name, one]) => {
    const path = at === '' ? name : `${at}.${name}`;
    return [{ path, title: String(one.title ?? ''), required: required.has(name), type: typeOf(one) }, ...fieldsOf(one, path)];
  });
  const inner = isSchema(schema.items) ? fieldsOf(schema.items, `${at}[]`) : [];
  const further = isSchema(schema.additionalProperties) ? fieldsOf(schema.additionalProperties, `${at}.*`) : [];
  return [...own, ...inner, ...further, ...objectsOf(schema).flatMap((one, index, { length }) => alternativeOf(one, at, index, length))];
}

const alternativesOf = (schema: Schema): readonly Schema[] => (schema.anyOf ?? schema.oneOf ?? []) as readonly Schema[];
const objectsOf = (schema: Schema): readonly Schema[] => alternativesOf(schema).filter((one) => fieldsOf(one, '').length > 0);

const alternativeOf = (one: Schema, at: string, index: number, of: number): readonly Field[] => [
  ...(of > 1
    ? [{ path: at, title: `第 ${index + 1} 种${one.title === undefined ? '' : `：${String(one.title)}`}`, required: false, type: '', begins: true as const }]
    : []),
  ...fieldsOf(one, at),
];

const TYPES: Readonly<Record<string, string>> = {
  string: '文字',
  integer: '整数',
  number: '数',
  boolean: 'true 或者 false',
  object: '一组',
  array: '列表',
  null: 'null',
};
const FORMATS: Readonly<Record<string, string>> = { date: '日期', 'date-time': '时间', uri: 'URI' };

/** Type and bounds in words. */
export function typeOf(schema: Schema): string {
  const { description } = schema;
  const said = valuesOf(schema) ?? [kindOf(schema), boundsOf(schema)].filter(Boolean).join('，');
  // The words of enumerated values tell them too.
  if (schema.enum !== undefined && description !== undefined) return String(description).replaceAll('；', '\n');
  return [said, description].filter(Boolean).join('；');
}

function valuesOf(schema: Schema): string | undefined {
  if ('const' in schema) return `固定为 ${String(schema.const)}`;
  return Array.isArray(schema.enum) ? schema.enum.join('；') : undefined;
}

function kindOf(schema: Schema): string {
  const alternatives = alternativesOf(schema);
  if (alternatives.length > 0) return [...new Set(alternatives.map(typeOf))].join(' 或者 ');
  if (isSchema(schema.items)) return `列表，每项为${typeOf(schema.items)}`;
  const types = Array.isArray(schema.type) ? (schema.type as readonly string[]) : [String(schema.type ?? '')];
  return types.map((type) => (type === 'string' ? (FORMATS[String(schema.format)] ?? TYPES.string) : (TYPES[type] ?? '任意'))).join(' 或者 ');
}

const range = (least: unknown, most: unknown, unit: string): string => {
  if (least === undefined && most === undefined) return '';
  if (least === undefined) return `至多 ${String(most)}${unit}`;
  return most === undefined ? `至少 ${String(least)}${unit}` : `${String(least)} 至 ${String(most)}${unit}`;
};

const boundsOf = (schema: Schema): string =>
  [
    range(schema.minLength, schema.maxLength, ' 字'),
    range(schema.minItems, schema.maxItems, ' 项'),
    range(schema.minimum, schema.maximum, ''),
    schema.pattern === undefined ? '' : `格式 ${String(schema.pattern)}`,
  ]
    .filter(Boolean)
    .join('，');
