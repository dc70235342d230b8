import type { HttpResult } from '../../../functions/kernel/http/middleware.ts';

/** An answer that can be written as it is (应答). */
export interface Answer {
  readonly status: number;
  /** Names and values, one after the other. */
  readonly headers: readonly string[];
  /** Text where it can be: node sends it with its headers in one piece. */
  readonly body: string | Buffer;
}

/** A function answered what is no answer. */
export class InvalidAnswer extends Error {
  override readonly name = 'InvalidAnswer';
}

/** What the connection decides, not the function; and what only the gateway says of other origins. */
const OWN = /^(?:connection|content-length|date|keep-alive|transfer-encoding|upgrade|access-control-.*)$/i;
const NAME = /^[!#$%&'*+.^`|~\w-]+$/;
const VALUE = /^[\t\x20-\x7e]*$/;

/** The answer of a function (payload format 2.0), checked; throws {@link InvalidAnswer}. */
export function answerOf(result: unknown): Answer {
  const { statusCode, headers = {}, cookies = [], body = '', isBase64Encoded = false } = (result ?? {}) as HttpResult;
  if (!Number.isInteger(statusCode) || Number(statusCode) < 200 || Number(statusCode) > 599) throw new InvalidAnswer();
  if (typeof body !== 'string' || typeof headers !== 'object' || headers === null || !Array.isArray(cookies)) throw new InvalidAnswer();
  const flat: string[] = [];
  const add = (name: string, value: unknown) => {
    const text = String(value);
    if (!NAME.test(name) || !VALUE.test(text)) throw new InvalidAnswer();
    flat.push(name, text);
  };
  for (const [name, value] of Object.entries(headers)) if (value !== undefined && !OWN.test(name)) add(name, value);
  for (const cookie of cookies) add('set-cookie', cookie);
  const bare = statusCode === 204 || statusCode === 304;
  return { status: Number(statusCode), headers: flat, body: bare ? '' : isBase64Encoded ? Buffer.from(body, 'base64') : body };
}
