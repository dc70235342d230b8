import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { Schema } from '../../infra/contracts/schema.ts';
import { narrowings } from './schema-growth.ts';

const of = (schema: z.ZodType): Schema => z.toJSONSchema(schema, { io: 'input' });
const compare = (published: z.ZodType, present: z.ZodType) => narrowings(of(published), of(present));
const text = z.string();

describe('a schema has only grown', () => {
  test.each<[string, z.ZodType, z.ZodType]>([
    ['when nothing changed', z.object({ a: text }), z.object({ a: text })],
    ['by an optional property', z.object({ a: text }), z.object({ a: text, b: text.optional() })],
    [
      'by an optional property deep inside',
      z.object({ a: z.array(z.object({ b: text })) }),
      z.object({ a: z.array(z.object({ b: text, c: text.optional() })) }),
    ],
    ['by a further value', z.enum(['a', 'b']), z.enum(['a', 'b', 'c'])],
    ['from one value to several', z.literal('a'), z.enum(['a', 'b'])],
    ['by a further alternative', z.union([text, z.null()]), z.union([text, z.null(), z.int()])],
    ['into alternatives', z.object({ a: text }), z.object({ a: text.nullable() })],
    ['by wider bounds', z.string().min(2).max(4), z.string().min(1).max(5)],
    ['by a bound that fell away', z.array(text).max(3), z.array(text)],
    ['by a pattern that fell away', z.string().regex(/^a$/), text],
    ['from whole numbers to numbers', z.int(), z.number()],
    ['to further properties', z.strictObject({ a: text }), z.object({ a: text })],
    ['in what it says of itself', text.meta({ title: '一' }), text.meta({ title: '二' })],
    ['by an alternative that grew', z.union([z.object({ a: text }), z.null()]), z.union([z.object({ a: text, b: text.optional() }), z.null()])],
  ])('%s', (_, published, present) => {
    expect(compare(published, present)).toEqual([]);
  });
});

describe('a schema has lost something', () => {
  test.each<[string, z.ZodType, z.ZodType, string]>([
    ['a property', z.object({ a: text, b: text }), z.object({ a: text }), '/b: is gone'],
    ['a property deep inside', z.object({ a: z.array(z.object({ b: text })) }), z.object({ a: z.array(z.object({})) }), '/a/*/b: is gone'],
    ['that a property may be missing', z.object({ a: text.optional() }), z.object({ a: text }), '/a: is required now'],
    ['by a new property that is required', z.object({}), z.object({ a: text }), '/a: is required now'],
    ['that a property is always there', z.object({ a: text }), z.object({ a: text.optional() }), '/a: may be missing now'],
    ['its type', z.object({ a: text }), z.object({ a: z.int() }), '/a: string has become integer'],
    ['numbers between whole ones', z.number(), z.int(), ': number has become integer'],
    ['a value', z.enum(['a', 'b']), z.enum(['b', 'c']), ': a does not fit any more'],
    ['all values but some', text, z.enum(['a']), ': only some values fit now'],
    ['an alternative', z.union([text, z.int()]), text, ': integer has become string'],
    ['one of three alternatives', z.union([text, z.int(), z.null()]), z.union([text, z.int()]), ': alternative 2 is gone or narrower'],
    ['length', z.string().max(5), z.string().max(4), ': maxLength was lowered'],
    ['shortness', text, z.string().min(1), ': minLength was raised'],
    ['items', z.array(text), z.array(text).max(3), ': maxItems was lowered'],
    ['by a pattern', text, z.string().regex(/^a$/), ': another pattern'],
    ['by another pattern', z.string().regex(/^b$/), z.string().regex(/^a$/), ': another pattern'],
    ['further properties', z.object({ a: text }), z.strictObject({ a: text }), ': takes no further properties now'],
    ['what stands in a record', z.record(text, text), z.record(text, z.string().max(3)), '/*: maxLength was lowered'],
  ])('%s', (_, published, present, fault) => {
    expect(compare(published, present)).toContain(fault);
  });

  test('or changed in a way that nobody foresaw', () => {
    expect(narrowings({ type: 'string' }, { type: 'string', contentEncoding: 'base64' })).toEqual([
      ': contentEncoding differs, and nobody taught the comparison what that means',
    ]);
  });
});
