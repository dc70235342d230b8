import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compilePattern, InvalidPattern, matches, validatePattern } from '../../infra/local/event-pattern.ts';

/** One field's alternatives against one value: [alternatives, value, whether it matches]. */
const VALUES: Readonly<Record<string, readonly (readonly [unknown[], unknown, boolean])[]>> = {
  'exact: a text is itself and no other': [
    [['running'], 'running', true],
    [['running'], 'Running', false],
    [['running'], 'running ', false],
    [['a', 'b'], 'b', true],
    [[''], '', true],
    [[''], null, false],
    [['1'], 1, false],
    [['true'], true, false],
    [['司法鉴定'], '司法鉴定', true],
  ],
  'exact: numbers as numbers, to six digits after the point': [
    [[300], 300.0, true],
    [[300], 3.0e2, true],
    [[300], '300', false],
    [[0.1], 0.1000001, true],
    [[0.1], 0.100001, false],
    [[123456789012], 123456789012, true],
    [[123456789012], 123456789013, false],
    [[0], false, false],
  ],
  'exact: true, false and null': [
    [[true], true, true],
    [[true], false, false],
    [[false], false, true],
    [[false], null, false],
    [[null], null, true],
    [[null], undefined, false],
    [[null], '', false],
  ],
  prefix: [
    [[{ prefix: 'us-' }], 'us-east-1', true],
    [[{ prefix: 'us-' }], 'US-east-1', false],
    [[{ prefix: 'us-' }], 'us', false],
    [[{ prefix: '1' }], 12, false],
    [[{ prefix: '' }], 'any text', true],
    [[{ prefix: '' }], 1, false],
    [[{ prefix: { 'equals-ignore-case': 'EventB' } }], 'eVENTbridge', true],
    [[{ prefix: { 'equals-ignore-case': 'EventB' } }], 'theEventB', false],
  ],
  suffix: [
    [[{ suffix: '.png' }], 'a.png', true],
    [[{ suffix: '.png' }], 'a.PNG', false],
    [[{ suffix: '.png' }], 'png', false],
    [[{ suffix: '2' }], 12, false],
    [[{ suffix: { 'equals-ignore-case': 'tBridge' } }], 'EventBRIDGE', true],
    [[{ suffix: { 'equals-ignore-case': 'tBridge' } }], 'EventBridges', false],
  ],
  'equals-ignore-case': [
    [[{ 'equals-ignore-case': 'alice' }], 'ALICE', true],
    [[{ 'equals-ignore-case': 'ALICE' }], 'Alice', true],
    [[{ 'equals-ignore-case': 'alice' }], 'alic', false],
    [[{ 'equals-ignore-case': '1' }], 1, false],
  ],
  'anything-but a value': [
    [[{ 'anything-but': 'initializing' }], 'running', true],
    [[{ 'anything-but': 'initializing' }], 'initializing', false],
    [[{ 'anything-but': 'initializing' }], 'Initializing', true],
    [[{ 'anything-but': 'initializing' }], undefined, false],
    [[{ 'anything-but': 'initializing' }], null, true],
    [[{ 'anything-but': 'initializing' }], 5, true],
    [[{ 'anything-but': 123 }], 123.0, false],
    [[{ 'anything-but': 123 }], 124, true],
    [[{ 'anything-but': 123 }], '123', true],
  ],
  'anything-but a list': [
    [[{ 'anything-but': ['stopped', 'overloaded'] }], 'overloaded', false],
    [[{ 'anything-but': ['stopped', 'overloaded'] }], 'running', true],
    [[{ 'anything-but': [100, 200] }], 200, false],
    [[{ 'anything-but': [100, 200] }], 150, true],
  ],
  'anything-but with an operator': [
    [[{ 'anything-but': { prefix: 'init' } }], 'initial', false],
    [[{ 'anything-but': { prefix: 'init' } }], 'stopped', true],
    [[{ 'anything-but': { prefix: 'init' } }], 5, true],
    [[{ 'anything-but': { prefix: ['init', 'stop'] } }], 'stopped', false],
    [[{ 'anything-but': { prefix: ['init', 'stop'] } }], 'running', true],
    [[{ 'anything-but': { suffix: '.png' } }], 'a.png', false],
    [[{ 'anything-but': { suffix: ['.png', '.jpg'] } }], 'a.jpg', false],
    [[{ 'anything-but': { suffix: ['.png', '.jpg'] } }], 'a.pdf', true],
    [[{ 'anything-but': { 'equals-ignore-case': 'initializing' } }], 'INITIALIZING', false],
    [[{ 'anything-but': { 'equals-ignore-case': ['a', 'b'] } }], 'B', false],
    [[{ 'anything-but': { 'equals-ignore-case': ['a', 'b'] } }], 'C', true],
    [[{ 'anything-but': { wildcard: '*/lib/*' } }], '/usr/lib/x', false],
    [[{ 'anything-but': { wildcard: '*/lib/*' } }], '/usr/bin/x', true],
    [[{ 'anything-but': { wildcard: ['*/lib/*', '*/bin/*'] } }], '/usr/bin/x', false],
  ],
  numeric: [
    [[{ numeric: ['=', 301.8] }], 3.018e2, true],
    [[{ numeric: ['=', 5] }], 6, false],
    [[{ numeric: ['<', 10] }], 9.999999, true],
    [[{ numeric: ['<', 10] }], 10, false],
    [[{ numeric: ['<=', 10] }], 10, true],
    [[{ numeric: ['<=', 10] }], 10.000001, false],
    [[{ numeric: ['>', 0] }], 0, false],
    [[{ numeric: ['>', 0] }], 0.000001, true],
    [[{ numeric: ['>=', 0] }], 0, true],
    [[{ numeric: ['>=', 0] }], -0.000001, false],
    [[{ numeric: ['>', 10, '<=', 20] }], 10, false],
    [[{ numeric: ['>', 10, '<=', 20] }], 20, true],
    [[{ numeric: ['>=', 10, '<', 20] }], 10, true],
    [[{ numeric: ['>=', 10, '<', 20] }], 20, false],
    [[{ numeric: ['<=', 5e9] }], 5e9, true],
    [[{ numeric: ['>=', -5e9] }], -5e9, true],
    [[{ numeric: ['>=', 0] }], 5_000_000_001, false],
    [[{ numeric: ['>', 0] }], '5', false],
  ],
  exists: [
    [[{ exists: true }], 0, true],
    [[{ exists: true }], null, true],
    [[{ exists: true }], undefined, false],
    [[{ exists: true }], { inner: 1 }, false],
    [[{ exists: true }], [], false],
    [[{ exists: true }], [1], true],
    [[{ exists: false }], undefined, true],
    [[{ exists: false }], null, false],
    [[{ exists: false }], { inner: 1 }, true],
    [[{ exists: false }], [], true],
    [[{ exists: false }, 'a'], 'a', true],
    [[{ exists: false }, 'a'], 'b', false],
    [[{ exists: false }, 'a'], undefined, true],
  ],
  wildcard: [
    [[{ wildcard: 'dir/*.png' }], 'dir/sub/a.png', true],
    [[{ wildcard: 'dir/*.png' }], 'dir/.png', true],
    [[{ wildcard: 'dir/*.png' }], 'dir/a.jpg', false],
    [[{ wildcard: '*' }], '', true],
    [[{ wildcard: '*' }], 1, false],
    [[{ wildcard: 'plain' }], 'plain', true],
    [[{ wildcard: 'plain' }], 'plainer', false],
    [[{ wildcard: 'a*b*a' }], 'aba', true],
    [[{ wildcard: 'a*a' }], 'a', false],
    [[{ wildcard: 'a*b*a' }], 'acba', true],
    [[{ wildcard: 'a*bc*c' }], 'abc', false],
    [[{ wildcard: 'a\\*b' }], 'a*b', true],
    [[{ wildcard: 'a\\*b' }], 'axb', false],
    [[{ wildcard: 'a\\\\*' }], 'a\\x', true],
    [[{ wildcard: 'a?' }], 'ab', false],
    [[{ wildcard: 'a.*' }], 'ab', false],
    [[{ wildcard: '*\\**' }], 'x*y', true],
    [[{ wildcard: '*\\**' }], 'xy', false],
  ],
  cidr: [
    [[{ cidr: '10.0.0.0/24' }], '10.0.0.255', true],
    [[{ cidr: '10.0.0.0/24' }], '10.0.1.0', false],
    [[{ cidr: '10.0.0.77/24' }], '10.0.0.1', true],
    [[{ cidr: '10.0.0.0/31' }], '10.0.0.1', true],
    [[{ cidr: '10.0.0.0/31' }], '10.0.0.2', false],
    [[{ cidr: '0.0.0.0/0' }], '203.0.113.9', true],
    [[{ cidr: '0.0.0.0/0' }], '2001:db8::1', false],
    [[{ cidr: '0.0.0.0/0' }], '::ffff:cb00:7109', false],
    [[{ cidr: '10.0.0.0/8' }], '10.0.0', false],
    [[{ cidr: '10.0.0.0/8' }], 10, false],
    [[{ cidr: '2001:db8::/32' }], '2001:DB8:0:0:1::9', true],
    [[{ cidr: '2001:db8::/32' }], '2001:db9::', false],
    [[{ cidr: '2001:db8::/127' }], '2001:db8::2', false],
    [[{ cidr: '2001:db8::/32' }], '10.0.0.1', false],
  ],
  'an array in the event: any element': [
    [['b'], ['a', 'b'], true],
    [['c'], ['a', 'b'], false],
    [['a'], [], false],
    [['a'], [['x'], ['a']], true],
    [['a'], [{ a: 'a' }], false],
    [['a'], [{ a: 'x' }, 'a'], true],
    [[{ 'anything-but': 'a' }], ['a', 'b'], true],
    [[{ 'anything-but': 'a' }], ['a'], false],
    [[{ 'anything-but': 'a' }], [], false],
  ],
};

