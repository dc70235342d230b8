import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import type { HttpEvent } from '../../../functions/kernel/http/middleware.ts';
import type { Claims } from './token-cache.ts';

/** Headers as functions find them: names in small letters, several of one name joined with a comma, cookies apart. */
export interface RequestHeaders {
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[] | undefined;
  /** How many Host headers came. */
  readonly hosts: number;
}

/** From names and values one after the other, as node:http has them. */
export function readHeaders(raw: readonly string[]): RequestHeaders {
  const headers: Record<string, string> = {};
  let cookies: string[] | undefined;
  let hosts = 0;
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = (raw[index] as string).toLowerCase();
    const value = raw[index + 1] as string;
    if (name === 'cookie') {
      cookies = [...(cookies ?? []), ...value.split(/; */).filter((cookie) => cookie !== '')];
      continue;
    }
    if (name === 'host') hosts += 1;
    const before: unknown = headers[name];
    headers[name] = typeof before === 'string' ? `${before},${value}` : value;
  }
  return { headers, cookies, hosts };
}

/** One request as the gateway took it. */
export interface TakenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly protocol: string;
  readonly sourceIp: string;
  /** Host without port. */
  readonly domainName: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[] | undefined;
  readonly routeKey: string;
  readonly parameters: Readonly<Record<string, string>> | undefined;
  /** Absent where no authorizer was asked. */
  readonly claims: Claims | undefined;
  readonly body: Buffer | undefined;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** The event of payload format 2.0 (负载格式). Like API Gateway, `rawPath` is decoded and `rawQueryString` is not; a body that is not UTF-8 goes as base64. */
export function eventOf(taken: TakenRequest): HttpEvent {
  const { method, query, headers, cookies, routeKey, parameters, domainName, body, at } = taken;
  const path = taken.path.includes('%') ? decodeURIComponent(taken.path) : taken.path;
  const text = body === undefined || isUtf8(body);
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: query,
    ...(cookies === undefined ? {} : { cookies: [...cookies] }),
    headers,
    ...(query === '' ? {} : { queryStringParameters: parametersOf(query) }),
    ...(parameters === undefined ? {} : { pathParameters: parameters }),
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      ...(taken.claims === undefined ? {} : { authorizer: { jwt: { claims: taken.claims, scopes: null } } }),
      domainName,
      domainPrefix: domainName.split('.', 1)[0] ?? domainName,
      http: { method, path, protocol: taken.protocol, sourceIp: taken.sourceIp, userAgent: headers['user-agent'] ?? '' },
      requestId: randomUUID(),
      routeKey,
      stage: '$default',
      time: commonLogTime(at),
      timeEpoch: at,
    } as unknown as HttpEvent['requestContext'],
    ...(body === undefined ? {} : { body: body.toString(text ? 'utf8' : 'base64') }),
    isBase64Encoded: !text,
  };
}

function parametersOf(query: string): Record<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    const before = found.get(name);
    found.set(name, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(found);
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

let told = { second: Number.NaN, text: '' };

/** `12/Mar/2020:19:03:58 +0000`, made once a second. */
function commonLogTime(at: number): string {
  const second = Math.floor(at / 1000);
  if (told.second !== second) {
    const [year, month, day, time] = new Date(at).toISOString().split(/[-T.]/);
    told = { second, text: `${day}/${MONTHS[Number(month) - 1]}/${year}:${time} +0000` };
  }
  return told.text;
}
