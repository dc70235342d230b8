import { expect, test } from 'vitest';
import * as z from 'zod';
import { droppedKeys } from '../../functions/kernel/dropped-keys.ts';
import { MAX_ERRORS } from '../../functions/kernel/problem.ts';

const schema = z.strictObject({
  list: z.array(z.union([z.object({ a: z.string().trim() }), z.object({ b: z.number().default(1) })])),
  map: z.record(z.string(), z.string()).optional(),
});
const dropped = (given: unknown) => droppedKeys(given, schema.parse(given)).map(({ pointer }) => pointer);

test('what a schema leaves out is told by its pointer, at any depth', () => {
  expect(dropped({ list: [{ a: 'x' }, { a: 'x', 'o/ther': 1 }, { b: 2, c: 3 }] })).toEqual(['/list/1/o~1ther', '/list/2/c']);
});

test('what it keeps, trims or completes is no fault, nor are the keys of a map', () => {
  expect(dropped({ list: [{ a: ' x ' }, {}], map: { any: 'x' } })).toEqual([]);
});

test('a key of the prototype counts as unknown', () => {
  expect(dropped({ list: [{ a: 'x', constructor: 1, toString: 2 }] })).toEqual(['/list/0/constructor', '/list/0/toString']);
});

test('no more are told than any problem tells', () => {
  expect(dropped({ list: [{ a: 'x', ...Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`k${at}`, 1])) }] })).toHaveLength(MAX_ERRORS);
});
