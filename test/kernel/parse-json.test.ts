import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LIMITS } from '../../functions/kernel/limits.ts';
import { parseJsonBody } from '../../functions/kernel/parse-json.ts';

const base64 = (bytes: string | Uint8Array) => Buffer.from(bytes as Uint8Array).toString('base64');

/** What a refusal tells: its code and the pointers of its errors. */
function refusalOf(body: string | undefined, isBase64Encoded = false) {
  const parsed = parseJsonBody(body, isBase64Encoded);
  if (parsed.ok) throw new Error('must be refused');
  return [parsed.problem.code, ...(parsed.problem.errors ?? []).map(({ pointer }) => pointer)];
}

describe('a well-formed body', () => {
  test.each([
    ['{"a":[1,-2.5e3,"甲",true,false,null,{"b":{}}],"":""}'],
    ['"text"'],
    ['0'],
    ['null'],
    [' [ ] '],
    ['{"a":{"k":1},"b":{"k":1},"c":[{"k":1},{"k":1}]}'],
    ['"\\ud83d\\ude00 😀 \\" } ] , { \\\\"'],
    ['{"constructor":1,"prototype":2,"toString":3}'],
    ['1.7976931348623157e308'],
  ])('is taken as JSON.parse takes it: %s', (text) => {
    expect(parseJsonBody(text, false)).toEqual({ ok: true, value: JSON.parse(text) });
    expect(parseJsonBody(base64(text), true)).toEqual({ ok: true, value: JSON.parse(text) });
  });

  test('whatever JSON.stringify writes is taken', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => {
        fc.pre(!text.includes('__proto__'));
        expect(parseJsonBody(text, false)).toEqual({ ok: true, value: JSON.parse(text) });
      }),
    );
  });
});

describe('malformed JSON', () => {
  test.each([
    [undefined],
    [''],
    [' '],
    ['{'],
    ['{"a":1}}'],
    ['{a:1}'],
    ["{'a':1}"],
    ['[1,]'],
    ['NaN'],
    ['[Infinity]'],
    ['01'],
    ['undefined'],
    ['\ufeff{}'],
    ['"\u0001"'],
    ['{} {}'],
  ])('is refused: %j', (text) => {
    expect(refusalOf(text)).toEqual(['malformed_json']);
  });

  test('tells nothing of the text', () => {
    expect(JSON.stringify(parseJsonBody('{"a": planted-mark }', false))).not.toContain('planted');
  });

  test.each([
    ['not canonical', 'e31='],
    ['without padding', 'e30'],
    ['with white space', 'e3 0='],
    ['url alphabet', base64('"???>>>"').replaceAll('/', '_').replaceAll('+', '-')],
    ['clear text', '{}'],
  ])('base64 that is none is refused: %s', (_, body) => {
    expect(refusalOf(body, true)).toEqual(['malformed_json']);
  });

  test.each([
    ['a lone continuation', [0x22, 0x80, 0x22]],
    ['overlong', [0x22, 0xc0, 0xaf, 0x22]],
    ['a surrogate', [0x22, 0xed, 0xa0, 0x80, 0x22]],
    ['cut short', [0x22, 0xe7, 0x94, 0x22]],
    ['GBK', [0x22, 0xbc, 0xf8, 0x22]],
    ['byte order mark', [0xef, 0xbb, 0xbf, 0x7b, 0x7d]],
  ])('bytes that are not UTF-8 are refused, never replaced: %s', (_, bytes) => {
    expect(refusalOf(base64(Uint8Array.from(bytes)), true)).toEqual(['malformed_json']);
  });
});

