import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { fromZodIssues, jsonPointer, MAX_ERRORS, PROBLEM_CODES, type Problem, type ProblemCode, problem, toResponse } from '../../functions/kernel/problem.ts';

/** The table once more, as a client relies on it. */
const STATUS: Record<ProblemCode, number> = {
  bad_request: 400,
  malformed_json: 400,
  invalid_event: 400,
  invalid_body: 400,
  unknown_parameter: 400,
  invalid_cursor: 400,
  missing_idempotency_key: 400,
  invalid_idempotency_key: 400,
  invalid_delegation: 400,
  invalid_if_match: 400,
  missing_token: 401,
  malformed_token: 401,
  expired_token: 401,
  invalid_token: 401,
  missing_signature: 401,
  invalid_signature: 401,
  signature_too_old: 401,
  signature_too_new: 401,
  invalid_claims: 403,
  forbidden: 403,
  foreign_source: 403,
  personal_token_required: 403,
  not_found: 404,
  unknown_route: 404,
  method_not_allowed: 405,
  request_timeout: 408,
  conflict: 409,
  version_conflict: 409,
  stale_version: 409,
  idempotency_key_reused: 409,
  too_large: 413,
  batch_too_large: 413,
  unsupported_media_type: 415,
  misdirected: 421,
  refused: 422,
  throttled: 429,
  headers_too_large: 431,
  unavailable: 503,
};

const anyProblem = problem as (code: ProblemCode, members?: Partial<Problem>) => Problem;

describe('a problem (RFC 9457)', () => {
  test.each(PROBLEM_CODES)('%s has its status, a type of its own, a Chinese title and detail', (code) => {
    const made = anyProblem(code);
    expect(made).toEqual({
      type: `urn:jianheng:problem:${code}`,
      title: expect.stringMatching(/\p{Script=Han}/u),
      status: STATUS[code],
      detail: expect.stringMatching(/\p{Script=Han}/u),
      code,
    });
    expect(toResponse(made).statusCode).toBe(STATUS[code]);
  });

  test('titles tell codes apart', () => {
    expect(new Set(PROBLEM_CODES.map((code) => anyProblem(code).title)).size).toBe(PROBLEM_CODES.length);
    expect([...PROBLEM_CODES].sort()).toEqual(Object.keys(STATUS).sort());
  });

  test("a rule's refusal carries the rule's own code, its article and what would cure it", () => {
    const basis = { document: '司办通〔2020〕56号', article: '第四条', status: 'law' } as const;
    const made = problem('refused', { code: 'row_missing', detail: '尚有人员未签名', basis, cure: '请补签' });
    expect(made).toMatchObject({ type: 'urn:jianheng:problem:refused', status: 422, code: 'row_missing', detail: '尚有人员未签名', basis, cure: '请补签' });
    expect(JSON.parse(toResponse(made).body ?? '')).toEqual(made);
  });

  test("a conflict carries the rule's own code", () => {
    expect(problem('conflict', { code: 'already_filed', detail: '已经立案' })).toMatchObject({ status: 409, code: 'already_filed' });
  });

  test('detail, instance and errors can be told', () => {
    const members = { detail: '没有此案', instance: 'urn:uuid:00000000-0000-4000-8000-000000000000', errors: [{ pointer: '/case', message: '没有找到' }] };
    expect(problem('not_found', members)).toMatchObject({ ...members, code: 'not_found', status: 404 });
  });

  test('what a code must tell, the compiler asks for', () => {
    // @ts-expect-error the methods that are allowed
    problem('method_not_allowed');
    // @ts-expect-error when to come back
    problem('throttled', {});
    // @ts-expect-error the rule's own code
    problem('refused', { detail: '不符合规定' });
    // @ts-expect-error no code but the table's
    expect(() => problem('no_such_code')).toThrow(TypeError);
  });
});