describe.each(Object.entries(VALUES))('%s', (_, cases) => {
  test.each(cases)('%j against %j: %s', (alternatives, value, expected) => {
    expect(matches({ detail: { field: alternatives } }, { detail: value === undefined ? {} : { field: value } })).toBe(expected);
  });
});

/** Whole patterns: [what it shows, pattern, event, whether it matches]. */
const WHOLE: readonly (readonly [string, unknown, unknown, boolean])[] = [
  ['all fields together', { source: ['a'], detail: { x: [1] } }, { source: 'a', detail: { x: 1 } }, true],
  ['one field missing', { source: ['a'], detail: { x: [1] } }, { source: 'a', detail: {} }, false],
  ['more in the event than asked', { source: ['a'] }, { source: 'a', other: { deep: true } }, true],
  ['a nested field of a text', { detail: { x: [1] } }, { detail: 'x' }, false],
  ['absence below a text', { detail: { x: [{ exists: false }] } }, { detail: 'x' }, true],
  ['absence below what is not there', { detail: { x: [{ exists: false }] } }, {}, true],
  ['a name of Object.prototype', { constructor: [{ exists: true }] }, {}, false],
  ['an event that is null', { a: [{ exists: false }] }, null, true],
  ['fields of one object of an array', { people: { first: ['Anna'], last: ['Smith'] } }, { people: [{ first: 'Anna', last: 'Smith' }] }, true],
  ['fields of two objects of an array', { people: { first: ['Anna'], last: ['Smith'] } }, { people: [{ first: 'Anna' }, { last: 'Smith' }] }, false],
  ['absent from every object of an array', { people: { last: [{ exists: false }] } }, { people: [{ first: 'Anna' }, { first: 'Bo' }] }, true],
  ['absent from one object of an array', { people: { last: [{ exists: false }] } }, { people: [{ first: 'Anna' }, { last: 'Smith' }] }, false],
  ['absent beside a value in one object', { people: { first: ['Anna'], last: [{ exists: false }] } }, { people: [{ first: 'Anna' }, { last: 'Smith' }] }, true],
  ['$or: the first', { $or: [{ a: [1] }, { b: [2] }] }, { a: 1, b: 0 }, true],
  ['$or: the second', { $or: [{ a: [1] }, { b: [2] }] }, { a: 0, b: 2 }, true],
  ['$or: none', { $or: [{ a: [1] }, { b: [2] }] }, { a: 0, b: 0 }, false],
  ['$or and a field', { s: ['x'], $or: [{ a: [1] }, { b: [2] }] }, { s: 'y', a: 1 }, false],
  ['$or with two fields in one alternative', { $or: [{ a: [1], b: [2] }, { c: [3] }] }, { a: 1, b: 0 }, false],
  ['$or inside a field', { detail: { $or: [{ a: [1] }, { b: [2] }] } }, { detail: { b: 2 } }, true],
  ['$or inside $or', { $or: [{ a: [1], $or: [{ b: [2] }, { c: [3] }] }, { d: [4] }] }, { a: 1, c: 3 }, true],
  ['$or inside $or, half of it', { $or: [{ a: [1], $or: [{ b: [2] }, { c: [3] }] }, { d: [4] }] }, { a: 1, d: 5 }, false],
  ['two $or: both must hold', { $or: [{ a: [1] }, { b: [1] }], d: { $or: [{ a: [1] }, { b: [1] }] } }, { a: 1, d: { c: 1 } }, false],
  ['two $or: both hold', { $or: [{ a: [1] }, { b: [1] }], d: { $or: [{ a: [1] }, { b: [1] }] } }, { a: 1, d: { b: 1 } }, true],
  ['$or across one array keeps to one object', { p: { x: [1] }, $or: [{ p: { y: [1] } }, { q: [1] }] }, { p: [{ x: 1 }, { y: 1 }] }, false],
  ['of two conditions at one path the later stands', { a: [1], $or: [{ a: [2] }, { b: [1] }] }, { a: 2 }, true],
  ['one field cannot be a leaf and an object', { a: [1], $or: [{ a: { b: [1] } }, { c: [1] }] }, { a: [1, { b: 1 }] }, false],
  ['a field named like an operator outside $or', { prefix: ['x'] }, { prefix: 'x' }, true],
];

