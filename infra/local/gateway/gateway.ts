import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { HttpEvent, HttpResult } from '../../../functions/kernel/http/middleware.ts';
import type { Verified } from '../../../functions/kernel/identity.ts';
import type { Log } from '../../../functions/kernel/log.ts';
import type { Clock } from '../../../functions/kernel/ports.ts';
import { problem } from '../../../functions/kernel/problem.ts';
import type { DeployedApi } from '../deployment.ts';
import { Connection } from './connection.ts';
import { Exchange, type Expects } from './exchange.ts';
import { faultOf } from './faults.ts';
import { GATEWAY_LIMITS, type GatewayLimits } from './limits.ts';
import { makeResponder, type OwnRoute } from './respond.ts';

export type { OwnRoute } from './respond.ts';

export interface GatewayParts {
  readonly api: DeployedApi;
  /** Rejects where the function threw. */
  readonly invoke: (functionName: string, event: HttpEvent) => Promise<HttpResult>;
  readonly verify: (authorization: string | undefined) => Promise<Verified>;
  /** Routes that only this host has, by method and path: `POST /dev/token`. */
  readonly own?: ReadonlyMap<string, OwnRoute>;
  readonly clock: Clock;
  readonly log: Log;
  /** Milliseconds of a clock that nobody moves; the machine's where absent. */
  readonly monotonic?: () => number;
  readonly limits?: Partial<GatewayLimits>;
}

/** The local gateway (本机网关): API Gateway's HTTP API with payload format 2.0, on this machine's loopback. */
export interface Gateway {
  /** The port that it listens on, a free one for 0; rejects where the port is taken. */
  listen(port: number): Promise<number>;
  /** Takes nothing more, answers what is in work for a bounded time, ends every connection. */
  close(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';
const BACKLOG = 4096;

export function makeGateway(parts: GatewayParts): Gateway {
  const limits: GatewayLimits = { ...GATEWAY_LIMITS, ...parts.limits };
  const respond = makeResponder({ ...parts, limits, monotonic: parts.monotonic ?? (() => performance.now()) });
  const server = createServer({
    maxHeaderSize: limits.headers,
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.idleMs,
    connectionsCheckingInterval: limits.checkMs,
    requireHostHeader: false,
  });
  server.timeout = limits.silentMs;
  server.maxConnections = limits.connections;

  const connections = new WeakMap<Socket, Connection>();
  const connectionOf = (socket: Socket): Connection => {
    const known = connections.get(socket);
    if (known) return known;
    const made = new Connection(socket, limits);
    connections.set(socket, made);
    return made;
  };

  let inWork = 0;
  let closing: (() => void) | undefined;
  const take = (expects: Expects) => (request: IncomingMessage, response: ServerResponse) => {
    const exchange = new Exchange(request, response, limits, expects);
    const connection = connectionOf(request.socket);
    connection.begin(exchange);
    inWork += 1;
    response.once('close', () => {
      connection.end();
      inWork -= 1;
      if (inWork === 0) closing?.();
    });
    void respond(exchange).then((reply) => {
      if (reply) exchange.write(reply.answer, reply.headers, closing !== undefined);
    });
  };
  server.on('request', take('nothing'));
  server.on('checkContinue', take('continue'));
  server.on('checkExpectation', take('other'));
  server.on('connect', (_, socket: Socket) => {
    socket.on('error', () => socket.destroy());
    connectionOf(socket).broken(problem('bad_request'));
    socket.resume();
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === 'ECONNRESET') socket.destroy();
    else connectionOf(socket).broken(faultOf(error));
  });

  return { listen, close };

  async function listen(port: number): Promise<number> {
    server.listen({ port, host: LOOPBACK, backlog: BACKLOG });
    await once(server, 'listening');
    server.on('error', (error) => parts.log.warn('connection-not-accepted', { error }));
    return (server.address() as AddressInfo).port;
  }

  async function close(): Promise<void> {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    closing = () => server.closeAllConnections();
    if (inWork === 0) closing();
    const timer = setTimeout(closing, limits.closeMs);
    await closed;
    clearTimeout(timer);
  }
}
