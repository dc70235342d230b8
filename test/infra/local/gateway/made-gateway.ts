import { afterEach } from 'vitest';
import type { HttpEvent, HttpResult } from '../../../../functions/kernel/http/middleware.ts';
import { makeVerifier } from '../../../../functions/kernel/identity.ts';
import { makeLog } from '../../../../functions/kernel/log.ts';
import type { DeployedApi } from '../../../../infra/local/deployment.ts';
import { type GatewayParts, makeGateway } from '../../../../infra/local/gateway/gateway.ts';
import type { GatewayLimits } from '../../../../infra/local/gateway/limits.ts';
import { type Issuer, makeIssuer } from '../../../support/issuer.ts';
import { type Wire, wireTo } from './wire.ts';

export const API: DeployedApi = {
  routes: [
    { method: 'POST', path: '/v1/made/echo', function: 'echo', authorized: true },
    { method: 'GET', path: '/v1/made/list', function: 'list', authorized: true },
    { method: 'POST', path: '/v1/made/list', function: 'echo', authorized: true },
    { method: 'GET', path: '/v1/trace/{correlationId}', function: 'trace', authorized: true },
    { method: 'GET', path: '/v1/trace/mine', function: 'mine', authorized: true },
    { method: 'POST', path: '/v1/made/open', function: 'echo', authorized: false },
  ],
  cors: {
    allowOrigins: ['*'],
    allowMethods: ['GET', 'POST'],
    allowHeaders: ['authorization', 'content-type'],
    exposeHeaders: ['etag', 'retry-after'],
    maxAgeSeconds: 600,
  },
  throttle: { rate: 1_000_000, burst: 1_000_000 },
  authorizer: { issuer: 'https://issuer.example', audience: 'jianheng' },
};

/** Claims of a made-up officer. */
export const CLAIMS = { agency: 'bureau-1', kind: 'justice-bureau', division: '310000', person: 'officer-1', roles: ['officer', 'leader'] };

/** Times of a test: what takes minutes for people takes a moment here. */
const SHORT: Partial<GatewayLimits> = { headersMs: 400, requestMs: 400, idleMs: 400, checkMs: 50, functionMs: 500, lingerMs: 300, closeMs: 1_000 };

type Invoke = GatewayParts['invoke'];

export interface Made extends Wire {
  readonly port: number;
  readonly issuer: Issuer;
  /** An `authorization` header's line. */
  readonly bearer: string;
  /** Events that functions were given, by function. */
  readonly invoked: [name: string, event: HttpEvent][];
  readonly logged: Record<string, unknown>[];
  /** Moves the host's clock. */
  move(milliseconds: number): void;
  close(): Promise<void>;
}

const opened: Made[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((made) => made.close()));
});

/** What a function of the tests answers: which it was, and the body that it was given. */
export const told = (name: string, event: HttpEvent): HttpResult => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ name, body: event.body ?? null }),
});

/** A gateway that listens, before functions that say who they are; it is closed after the test. */
export async function madeGateway(parts: Partial<Omit<GatewayParts, 'invoke' | 'api'>> & { invoke?: Invoke; api?: Partial<DeployedApi> } = {}): Promise<Made> {
  let offset = 0;
  const clock = { now: () => Date.now() + offset };
  const issuer = await makeIssuer({ clock });
  const invoked: Made['invoked'] = [];
  const logged: Made['logged'] = [];
  const answer = parts.invoke ?? (async (name, event) => told(name, event));
  const gateway = makeGateway({
    verify: makeVerifier({ issuer: issuer.issuer, audience: issuer.audience, keys: issuer.jwks, clock }),
    clock,
    log: makeLog({ sink: (line) => logged.push(JSON.parse(line)), clock }),
    ...parts,
    limits: { ...SHORT, ...parts.limits },
    api: { ...API, ...parts.api },
    invoke: (name, event) => {
      invoked.push([name, event]);
      return answer(name, event);
    },
  });
  const port = await gateway.listen(0);
  const made: Made = {
    ...wireTo(port),
    port,
    issuer,
    bearer: `authorization: Bearer ${await issuer.sign(CLAIMS)}`,
    invoked,
    logged,
    move: (milliseconds) => {
      offset += milliseconds;
    },
    close: () => gateway.close(),
  };
  opened.push(made);
  return made;
}
