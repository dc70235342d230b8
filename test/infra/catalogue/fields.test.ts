import { expect, test } from 'vitest';
import * as z from 'zod';
import { fieldsOf } from '../../../infra/catalogue/fields.ts';

const told = (shape: z.ZodRawShape) =>
  fieldsOf(z.toJSONSchema(z.object(shape)) as Record<string, unknown>).map(({ path, when, type, bounds, required }) =>
    [path, when, type, bounds, required ? '必填' : ''].join(' | '),
  );

test.each([
  ['a text', z.string().min(1).max(80), ['x |  | 文本 | 1 至 80 个字符 | 必填']],
  ['a text of one length', z.string().length(6), ['x |  | 文本 | 6 个字符 | 必填']],
  ['a text without a most', z.string().min(1), ['x |  | 文本 | 至少 1 个字符 | 必填']],
  ['a pattern', z.string().regex(/^\d+$/), ['x |  | 文本 | 格式 ^\\d+$ | 必填']],
  ['a day', z.iso.date(), ['x |  | 日期 |  | 必填']],
  ['a whole number', z.int(), ['x |  | 整数 |  | 必填']],
  ['a number in bounds', z.int().min(2005).max(9999), ['x |  | 整数 | 2005 至 9999 | 必填']],
  ['a number above another', z.int().positive(), ['x |  | 整数 | 大于 0 | 必填']],
  ['no more than', z.number().max(3), ['x |  | 数 | 至多 3 | 必填']],
  ['yes or no, optional', z.boolean().optional(), ['x |  | 是否 |  | ']],
  ['one of a list', z.enum(['a', 'b']), ['x |  | 所列之一 | a、b | 必填']],
  ['nothing, or a text', z.string().max(9).nullable(), ['x |  | 文本 或者 空 | 至多 9 个字符 | 必填']],
  ['a list', z.array(z.string().max(9)).min(1), ['x |  | 列表：文本 | 至少 1 项；每项 至多 9 个字符 | 必填']],
  ['a list of objects', z.array(z.object({ y: z.boolean() })), ['x |  | 列表：对象 |  | 必填', 'x[].y |  | 是否 |  | 必填']],
  ['an object that may be absent, or nothing', z.object({ y: z.boolean() }).nullable().optional(), ['x |  | 对象 或者 空 |  | ', 'x.y |  | 是否 |  | 必填']],
  ['any names', z.record(z.string(), z.string().max(9)), ['x |  | 对象 |  | 必填', 'x.* |  | 文本 | 至多 9 个字符 | ']],
  [
    'alternatives by a constant',
    z.discriminatedUnion('k', [z.object({ k: z.literal('a') }), z.object({ k: z.literal('b'), y: z.array(z.number()).max(5) })]),
    ['x |  | 对象 |  | 必填', 'x.k | k=a | 所列之一 | a | 必填', 'x.k | k=b | 所列之一 | b | 必填', 'x.y | k=b | 列表：数 | 至多 5 项 | 必填'],
  ],
  [
    'alternatives by their members',
    z.union([z.strictObject({ days: z.int() }), z.strictObject({ months: z.int() })]),
    ['x |  | 对象 |  | 必填', 'x.days | days | 整数 |  | 必填', 'x.months | months | 整数 |  | 必填'],
  ],
  [
    'nothing, or one of two alternatives',
    z.union([z.object({ days: z.int() }), z.object({ months: z.int() })]).nullable(),
    ['x |  | 对象 或者 空 |  | 必填', 'x.days | days | 整数 |  | 必填', 'x.months | months | 整数 |  | 必填'],
  ],
] as const)('%s', (_, type, lines) => {
  expect(told({ x: type })).toEqual(lines);
});
