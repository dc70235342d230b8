import canonicalize from 'canonicalize';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../functions/kernel/canonical-json.ts';

const text = fc.string({
  unit: fc.constantFrom('a', 'Z', '_', '0', '1', '9', ':', '\\', 'u', 'd', '"', '/', '\n', '\u007f', '\u2028', 'é', '案', '\ufb33', '😀'),
});
const key = fc.oneof(text, fc.constantFrom('10', '9', '-1', '01', '__proto__', 'constructor', 'toJSON', ''));
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.constant(undefined),
    fc.array(tie('value')),
    fc.array(fc.tuple(key, tie('value'))).map(Object.fromEntries),
  ),
})).value;

describe('canonical JSON', () => {
  test('is, text for text, what the library of RFC 8785 gives', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(canonicalJson(value)).toBe(canonicalize(value) ?? '');
      }),
      { numRuns: 2000 },
    );
  });

  test('puts keys in order of UTF-16 code units, those like an index too', () => {
    expect(canonicalJson({ b: 1, a: [{ '9': 1, '10': 2 }], '😀': 3, '\ufb33': 4 })).toBe('{"a":[{"10":2,"9":1}],"b":1,"😀":3,"\ufb33":4}');
  });

  test.each([['\ud800'], [{ '\udc00': 1 }], [[Number.NaN]], [{ a: Number.POSITIVE_INFINITY }]])(
    'throws for %j, which no two readers would read alike',
    (value) => {
      expect(() => canonicalJson(value)).toThrow();
    },
  );

  test('takes a date as JSON.stringify does', () => {
    const at = new Date(0);
    expect(canonicalJson({ at })).toBe(JSON.stringify({ at }));
  });
});
