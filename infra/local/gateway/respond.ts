import { type HttpResult, Rejected } from '../../../functions/kernel/http/middleware.ts';
import { parseJsonBody } from '../../../functions/kernel/parse-json.ts';
import { type Problem, problem, toResponse } from '../../../functions/kernel/problem.ts';
import type { DeployedRoute } from '../deployment.ts';
import { type Answer, answerOf } from './answer.ts';
import { Gone } from './body.ts';
import { Cors, type FlatHeaders } from './cors.ts';
import type { Exchange } from './exchange.ts';
import type { GatewayParts } from './gateway.ts';
import type { GatewayLimits } from './limits.ts';
import { isLoopbackOrigin, loopbackName } from './loopback.ts';
import { eventOf } from './payload.ts';
import { parseTarget, type RequestTarget } from './request-target.ts';
import { type RouteMatch, RouteTable } from './route-table.ts';
import { Throttle } from './throttle.ts';
import { TokenCache } from './token-cache.ts';

/** A route that only this host has: neither authorized nor throttled, and closed to pages of other machines. */
export type OwnRoute = (request: { readonly query: URLSearchParams; readonly body: unknown }) => Promise<HttpResult>;

export interface ResponderParts extends Omit<GatewayParts, 'limits' | 'monotonic'> {
  readonly limits: GatewayLimits;
  readonly monotonic: () => number;
}

/** An answer with what the gateway adds to it. */
export interface Reply {
  readonly answer: Answer;
  readonly headers: FlatHeaders;
}

type Target = { readonly route: DeployedRoute; readonly key: string } | { readonly own: OwnRoute };

/** Where a request goes. */
interface Found extends RequestTarget {
  readonly domainName: string;
  readonly match: RouteMatch<Target> | undefined;
  readonly target: Target | undefined;
}

const RETRY_SECONDS = 1;
const NO_CONTENT: Answer = { status: 204, headers: [], body: '' };

/** A function took longer than the gateway waits. */
class TimedOut extends Error {
  override readonly name = 'TimedOut';
}

/** What a request is answered (请求的处理): route, throttle, identity, body, function. Never rejects; undefined where its sender has left. */
export function makeResponder(parts: ResponderParts): (exchange: Exchange) => Promise<Reply | undefined> {
  const { api, clock, invoke, log, limits, monotonic } = parts;
  const routes = new RouteTable<Target>();
  for (const route of api.routes) routes.add(route.method, route.path, { route, key: `${route.method} ${route.path}` });
  for (const [key, own] of parts.own ?? []) {
    const [method = '', path = ''] = key.split(' ');
    routes.add(method, path, { own });
  }
  const cors = new Cors(api.cors);
  const throttle = new Throttle(api.throttle, monotonic);
  const tokens = new TokenCache(parts.verify, clock, monotonic);

  return async (exchange) => {
    const { origin } = exchange.head.headers;
    let headers = cors.answer(origin);
    try {
      if (exchange.fault) throw new Rejected(exchange.fault);
      const found = find(exchange);
      const isOwn = found.target !== undefined && 'own' in found.target;
      if (isOwn && !isLoopbackOrigin(origin)) {
        headers = [];
        throw new Rejected(problem('forbidden', { detail: '此接口只供本机页面使用' }));
      }
      if (exchange.request.method === 'OPTIONS') {
        if (isPreflight(exchange)) headers = cors.preflight(origin);
        return { answer: options(exchange, found), headers };
      }
      if (!found.match) throw new Rejected(problem('unknown_route'));
      if (!found.target) throw new Rejected(problem('method_not_allowed', { allow: [...found.match.methods.keys()] }));
      const answer = 'own' in found.target ? await answerOwn(exchange, found, found.target.own) : await answerRoute(exchange, found, found.target);
      return { answer, headers };
    } catch (error) {
      if (error instanceof Gone) return undefined;
      return { answer: answerOf(toResponse(problemOf(error))), headers };
    }
  };

  function problemOf(error: unknown): Problem {
    if (error instanceof Rejected) return error.problem;
    log.error('gateway-failed', { error });
    return problem('unavailable', { retryAfter: RETRY_SECONDS });
  }

  function find({ request, head }: Exchange): Found {
    const target = parseTarget(request.url ?? '');
    if (!target) throw new Rejected(problem('bad_request'));
    const domainName = loopbackName(head.headers.host ?? '');
    if (domainName === undefined || (target.authority !== undefined && loopbackName(target.authority) === undefined))
      throw new Rejected(problem('misdirected'));
    const match = matched(target.path);
    const method = isPreflight({ request, head }) ? head.headers['access-control-request-method'] : request.method;
    return { ...target, domainName, match, target: match?.methods.get(method ?? '') };
  }

  function matched(path: string): RouteMatch<Target> | undefined {
    try {
      return routes.match(path);
    } catch (error) {
      if (error instanceof URIError) throw new Rejected(problem('bad_request'));
      throw error;
    }
  }

  async function answerOwn(exchange: Exchange, { query }: Found, own: OwnRoute): Promise<Answer> {
    const body = await exchange.body();
    const parsed = body === undefined ? undefined : parseJsonBody(body.toString('base64'), true);
    if (parsed && !parsed.ok) throw new Rejected(parsed.problem);
    return answerOf(await own({ query: new URLSearchParams(query), body: parsed?.value }));
  }

  async function answerRoute(exchange: Exchange, found: Found, { route, key }: Extract<Target, { route: unknown }>): Promise<Answer> {
    const { request, head } = exchange;
    const retryAfter = throttle.take();
    if (retryAfter > 0) throw new Rejected(problem('throttled', { retryAfter }));
    const known = route.authorized ? tokens.authorize(head.headers.authorization) : { claims: undefined };
    const authorized = known instanceof Promise ? await known : known;
    if ('fault' in authorized) throw new Rejected(problem(authorized.fault));
    const body = await exchange.body();
    const event = eventOf({
      method: request.method ?? '',
      path: found.path,
      query: found.query,
      protocol: `HTTP/${request.httpVersion}`,
      sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
      domainName: found.domainName,
      headers: head.headers,
      cookies: head.cookies,
      routeKey: key,
      parameters: found.match?.parameters,
      claims: authorized.claims,
      body,
      at: clock.now(),
    });
    try {
      return answerOf(await within(limits.functionMs, invoke(route.function, event)));
    } catch (error) {
      log.error('function-failed', { command: route.path.replace(/^\/v\d+\//, ''), error });
      throw new Rejected(problem('unavailable', { retryAfter: RETRY_SECONDS }));
    }
  }
}

const isPreflight = ({ request, head }: Pick<Exchange, 'request' | 'head'>): boolean =>
  request.method === 'OPTIONS' && head.headers.origin !== undefined && head.headers['access-control-request-method'] !== undefined;

/** A preflight is answered for every path, as API Gateway does; any other OPTIONS where there is a route. */
function options(exchange: Exchange, { match }: Found): Answer {
  if (isPreflight(exchange)) return NO_CONTENT;
  if (!match) throw new Rejected(problem('unknown_route'));
  return { ...NO_CONTENT, headers: ['allow', [...match.methods.keys(), 'OPTIONS'].join(', ')] };
}

/** Rejects with {@link TimedOut}; what the work comes to afterwards is nobody's. */
async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new TimedOut()), milliseconds);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