describe('whole patterns', () => {
  test.each(WHOLE)('%s', (_, pattern, event, expected) => {
    expect(matches(pattern, event)).toBe(expected);
  });
});

const invalid = (field: unknown) => ({ detail: { field: [field] } });

/** [what is wrong, pattern, place, a word of the reason]. */
const REFUSED: readonly (readonly [string, unknown, string, RegExp])[] = [
  ['no object', ['a'], '', /object/],
  ['null', null, '', /object/],
  ['nothing', undefined, '', /object/],
  ['an empty pattern', {}, '', /empty object/],
  ['an empty object inside', { detail: {} }, '/detail', /empty object/],
  ['an empty array', { source: [] }, '/source', /empty array/],
  ['a bare text', { source: 'a' }, '/source', /object or an array/],
  ['a bare number', { detail: { n: 5 } }, '/detail/n', /object or an array/],
  ['a bare null', { source: null }, '/source', /object or an array/],
  ['an array in an array', { source: [['a']] }, '/source/0', /operator/],
  ['an empty operator', invalid({}), '/detail/field/0', /exactly one/],
  ['two operators', invalid({ prefix: 'a', suffix: 'b' }), '/detail/field/0', /exactly one/],
  ['an unknown operator', invalid({ contains: 'a' }), '/detail/field/0', /contains is no operator/],
  ['a name of Object.prototype as operator', invalid({ toString: 'a' }), '/detail/field/0', /no operator/],
  ['prefix with a number', invalid({ prefix: 5 }), '/detail/field/0/prefix', /string/],
  ['prefix with a list', invalid({ prefix: ['a'] }), '/detail/field/0/prefix', /string/],
  ['prefix with another operator', invalid({ prefix: { wildcard: 'a' } }), '/detail/field/0/prefix', /wildcard cannot/],
  ['prefix with two operators', invalid({ prefix: { 'equals-ignore-case': 'a', x: 1 } }), '/detail/field/0/prefix', /exactly one/],
  ['prefix ignoring the case of a number', invalid({ prefix: { 'equals-ignore-case': 1 } }), '/detail/field/0/prefix/equals-ignore-case', /string/],
  ['suffix with null', invalid({ suffix: null }), '/detail/field/0/suffix', /string/],
  ['equals-ignore-case with a list', invalid({ 'equals-ignore-case': ['a'] }), '/detail/field/0/equals-ignore-case', /string/],
  ['anything-but null', invalid({ 'anything-but': null }), '/detail/field/0/anything-but', /string or a number/],
  ['anything-but true', invalid({ 'anything-but': true }), '/detail/field/0/anything-but', /string or a number/],
  ['anything-but an empty list', invalid({ 'anything-but': [] }), '/detail/field/0/anything-but', /empty array/],
  ['anything-but a mixed list', invalid({ 'anything-but': ['a', 1] }), '/detail/field/0/anything-but', /all strings or all numbers/],
  ['anything-but a list with null', invalid({ 'anything-but': ['a', null] }), '/detail/field/0/anything-but/1', /string or a number/],
  ['anything-but a list of operators', invalid({ 'anything-but': [{ prefix: 'a' }] }), '/detail/field/0/anything-but/0', /string or a number/],
  ['anything-but a number out of bounds', invalid({ 'anything-but': 5_000_000_001 }), '/detail/field/0/anything-but', /5.0e9/],
  ['anything-but an empty object', invalid({ 'anything-but': {} }), '/detail/field/0/anything-but', /exactly one/],
  ['anything-but numeric', invalid({ 'anything-but': { numeric: ['=', 1] } }), '/detail/field/0/anything-but', /does not take numeric/],
  ['anything-but an empty prefix', invalid({ 'anything-but': { prefix: '' } }), '/detail/field/0/anything-but/prefix', /empty/],
  ['anything-but an empty suffix in a list', invalid({ 'anything-but': { suffix: ['a', ''] } }), '/detail/field/0/anything-but/suffix/1', /empty/],
  ['anything-but no prefixes', invalid({ 'anything-but': { prefix: [] } }), '/detail/field/0/anything-but/prefix', /empty array/],
  [
    'anything-but a prefix ignoring case',
    invalid({ 'anything-but': { prefix: { 'equals-ignore-case': 'a' } } }),
    '/detail/field/0/anything-but/prefix',
    /string/,
  ],
  ['anything-but a wildcard twice', invalid({ 'anything-but': { wildcard: '**' } }), '/detail/field/0/anything-but/wildcard', /in a row/],
  ['numeric without an array', invalid({ numeric: 5 }), '/detail/field/0/numeric', /array/],
  ['numeric empty', invalid({ numeric: [] }), '/detail/field/0/numeric/0', /=, </],
  ['numeric without a number', invalid({ numeric: ['='] }), '/detail/field/0/numeric/1', /number/],
  ['numeric with a text', invalid({ numeric: ['=', '5'] }), '/detail/field/0/numeric/1', /number/],
  ['numeric with an unknown comparison', invalid({ numeric: ['!=', 5] }), '/detail/field/0/numeric/0', /=, </],
  ['numeric above the bound', invalid({ numeric: ['<', 5_000_000_001] }), '/detail/field/0/numeric/1', /5.0e9/],
  ['numeric below the bound', invalid({ numeric: ['>', -5_000_000_001] }), '/detail/field/0/numeric/1', /5.0e9/],
  ['numeric: equal, then a bound', invalid({ numeric: ['=', 1, '<', 5] }), '/detail/field/0/numeric', /lower bound followed/],
  ['numeric: the upper bound first', invalid({ numeric: ['<', 5, '>', 1] }), '/detail/field/0/numeric', /lower bound followed/],
  ['numeric: two lower bounds', invalid({ numeric: ['>', 1, '>', 5] }), '/detail/field/0/numeric/2', /< or <=/],
  ['numeric: half a second bound', invalid({ numeric: ['>', 1, '<'] }), '/detail/field/0/numeric', /lower bound followed/],
  ['numeric: a fifth member', invalid({ numeric: ['>', 1, '<', 5, '<'] }), '/detail/field/0/numeric', /lower bound followed/],
  ['numeric: nothing between', invalid({ numeric: ['>=', 5, '<=', 5] }), '/detail/field/0/numeric', /less than/],
  ['exists with a text', invalid({ exists: 'true' }), '/detail/field/0/exists', /true or false/],
  ['exists beside another operator', invalid({ exists: true, prefix: 'a' }), '/detail/field/0', /exactly one/],
  ['wildcard with a number', invalid({ wildcard: 5 }), '/detail/field/0/wildcard', /string/],
  ['wildcard: two in a row', invalid({ wildcard: 'a**b' }), '/detail/field/0/wildcard', /in a row at 1/],
  ['wildcard: another character escaped', invalid({ wildcard: 'a\\b' }), '/detail/field/0/wildcard', /escapes only/],
  ['wildcard: a backslash at the end', invalid({ wildcard: 'a\\' }), '/detail/field/0/wildcard', /escapes only/],
  ['cidr with a number', invalid({ cidr: 10 }), '/detail/field/0/cidr', /string/],
  ['cidr without a mask', invalid({ cidr: '10.0.0.0' }), '/detail/field/0/cidr', /slash/],
  ['cidr with two slashes', invalid({ cidr: '10.0.0.0/8/8' }), '/detail/field/0/cidr', /slash/],
  ['cidr of a name', invalid({ cidr: 'example.com/8' }), '/detail/field/0/cidr', /address/],
  ['cidr with an octet too great', invalid({ cidr: '10.0.0.256/8' }), '/detail/field/0/cidr', /address/],
  ['cidr with a negative mask', invalid({ cidr: '10.0.0.0/-1' }), '/detail/field/0/cidr', /mask/],
  ['cidr with 32 bits of IPv4', invalid({ cidr: '10.0.0.0/32' }), '/detail/field/0/cidr', /31/],
  ['cidr with 128 bits of IPv6', invalid({ cidr: '2001:db8::/128' }), '/detail/field/0/cidr', /127/],
  ['cidr with a broken IPv6 address', invalid({ cidr: '2001:db8:::/32' }), '/detail/field/0/cidr', /address/],
  ['$or with an object', { $or: { a: [1] } }, '/$or', /at least two/],
  ['$or with one alternative', { $or: [{ a: [1] }] }, '/$or', /at least two/],
  ['$or with a text', { $or: [{ a: [1] }, 'b'] }, '/$or/1', /object/],
  ['$or with an empty object', { detail: { $or: [{ a: [1] }, {}] } }, '/detail', /empty object/],
  ['$or of operators', { $or: [{ prefix: 'a' }, { suffix: 'b' }] }, '/prefix', /no field inside/],
  ['an operator as a nested field of $or', { $or: [{ a: { exists: [true] } }, { b: [1] }] }, '/a/exists', /no field inside/],
  ['a name with / and ~', { 'a/b~c': 'x' }, '/a~1b~0c', /object or an array/],
  ['too long', { source: ['x'.repeat(4096)] }, '', /4096/],
];

