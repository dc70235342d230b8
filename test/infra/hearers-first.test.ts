import { expect, test } from 'vitest';
import type { InContext } from '../../infra/deployed.ts';
import { hearersFirst } from '../../infra/hearers-first.ts';

const query = (context: string) => ({ kind: 'query', name: `${context}/made` }) as unknown as InContext;
const hearing = (context: string, ...spoken: string[]) =>
  ({ kind: 'reaction', name: `${context}/made`, reaction: { hears: spoken.map((each) => ({ context: each })) } }) as unknown as InContext;

/** [what it is, functions, those before each context]. */
const ORDERS: readonly (readonly [string, readonly InContext[], Record<string, readonly string[]>])[] = [
  ['no one hears anyone', [query('a'), query('b')], { a: [], b: [] }],
  ['a chain', [query('a'), hearing('b', 'a'), hearing('c', 'b')], { a: ['b'], b: ['c'], c: [] }],
  ['two who hear one', [query('a'), hearing('c', 'a'), hearing('b', 'a')], { a: ['b', 'c'], b: [], c: [] }],
  ['who hears itself', [hearing('a', 'a')], { a: [] }],
  ['a circle, and who speaks to it', [hearing('a', 'b', 'd'), hearing('b', 'c'), hearing('c', 'a'), query('d')], { a: [], b: [], c: [], d: ['a'] }],
  ['a circle, and who hears it', [hearing('a', 'b'), hearing('b', 'a'), hearing('c', 'a')], { a: ['c'], b: [], c: [] }],
  ['who hears a context without functions', [hearing('a', 'elsewhere')], { a: [] }],
];

test.each(ORDERS)('%s', (_, deployed, before) => {
  expect(Object.fromEntries(hearersFirst(deployed))).toEqual(before);
});
