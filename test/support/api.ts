import { postedTypesOf } from '../../functions/kernel/cloud-events.ts';
import { commandHandler } from '../../functions/kernel/http/command-handler.ts';
import { intakeHandler } from '../../functions/kernel/http/intake-handler.ts';
import type { HttpEvent, HttpResult } from '../../functions/kernel/http/middleware.ts';
import { queryHandler } from '../../functions/kernel/http/query-handler.ts';
import { INTAKES, routesOf } from '../../functions/kernel/http/routes.ts';
import { signedIntakeHandler } from '../../functions/kernel/http/signed-intake-handler.ts';
import type { Verified } from '../../functions/kernel/identity.ts';
import type { Kernel } from '../../functions/kernel/kernel.ts';
import { problem, toResponse } from '../../functions/kernel/problem.ts';
import type { AnyQuery } from '../../functions/kernel/query.ts';

export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  /** Without `?`. */
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text as sent, or a value to be sent as JSON. */
  readonly body?: unknown;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  // biome-ignore lint/suspicious/noExplicitAny: an answer is whatever JSON came, or the text of a page
  readonly body: any;
}

/** Any host of the API: this process here, HTTP where a host runs. */
export interface Api {
  request(request: ApiRequest): Promise<ApiAnswer>;
}

/** A query's request: what its route names goes into the path, the rest behind `?`. */
export function requestFor({ name, route = `/v1/${name}` }: Pick<AnyQuery, 'name' | 'route'>, parameters: Readonly<Record<string, string>>) {
  const path = route.replaceAll(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(parameters[key] ?? ''));
  const rest = Object.entries(parameters).filter(([key]) => !route.includes(`{${key}}`));
  return { method: 'GET', path, query: new URLSearchParams(rest).toString() };
}

interface Served {
  readonly pattern: RegExp;
  /** Behind the authorizer. */
  readonly authorized: boolean;
  readonly methods: Map<string, (event: HttpEvent) => Promise<HttpResult>>;
}

/** A route's `{parameter}` takes one part of a path. */
const patternOf = (path: string): RegExp => new RegExp(`^${path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);

/** The gateway in process: verifies the token, finds the route, calls the function, as the deployed one does. */
export class InProcessApi implements Api {
  private readonly routes = new Map<string, Served>();
  private readonly verify: (authorization: string | undefined) => Promise<Verified>;

  constructor(kernel: Kernel, verify: (authorization: string | undefined) => Promise<Verified>) {
    this.verify = verify;
    for (const route of routesOf(kernel.definitions)) {
      const served = this.routes.get(route.path) ?? { pattern: patternOf(route.path), authorized: true, methods: new Map() };
      served.methods.set(route.method, 'command' in route ? commandHandler(kernel, route.command) : queryHandler(kernel, route.query));
      this.routes.set(route.path, served);
    }
    const give = async (command: string, event: HttpEvent) => {
      const handler = this.routes.get(`/v1/${command}`)?.methods.get('POST');
      if (!handler) throw new Error(`there is no command ${command}`);
      return handler(event);
    };
    const parts = { ...kernel, give, types: postedTypesOf(kernel.definitions.commands.values()) };
    for (const { method, path, signed } of INTAKES) {
      const handler = signed ? signedIntakeHandler(kernel, parts) : intakeHandler(parts);
      this.routes.set(path, { pattern: patternOf(path), authorized: !signed, methods: new Map([[method, handler]]) });
    }
  }

  async request({ method, path, query = '', headers = {}, body }: ApiRequest): Promise<ApiAnswer> {
    const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    return told(await this.answer(method, path, query, lower, body));
  }

  private async answer(method: string, path: string, query: string, headers: Record<string, string>, body: unknown): Promise<HttpResult> {
    const served = this.routes.get(path) ?? this.routes.values().find(({ pattern }) => pattern.test(path));
    if (!served) return toResponse(problem('unknown_route'));
    const { pattern, authorized, methods } = served;
    const handler = methods.get(method);
    if (!handler) return toResponse(problem('method_not_allowed', { allow: [...methods.keys()] }));
    const verified = authorized ? await this.verify(headers.authorization) : ({ ok: true, claims: undefined } as const);
    if (!verified.ok) return toResponse(problem(verified.code));
    const event = httpEvent(method, path, query, headers, typeof body === 'string' || body === undefined ? body : JSON.stringify(body), verified.claims);
    const inPath = Object.entries(pattern.exec(path)?.groups ?? {}).map(([name, text]) => [name, decodeURIComponent(text)]);
    return handler(inPath.length === 0 ? event : { ...event, pathParameters: Object.fromEntries(inPath) });
  }
}

/** As API Gateway hands it to a Lambda (payload format 2.0). */
export const httpEvent = (
  method: string,
  path: string,
  query: string,
  headers: Readonly<Record<string, string>>,
  body: string | undefined,
  claims: object | undefined,
): HttpEvent =>
  ({
    version: '2.0',
    routeKey: `${method} ${path}`,
    rawPath: path,
    rawQueryString: query,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    requestContext: { http: { method, path }, ...(claims ? { authorizer: { jwt: { claims, scopes: [] } } } : {}) },
    ...(body === undefined ? {} : { body }),
    isBase64Encoded: false,
  }) as unknown as HttpEvent;

const told = ({ statusCode = 0, headers = {}, body = 'null' }: HttpResult): ApiAnswer => ({ status: statusCode, headers, body: bodyOf(headers, body) });

/** A page or an image is its text, everything else JSON. */
export const bodyOf = (headers: Readonly<Record<string, unknown>>, text: string): unknown =>
  /^(?:text|image)\//.test(String(headers['content-type'])) ? text : JSON.parse(text);