describe('the answer of the gateway', () => {
  test.each(PROBLEM_CODES)('%s is problem+json and never cached', (code) => {
    const { headers, body } = toResponse(anyProblem(code));
    expect(headers).toMatchObject({ 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store' });
    expect(JSON.parse(body ?? '')).toEqual(anyProblem(code));
    expect(headers?.['www-authenticate'] !== undefined).toBe(STATUS[code] === 401);
  });

  test('401 challenges (RFC 6750): without an error where no token came, with it otherwise', () => {
    const challenge = (code: ProblemCode) => toResponse(anyProblem(code)).headers?.['www-authenticate'];
    expect(challenge('missing_token')).toBe('Bearer realm="jianheng"');
    for (const code of ['malformed_token', 'expired_token', 'invalid_token'] as const)
      expect(challenge(code)).toBe('Bearer realm="jianheng", error="invalid_token"');
  });

  test('405 names the methods', () => {
    expect(toResponse(problem('method_not_allowed', { allow: ['GET', 'HEAD'] })).headers).toMatchObject({ allow: 'GET, HEAD' });
    expect(toResponse(problem('not_found')).headers).not.toHaveProperty('allow');
  });

  test.each(['throttled', 'unavailable'] as const)('%s tells when to come back', (code) => {
    expect(toResponse(problem(code, { retryAfter: 7 })).headers).toMatchObject({ 'retry-after': '7' });
    expect(toResponse(problem('not_found')).headers).not.toHaveProperty('retry-after');
  });
});

test.each([
  [[], ''],
  [['a', 0, 'b'], '/a/0/b'],
  [['a/b', 'm~n', '~1', ''], '/a~1b/m~0n/~01/'],
])('a path is a JSON Pointer (RFC 6901 §3): %j', (path, pointer) => {
  expect(jsonPointer(path)).toBe(pointer);
});

describe("a schema's faults", () => {
  const MARK = 'planted-mark';
  const schema = z.strictObject({
    name: z.string().min(2),
    count: z.int().max(3),
    kind: z.enum(['说情', '程序']),
    day: z.iso.date(),
    either: z.union([z.string(), z.number()]),
    shape: z.discriminatedUnion('k', [z.object({ k: z.literal('p') }), z.object({ k: z.literal('q') })]),
    table: z.record(z.string().regex(/^a/), z.number()),
    list: z.array(z.strictObject({ x: z.literal(1) })),
    own: z.string().refine(() => false, 'CMA 证书号格式有误'),
    english: z.string().refine(() => false, 'says it in English'),
  });
  const wrong = {
    name: 'x',
    count: MARK,
    kind: MARK,
    day: MARK,
    either: { MARK },
    shape: { k: MARK },
    table: { a: MARK },
    list: [{ x: 1 }, { x: MARK, y: MARK }],
    own: MARK,
    english: MARK,
    'un/known~': MARK,
  };
  const errors = fromZodIssues(schema.safeParse(wrong).error?.issues ?? []);
  const messageAt = (pointer: string) => errors.find((error) => error.pointer === pointer)?.message;

  test('stand at their pointers, an unknown key at the key itself', () => {
    expect(errors.map(({ pointer }) => pointer).sort()).toEqual(
      ['/name', '/count', '/kind', '/day', '/either', '/shape/k', '/table/a', '/list/1/x', '/list/1/y', '/own', '/english', '/un~1known~0'].sort(),
    );
  });

  test('are told in Chinese, without what was submitted and without what type it had', () => {
    for (const { message } of errors) {
      expect(message).toMatch(/^\p{Script=Han}|^CMA/u);
      expect(message).not.toMatch(/planted|实际接收|undefined|Invalid|English/);
    }
    expect(messageAt('/count')).toBe('无效输入：期望 数字');
    expect(messageAt('/kind')).toBe('无效选项：期望以下之一 "说情"|"程序"');
    expect(messageAt('/name')).toBe('数值过小：期望 string >=2 字符');
    expect(messageAt('/list/1/y')).toBe('没有此项');
  });

  test("a schema's own Chinese message is kept, an English one is not", () => {
    expect(messageAt('/own')).toBe('CMA 证书号格式有误');
    expect(messageAt('/english')).toBe('无效输入');
  });

  test('which kinds there are is told where there is no such kind', () => {
    const kinds = z.discriminatedUnion('answer', [z.object({ answer: z.literal('none') }), z.object({ answer: z.literal('interference') })]);
    const { error } = kinds.safeParse({ answer: 'planted' });
    expect(fromZodIssues(error?.issues ?? [])).toEqual([{ pointer: '/answer', message: '无效选项：期望以下之一 "none"|"interference"' }]);
  });

  test('every unknown key is told by itself', () => {
    const { error } = z.strictObject({}).safeParse({ a: 1, b: 2 });
    expect(fromZodIssues(error?.issues ?? []).map(({ pointer }) => pointer)).toEqual(['/a', '/b']);
  });

  test(`are at most ${MAX_ERRORS}`, () => {
    const told = (faults: number) => fromZodIssues(z.array(z.string()).safeParse(Array(faults).fill(0)).error?.issues ?? []);
    expect(told(MAX_ERRORS)).toHaveLength(MAX_ERRORS);
    expect(told(MAX_ERRORS + 1)).toHaveLength(MAX_ERRORS);
    const unknown = Object.fromEntries(Array.from({ length: MAX_ERRORS + 1 }, (_, index) => [`k${index}`, 0]));
    expect(fromZodIssues(z.strictObject({}).safeParse(unknown).error?.issues ?? [])).toHaveLength(MAX_ERRORS);
  });
});
