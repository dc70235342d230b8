import { expect } from 'vitest';
import type { ApiAnswer } from '../support/api.ts';
import { ECHO } from './mutations.ts';

const HAN = /\p{Script=Han}/u;

/** What every refusal of a request owes (RFC 9457): a 4xx with a stable code, Chinese words, a pointer where a field is at fault, and no echo. */
export function expectProblem({ status, headers, body }: ApiAnswer, expected: { status?: number; code?: string; pointers?: readonly string[] } = {}): void {
  expect({ status, body }).toMatchObject({ status: expect.toSatisfy((each: number) => each >= 400 && each < 500), body: { status, code: expect.any(String) } });
  expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(body.code).toMatch(/^[a-z][a-z_]+$/);
  expect(body.title).toMatch(HAN);
  expect(body.detail).toMatch(HAN);
  expect(JSON.stringify(body)).not.toContain(ECHO);
  for (const { pointer, message } of body.errors ?? []) {
    expect(pointer).toMatch(/^(\/|$)/);
    expect(message).toMatch(HAN);
    expect(message).not.toMatch(/正则表达式|ISO/);
  }
  if (expected.status !== undefined) expect({ status, code: body.code, detail: body.detail }).toMatchObject({ status: expected.status });
  if (expected.code !== undefined) expect(body.code).toBe(expected.code);
  if (expected.pointers !== undefined) {
    const told: string[] = (body.errors ?? []).map((each: { pointer: string }) => each.pointer);
    const names = (pointer: string) => told.some((each) => each === pointer || each.startsWith(`${pointer}/`));
    expect({ told, one: expected.pointers.some(names) }).toEqual({ told, one: true });
  }
}
