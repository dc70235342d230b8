import middy from '@middy/core';
import type { APIGatewayProxyEventV2WithJWTAuthorizer, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type Actor, actorFrom } from '../identity.ts';
import type { Kernel } from '../kernel.ts';
import type { Log, LogFields } from '../log.ts';
import { JSON_TYPE, parseJsonBody } from '../parse-json.ts';
import { Erased, type Json, LimitExceeded, Throttled } from '../ports.ts';
import { type Problem, problem, toResponse } from '../problem.ts';
import { InvalidCursor } from '../query.ts';

export type HttpEvent = APIGatewayProxyEventV2WithJWTAuthorizer;
export type HttpResult = APIGatewayProxyStructuredResultV2;

/** What the middlewares found out for the handler, in the invocation's context. */
export interface Found {
  actor: Actor;
  body: Json;
}

type FoundContext = middy.Request['context'] & Partial<Found>;
export type Middleware = middy.MiddlewareObj<HttpEvent, HttpResult, Error, FoundContext>;

/** A handler behind its middlewares, first to last; the context starts empty for each request. */
export function handlerOf(
  middlewares: readonly Middleware[],
  answer: (event: HttpEvent, found: Found) => Promise<HttpResult>,
): (event: HttpEvent) => Promise<HttpResult> {
  const handler = middy<HttpEvent, HttpResult, Error, FoundContext>({ timeoutEarlyInMillis: 0 })
    .use([...middlewares])
    .handler(async (event: HttpEvent, context: unknown) => answer(event, context as Found));
  return (event) => handler(event, {} as FoundContext);
}

/** A problem on its way out. */
export class Rejected extends Error {
  override readonly name = 'Rejected';
  readonly problem: Problem;
  constructor(found: Problem) {
    super(found.code);
    this.problem = found;
  }
}

const RETRY_SECONDS = 1;

/** What cannot be answered now: to be asked again. */
export const notNow = (): Problem => problem('unavailable', { retryAfter: RETRY_SECONDS });

/** Every error as a problem; what is nobody's fault outside is logged, never told. */
export function problemOfError(log: Log, error: unknown): Problem {
  if (error instanceof Rejected) return error.problem;
  if (error instanceof LimitExceeded) return problem('too_large', { detail: '提交的内容超过了可以保存的大小' });
  if (error instanceof InvalidCursor) return problem('invalid_cursor', { errors: [{ pointer: '/cursor', message: '不是此列表的游标' }] });
  if (error instanceof Throttled) return problem('throttled', { retryAfter: RETRY_SECONDS });
  if (error instanceof Erased) return problem('refused', { code: 'erased', detail: '所指内容已依规定销毁，不能再读取' });
  log.error('request-failed', { error });
  return notNow();
}

/** Errors go out as problems. */
export const problems = (log: Log): Middleware => ({
  onError: (request) => {
    request.response = toResponse(problemOfError(log, request.error));
  },
});

/** One line a request: which function, what came of it, how long; nothing of its content. */
export const logged = (kernel: Pick<Kernel, 'log' | 'clock'>, fields: LogFields): Middleware => {
  const began = new WeakMap<object, number>();
  const done: Middleware['after'] = ({ event, response }) => {
    const durationMs = kernel.clock.now() - (began.get(event) ?? kernel.clock.now());
    kernel.log.info('request-answered', { ...fields, status: response?.statusCode ?? 0, durationMs });
  };
  return {
    before: ({ event }) => {
      began.set(event, kernel.clock.now());
    },
    after: done,
    onError: done,
  };
};

/** Claims that the gateway's authorizer verified. */
export function verifiedClaims(event: HttpEvent): Readonly<Record<string, unknown>> {
  const claims = event.requestContext.authorizer?.jwt?.claims;
  if (!claims) throw new Rejected(problem('missing_token'));
  return claims;
}

/** Who acts, from the claims that the gateway's authorizer verified. */
export const identified = (kernel: Pick<Kernel, 'keyRing'>): Middleware => ({
  before: ({ event, context }) => {
    const actor = actorFrom(verifiedClaims(event), kernel.keyRing);
    if ('refused' in actor) throw new Rejected(problem('invalid_claims', { detail: actor.detail }));
    context.actor = actor;
  },
});

/** The body as JSON, within its limits. */
export const jsonBody = (): Middleware => ({
  before: ({ event, context }) => {
    const type = event.headers['content-type'] ?? '';
    if (!JSON_TYPE.test(type)) throw new Rejected(problem('unsupported_media_type'));
    const parsed = parseJsonBody(event.body, event.isBase64Encoded);
    if (!parsed.ok) throw new Rejected(parsed.problem);
    context.body = parsed.value;
  },
});

/** Only these query parameters; a value may not be given twice. */
export function onlyParameters(event: HttpEvent, known: readonly string[]): Record<string, string> {
  const given = Object.fromEntries(new URLSearchParams(event.rawQueryString ?? ''));
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  const twice = [...new URLSearchParams(event.rawQueryString ?? '').keys()].length !== Object.keys(given).length;
  if (unknown !== undefined || twice) throw new Rejected(problem('unknown_parameter'));
  return given;
}

/** Whether the one who asks would rather have this than JSON: he names it first (RFC 9110, as far as a browser and curl say it). */
const namesFirst =
  (media: RegExp) =>
  ({ headers }: HttpEvent): boolean =>
    media.test(headers.accept ?? '');

export const wantsPage = namesFirst(/^\s*text\/html\b/i);
export const wantsImage = namesFirst(/^\s*image\/svg\+xml\b/i);

/** What a browser shows: no script, nothing from elsewhere, kept by nobody on the way. */
const shown =
  (type: string) =>
  (statusCode: number, body: string, headers: Record<string, string> = {}): HttpResult => ({
    statusCode,
    headers: {
      'content-type': `${type}; charset=utf-8`,
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      ...headers,
    },
    body,
  });

/** A page (网页文书). */
export const htmlPage = shown('text/html');
/** An image (图). */
export const svgImage = shown('image/svg+xml');

export const json = (statusCode: number, body: unknown, headers: Record<string, string> = {}): HttpResult => ({
  statusCode,
  headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
  body: JSON.stringify(body),
});
