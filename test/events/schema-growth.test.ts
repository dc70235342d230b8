import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { Schema } from '../../infra/contracts/schema.ts';
import { brokenPromises, narrowings, refusals } from './schema-growth.ts';

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

describe('what is sent', () => {
  test.each<[string, z.ZodType, z.ZodType]>([
    ['a property that may be left out now', z.strictObject({ a: text }), z.strictObject({ a: text.optional() })],
    ['a further property that may be left out', z.strictObject({ a: text }), z.strictObject({ a: text, b: text.optional() })],
    ['what is told when it is asked', z.object({ a: text }), z.object({ a: text.nullable() })],
  ])('is not broken by %s', (_, published, present) => {
    expect(refusals(of(published), of(present))).toEqual([]);
  });

  test.each<[string, z.ZodType, z.ZodType, string]>([
    ['a property that must be there now', z.strictObject({}), z.strictObject({ a: text }), '/a: is required now'],
    ['a property that is gone', z.strictObject({ a: text.optional() }), z.strictObject({}), '/a: is gone'],
    ['a shorter text', z.strictObject({ a: text }), z.strictObject({ a: z.string().max(3) }), '/a: maxLength was lowered'],
    ['a value that is gone', z.strictObject({ a: z.enum(['x', 'y']) }), z.strictObject({ a: z.enum(['x']) }), '/a: y does not fit any more'],
  ])('is broken by %s', (_, published, present, fault) => {
    expect(refusals(of(published), of(present))).toEqual([fault]);
  });
});

describe('what is told', () => {
  const kind = (name: string, more: z.ZodRawShape = {}) => z.object({ kind: z.literal(name), ...more });
  test.each<[string, z.ZodType, z.ZodType]>([
    ['a further property', z.object({ a: text }), z.object({ a: text, b: text })],
    ['a property that is always there now', z.object({ a: text.optional() }), z.object({ a: text })],
    ['a value that is gone, or new', z.enum(['x', 'y']), z.enum(['x', 'z'])],
    ['other bounds', z.string().max(3), z.string().min(2).max(9)],
    ['null that is gone', text.nullable(), text],
    ['whole numbers alone', z.number(), z.int()],
    ['a further kind', z.union([kind('x', { a: text }), kind('y')]), z.union([kind('x', { a: text }), kind('y'), kind('z')])],
    ['a kind that is gone', z.union([kind('x', { a: text }), kind('y')]), kind('y')],
    ['anything that becomes something', z.unknown(), z.object({ a: text })],
  ])('is not broken by %s', (_, published, present) => {
    expect(brokenPromises(of(published), of(present))).toEqual([]);
  });

  test.each<[string, z.ZodType, z.ZodType, string]>([
    ['a property that is gone', z.object({ a: text, b: text }), z.object({ a: text }), '/b: is gone'],
    ['one deep inside', z.object({ a: z.array(z.object({ b: text })) }), z.object({ a: z.array(z.object({})) }), '/a/*/b: is gone'],
    ['one of a record', z.record(text, z.object({ b: text })), z.record(text, z.object({})), '/*/b: is gone'],
    ['a property that may be missing now', z.object({ a: text }), z.object({ a: text.optional() }), '/a: may be missing now'],
    ['null', z.object({ a: text }), z.object({ a: text.nullable() }), '/a: may be null now'],
    ['another type', z.object({ a: text }), z.object({ a: z.union([text, z.int()]) }), '/a: may be integer now'],
    ['numbers between whole ones', z.int(), z.number(), ': may be number now'],
    ['something that becomes anything', z.object({ a: text }), z.object({ a: z.unknown() }), '/a: may be anything now'],
    ['a kind that has less', z.union([kind('x', { a: text }), kind('y')]), z.union([kind('x'), kind('y')]), '/a: is gone'],
  ])('is broken by %s', (_, published, present, fault) => {
    expect(brokenPromises(of(published), of(present))).toEqual([fault]);
  });
});
