import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { type Problem, problem, toResponse } from '../../../functions/kernel/problem.ts';

const CODES: Readonly<Record<string, () => Problem>> = {
  HPE_HEADER_OVERFLOW: () => problem('headers_too_large'),
  HPE_CHUNK_EXTENSIONS_OVERFLOW: () => problem('too_large'),
  ERR_HTTP_REQUEST_TIMEOUT: () => problem('request_timeout'),
};

/** What node:http's parser or its timer found wrong with a request (报文差错). */
export const faultOf = (error: NodeJS.ErrnoException): Problem => (CODES[error.code ?? ''] ?? (() => problem('bad_request')))();

/** A whole answer for a connection that has no request to answer, the last on it. */
export function lastAnswer(fault: Problem): string {
  const { headers = {}, body = '' } = toResponse(fault);
  const lines = Object.entries({ ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${fault.status} ${STATUS_CODES[fault.status]}\r\n${lines.join('')}\r\n${body}`;
}

/** Ends this side of a connection, and all of it a moment later: what still comes is read, for a reset would take the answer from the sender. */
export function linger(socket: Socket, milliseconds: number): void {
  socket.end();
  const timer = setTimeout(() => socket.destroy(), milliseconds);
  socket.once('close', () => clearTimeout(timer));
}