describe('patterns that EventBridge refuses', () => {
  test.each(REFUSED)('%s', (_, pattern, path, reason) => {
    const failure = (() => {
      try {
        validatePattern(pattern);
      } catch (error) {
        return error;
      }
    })();
    expect(failure).toBeInstanceOf(InvalidPattern);
    expect(failure).toMatchObject({ path, reason: expect.stringMatching(reason) });
    expect(() => matches(pattern, {})).toThrow(InvalidPattern);
  });

  test('more than 1,000 combinations of $or are refused, 1,000 are taken', () => {
    const ten = (name: string) => ({ $or: Array.from({ length: 10 }, (_, index) => ({ [name]: [index] })) });
    const thousand = { a: ten('x'), b: ten('y'), c: ten('z') };
    expect(matches(thousand, { a: { x: 3 }, b: { y: 4 }, c: { z: 5 } })).toBe(true);
    expect(() => validatePattern({ ...thousand, $or: [{ d: [1] }, { e: [1] }] })).toThrow(/1000 combinations/);
  });

  test('a pattern of 4,096 characters is taken', () => {
    expect(matches({ source: ['x'.repeat(4096 - '{"source":[""]}'.length)] }, { source: 'x' })).toBe(false);
  });
});

describe('for any event', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '*', '\\', '/', '中'), maxLength: 6 });
  const escaped = (value: string) => value.replaceAll('\\', '\\\\').replaceAll('*', '\\*');
  const leaf = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null));
  const of = (operator: unknown, value: unknown) => matches({ f: [operator] }, { f: value });

  test('a pattern made of its own leaves matches it, and one leaf changed does not', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-c]{1,3}$/), leaf, { minKeys: 1 }), (event) => {
        const pattern = Object.fromEntries(Object.entries(event).map(([name, value]) => [name, [value]]));
        expect(matches(pattern, event)).toBe(true);
        const [name = ''] = Object.keys(event);
        expect(matches({ ...pattern, [name]: ['changed'] }, event)).toBe(false);
      }),
    );
  });

  test('anything-but is the opposite of its operator, for each single leaf', () => {
    fc.assert(
      fc.property(leaf, text, (value, wanted) => {
        expect(of({ 'anything-but': wanted }, value)).toBe(!of(wanted, value));
        expect(of({ 'anything-but': { 'equals-ignore-case': wanted } }, value)).toBe(!of({ 'equals-ignore-case': wanted }, value));
        expect(of({ 'anything-but': { prefix: `${wanted}a` } }, value)).toBe(!of({ prefix: `${wanted}a` }, value));
        expect(of({ 'anything-but': { wildcard: `*${escaped(wanted)}` } }, value)).toBe(!of({ suffix: wanted }, value));
      }),
    );
  });

  test('a wildcard is what a regular expression says', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), text, (parts, value) => {
        const literals = parts.filter((part, index) => part !== '' || index === 0 || index === parts.length - 1);
        const expression = new RegExp(`^${literals.map((part) => part.replace(/[\\*/]/g, '\\$&')).join('.*')}$`, 's');
        expect(of({ wildcard: literals.map(escaped).join('*') }, value)).toBe(expression.test(value));
        expect(of({ wildcard: literals.map(escaped).join('*') }, literals.join(value))).toBe(true);
      }),
    );
  });

  test('a number lies in one of three ranges', () => {
    const six = fc.integer({ min: -5_000_000, max: 5_000_000 }).map((value) => value / 1000);
    fc.assert(
      fc.property(six, six, (value, limit) => {
        const found = ['<', '=', '>'].filter((comparison) => of({ numeric: [comparison, limit] }, value));
        expect(found).toEqual([value < limit ? '<' : value > limit ? '>' : '=']);
      }),
    );
  });

  test('an address lies in the block of its own first bits', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 0, max: 31 }), (address, bits) => {
        expect(of({ cidr: `${address}/${bits}` }, address)).toBe(true);
      }),
    );
  });

  test('no event makes a valid pattern throw', () => {
    const judge = compilePattern({ a: { b: [{ prefix: 'x' }, { exists: false }] }, $or: [{ c: [{ numeric: ['>', 1] }] }, { d: [null] }] });
    fc.assert(
      fc.property(fc.jsonValue(), (event) => {
        expect(typeof judge(event)).toBe('boolean');
      }),
    );
  });
});
