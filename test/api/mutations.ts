import * as z from 'zod';
import { jsonPointer } from '../../functions/kernel/problem.ts';

type Schema = Readonly<Record<string, unknown>>;
type Path = readonly (string | number)[];

/** A body with one fault (有误的请求体), and the pointers of which the answer must name one. */
export interface Mutation {
  readonly name: string;
  readonly body: unknown;
  readonly pointers: readonly string[];
}

/** Stands in what is submitted and may stand in no answer. */
export const ECHO = 'Zq9x7虚构回声';

const WRONG: readonly (readonly [type: string, value: unknown])[] = [
  ['null', null],
  ['boolean', true],
  ['number', 123456789.5],
  ['string', ECHO],
  ['array', [ECHO]],
  ['object', { [ECHO]: ECHO }],
];

const typeOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

/** The branch of a union that a value takes. */
function branchOf(schema: Schema, value: unknown): Schema {
  const branches = (schema.anyOf ?? schema.oneOf) as readonly Schema[] | undefined;
  if (!branches) return schema;
  const fits = (each: Schema): boolean => {
    const branch = branchOf(each, value);
    if (branch.const !== undefined) return branch.const === value;
    if (branch.type !== typeOf(value)) return false;
    return Object.entries((branch.properties ?? {}) as Record<string, Schema>).every(
      ([key, own]) => own.const === undefined || own.const === (value as Record<string, unknown>)[key],
    );
  };
  const found = branches.find(fits);
  if (!found) throw new Error(`a sample takes no branch of ${JSON.stringify(schema).slice(0, 200)}`);
  return branchOf(found, value);
}

const typesOf = (schema: Schema): readonly string[] => {
  const branches = (schema.anyOf ?? schema.oneOf) as readonly Schema[] | undefined;
  if (branches) return branches.flatMap(typesOf);
  if (schema.const !== undefined) return [typeOf(schema.const)];
  const type = schema.type === 'integer' ? 'number' : (schema.type as string | undefined);
  if (type === undefined) throw new Error(`a field without a type: ${JSON.stringify(schema)}`);
  return [type];
};

const replaced = (body: unknown, [first, ...rest]: Path, value: unknown): unknown => {
  if (first === undefined) return value;
  if (Array.isArray(body)) return body.map((each, at) => (at === first ? replaced(each, rest, value) : each));
  return { ...(body as object), [first]: replaced((body as Record<string | number, unknown>)[first], rest, value) };
};

const without = (body: unknown, path: Path, key: string): unknown => {
  const at = path.reduce((value: unknown, part) => (value as Record<string | number, unknown>)[part], body) as Record<string, unknown>;
  const { [key]: _, ...rest } = at;
  return replaced(body, path, rest);
};

/** A body of that value at a pointer. */
export const at = (body: unknown, pointer: string, value: unknown): unknown =>
  replaced(
    body,
    pointer
      .slice(1)
      .split('/')
      .map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
    value,
  );

/** Every fault that a schema can see, at every place of a sample: wrong types, missing and unknown fields, over-long texts and lists. */
export function mutationsOf(input: z.ZodType, sample: unknown): readonly Mutation[] {
  const found: Mutation[] = [];
  const walk = (schema: Schema, value: unknown, path: Path): void => {
    const place = jsonPointer(path) || 'the body';
    const own = [jsonPointer(path)];
    const types = typesOf(schema);
    for (const [type, wrong] of WRONG) {
      if (!types.includes(type)) found.push({ name: `${type} at ${place}`, body: replaced(sample, path, wrong), pointers: own });
    }
    const branch = branchOf(schema, value);
    if (typeof value === 'string') found.push({ name: `over-long text at ${place}`, body: replaced(sample, path, ECHO.repeat(4000)), pointers: own });
    if (typeof value === 'number') {
      for (const wrong of [-1, 0.5, 1e15]) found.push({ name: `${wrong} at ${place}`, body: replaced(sample, path, wrong), pointers: own });
    }
    if (Array.isArray(value)) {
      const many = Array.from({ length: 300 }, () => value[0]);
      found.push({ name: `over-long list at ${place}`, body: replaced(sample, path, many), pointers: own });
      for (const [index, each] of value.entries()) walk(branch.items as Schema, each, [...path, index]);
    } else if (typeof value === 'object' && value !== null) {
      found.push({
        name: `unknown field in ${place}`,
        body: replaced(sample, path, { ...value, madeUnknownField: ECHO }),
        pointers: [jsonPointer([...path, 'madeUnknownField'])],
      });
      const properties = branch.properties as Record<string, Schema>;
      for (const key of (branch.required ?? []) as string[]) {
        const discriminates = schema !== branch && properties[key]?.const !== undefined;
        const pointers = [jsonPointer([...path, key]), ...(discriminates ? own : [])];
        found.push({ name: `no ${key} in ${place}`, body: without(sample, path, key), pointers });
      }
      for (const [key, each] of Object.entries(value)) walk(properties[key] as Schema, each, [...path, key]);
    }
  };
  walk(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as Schema, sample, []);
  return found;
}
