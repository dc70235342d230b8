import type { IncomingMessage, ServerResponse } from 'node:http';
import { Rejected } from '../../../functions/kernel/http/middleware.ts';
import { type Problem, problem } from '../../../functions/kernel/problem.ts';
import type { Answer } from './answer.ts';
import { announcedLength, readBody } from './body.ts';
import { linger } from './faults.ts';
import type { GatewayLimits } from './limits.ts';
import { type RequestHeaders, readHeaders } from './payload.ts';

/** What its `Expect` header asks for. */
export type Expects = 'nothing' | 'continue' | 'other';

/** A body that nobody reads is passed over up to this size, so that the connection can serve on. */
const PASSED_OVER = 64 * 1024;

/** One request and its answer (一次请求与应答). */
export class Exchange {
  readonly request: IncomingMessage;
  readonly head: RequestHeaders;
  private readonly response: ServerResponse;
  private readonly limits: GatewayLimits;
  private readonly announced: number;
  private awaitsContinue: boolean;
  private broken: Problem | undefined;
  private breakOff: ((fault: Problem) => void) | undefined;

  constructor(request: IncomingMessage, response: ServerResponse, limits: GatewayLimits, expects: Expects) {
    this.request = request;
    this.response = response;
    this.limits = limits;
    this.head = readHeaders(request.rawHeaders);
    this.announced = announcedLength(this.head.headers);
    this.awaitsContinue = expects === 'continue';
    if (expects === 'other' || !isUnderstood(request, this.head)) this.broken = problem('bad_request');
  }

  /** What is wrong with the message itself, as far as is known. */
  get fault(): Problem | undefined {
    return this.broken;
  }

  /** Undefined where none or an empty one came. Rejects with the problem of a body that is too large, late or broken; with `Gone` where the sender left. */
  async body(): Promise<Buffer | undefined> {
    if (this.announced === 0) return undefined;
    if (Number.isFinite(this.announced) && this.announced > this.limits.body) throw new Rejected(problem('too_large'));
    if (this.broken) throw new Rejected(this.broken);
    if (this.awaitsContinue) this.response.writeContinue();
    this.awaitsContinue = false;
    const body = await readBody(this.request, this.limits.body, (fail) => {
      this.breakOff = fail;
    });
    return body.length === 0 ? undefined : body;
  }

  /** The body came to no good end; nothing after it can be understood. */
  fail(fault: Problem): void {
    this.broken = fault;
    if (!this.response.headersSent) this.breakOff?.(fault);
    else if (this.response.writableFinished) linger(this.request.socket, this.limits.lingerMs);
    else this.response.once('finish', () => linger(this.request.socket, this.limits.lingerMs));
  }

  /** Sends the answer; the last one of its connection where told so, or where too much of the request is still to come. */
  write({ status, headers, body }: Answer, more: readonly string[], last: boolean): void {
    const { request, response, limits } = this;
    if (response.destroyed) return;
    const unread = request.complete ? 0 : this.announced;
    const ends = last || this.broken !== undefined || unread > PASSED_OVER;
    const flat = [...headers, ...more];
    if (status !== 204) flat.push('content-length', String(Buffer.byteLength(body)));
    if (ends) flat.push('connection', 'close');
    response.writeHead(status, flat);
    if (!ends || unread === 0 || body.length === 0 || request.method === 'HEAD') {
      response.end(body);
      return;
    }
    let passed = 0;
    request.on('data', (chunk: Buffer) => {
      passed += chunk.length;
      if (passed > limits.lingerBytes) request.socket.destroy();
    });
    response.write(body, () => linger(request.socket, limits.lingerMs));
  }
}

/** What node's parser lets pass: HTTP/0.9, codings that no length follows from; and a Host header in any number. */
const isUnderstood = ({ httpVersionMajor }: IncomingMessage, { headers, hosts }: RequestHeaders): boolean =>
  httpVersionMajor === 1 && hosts === 1 && (headers['transfer-encoding'] === undefined || headers['transfer-encoding'].toLowerCase() === 'chunked');