describe('what JSON.parse would silently take', () => {
  test.each([
    ['{"a":1,"a":1}', '/a'],
    ['{"a":1,"b":[0,{"c":1,"d":{},"c":2}]}', '/b/1/c'],
    ['{"a":1,"\\u0061":2}', '/a'],
    ['{"":1,"":2}', '/'],
    ['{"x/y":{"~":1,"~":2}}', '/x~1y/~0'],
    ['[[1,2],{"k":{"k":1},"k":2}]', '/1/k'],
    ['{"a":"b","b":"a","c":"a","a":"c"}', '/a'],
  ])('a key twice is refused at the second: %s', (text, pointer) => {
    expect(refusalOf(text)).toEqual(['malformed_json', pointer]);
  });

  test.each([
    ['{"__proto__":{}}', '/__proto__'],
    ['{"a":[{"\\u005f_proto__":1}]}', '/a/0/__proto__'],
  ])('the key __proto__ is refused: %s', (text, pointer) => {
    expect(refusalOf(text)).toEqual(['malformed_json', pointer]);
  });

  test('the text __proto__ as a value is taken', () => {
    expect(parseJsonBody('["__proto__"]', false).ok).toBe(true);
  });

  test.each([
    ['{"a":["x","\\ud800"]}', '/a/1'],
    ['"\\udc00\\ud800"', ''],
    ['["\ud800"]', '/0'],
    ['{"a":{"\\ud800":1}}', '/a'],
  ])('half a surrogate pair is refused, in a key at what holds it: %j', (text, pointer) => {
    expect(refusalOf(text)).toEqual(['malformed_json', pointer]);
  });

  test.each([
    ['{"a":[0,1e309]}', '/a/1'],
    ['-1e999', ''],
  ])("a number beyond a double's range is refused: %s", (text, pointer) => {
    expect(refusalOf(text)).toEqual(['malformed_json', pointer]);
  });
});

describe('sizes', () => {
  const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

  test(`${LIMITS.depth} levels are taken, one more is not`, () => {
    expect(parseJsonBody(nested(LIMITS.depth), false).ok).toBe(true);
    expect(refusalOf(nested(LIMITS.depth + 1))).toEqual(['malformed_json', '/0'.repeat(LIMITS.depth)]);
    const objects = (levels: number) => `${'{"a":'.repeat(levels)}0${'}'.repeat(levels)}`;
    expect(parseJsonBody(objects(LIMITS.depth), false).ok).toBe(true);
    expect(refusalOf(objects(LIMITS.depth + 1))).toEqual(['malformed_json', '/a'.repeat(LIMITS.depth)]);
  });

  test('levels side by side, and brackets in text, do not add up', () => {
    expect(parseJsonBody(`[${Array(100).fill('[{}]').join(',')},${JSON.stringify('['.repeat(100))}]`, false).ok).toBe(true);
  });

  test('a body of nothing but brackets is refused without running out of stack', () => {
    expect(refusalOf(nested(LIMITS.body / 2))[0]).toBe('malformed_json');
  });

  test.each(['x', '情'])('a body of exactly the limit in bytes is taken, one byte more is not: %s', (character) => {
    const width = Buffer.byteLength(character);
    const text = (bytes: number) =>
      `"${character.repeat(Math.floor((bytes - 2) / width)).padEnd(bytes - 2 - Math.floor((bytes - 2) / width) * (width - 1), 'y')}"`;
    for (const encode of [undefined, base64]) {
      const body = (bytes: number) => (encode ? encode(text(bytes)) : text(bytes));
      expect(Buffer.byteLength(text(LIMITS.body))).toBe(LIMITS.body);
      expect(parseJsonBody(body(LIMITS.body), encode !== undefined).ok).toBe(true);
      expect(refusalOf(body(LIMITS.body + 1), encode !== undefined)).toEqual(['too_large']);
      expect(refusalOf(body(LIMITS.body + 9), encode !== undefined)).toEqual(['too_large']);
    }
  });

  test('a body too large is told so, whatever is in it', () => {
    expect(refusalOf('{'.repeat(LIMITS.body + 1))).toEqual(['too_large']);
    expect(refusalOf('*'.repeat(2 * LIMITS.body), true)).toEqual(['too_large']);
  });
});
