import { LIMITS } from './limits.ts';
import type { Json } from './ports.ts';
import { jsonPointer, type Problem, problem } from './problem.ts';

/** Media type of a body that is JSON. */
export const JSON_TYPE = /^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;

export type ParsedBody = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly problem: Problem };

/**
 * A request's body as a JSON value (请求体解析), at most {@link LIMITS}`.body` bytes of strict UTF-8.
 *
 * Refuses what JSON.parse would silently change or what means one thing here and another elsewhere: a key twice, a key
 * `__proto__`, half a surrogate pair, a number beyond a double's range; and nesting deeper than {@link LIMITS}`.depth`.
 */
export function parseJsonBody(body: string | undefined, isBase64Encoded: boolean): ParsedBody {
  const text = bodyText(body, isBase64Encoded, LIMITS.body);
  return typeof text === 'string' ? parseJson(text, LIMITS.depth) : { ok: false, problem: text };
}

/** A request's body as text (请求体原文), byte for byte what came: strict UTF-8, at most so many bytes. */
export function bodyText(body: string | undefined, isBase64Encoded: boolean, most: number): string | Problem {
  const text = isBase64Encoded ? decoded(body ?? '', most) : (body ?? '');
  if (text === undefined) return problem('malformed_json');
  return text === TOO_LARGE || Buffer.byteLength(text) > most ? problem('too_large') : text;
}

/** Text as a JSON value, of so many levels at most. */
export function parseJson(text: string, depth: number): ParsedBody {
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch {
    return refused();
  }
  const flaw = flawOf(text, depth);
  return flaw ? refused([{ pointer: jsonPointer(flaw.path), message: flaw.message }]) : { ok: true, value };
}

const refused = (errors?: Problem['errors']): ParsedBody => ({ ok: false, problem: problem('malformed_json', errors ? { errors } : {}) });

const TOO_LARGE = Symbol('too large');

function decoded(body: string, most: number): string | typeof TOO_LARGE | undefined {
  if (body.length > Math.ceil(most / 3) * 4) return TOO_LARGE;
  const bytes = Buffer.from(body, 'base64');
  if (bytes.toString('base64') !== body) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** An object or array that the scan is inside of: `at` is the key or index it stands at, `keys` an object's keys so far. */
interface Level {
  at: string | number;
  readonly keys?: Set<string>;
  awaitsKey: boolean;
}

const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]|-?\d[\d.eE+-]*/g;

/** One pass over text that JSON.parse took, without recursion. */
function flawOf(text: string, depth: number): { path: readonly (string | number)[]; message: string } | undefined {
  const levels: Level[] = [];
  const path = () => levels.map(({ at }) => at);
  for (const [token] of text.matchAll(TOKENS)) {
    const level = levels.at(-1);
    switch (token[0]) {
      case '{':
      case '[':
        if (levels.length === depth) return { path: path(), message: `嵌套不能超过 ${depth} 层` };
        levels.push(token === '{' ? { at: '', keys: new Set(), awaitsKey: true } : { at: 0, awaitsKey: false });
        break;
      case '}':
      case ']':
        levels.pop();
        break;
      case ',':
        if (level?.keys) level.awaitsKey = true;
        else if (level) level.at = Number(level.at) + 1;
        break;
      case '"': {
        const string: string = token.includes('\\') ? JSON.parse(token) : token.slice(1, -1);
        const isKey = level?.awaitsKey === true;
        if (!string.isWellFormed()) return { path: isKey ? path().slice(0, -1) : path(), message: '文字中有不成对的代理码位' };
        if (!level?.keys || !isKey) break;
        level.at = string;
        level.awaitsKey = false;
        if (string === '__proto__') return { path: path(), message: '不接受此键名' };
        if (level.keys.has(string)) return { path: path(), message: '同一键名出现了两次' };
        level.keys.add(string);
        break;
      }
      default:
        if (!Number.isFinite(Number(token))) return { path: path(), message: '数字超出范围' };
    }
  }
  return undefined;
}
