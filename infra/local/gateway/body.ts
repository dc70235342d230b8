import type { IncomingMessage } from 'node:http';
import { Rejected } from '../../../functions/kernel/http/middleware.ts';
import { type Problem, problem } from '../../../functions/kernel/problem.ts';

/** The sender went away before the end of its request. */
export class Gone extends Error {
  override readonly name = 'Gone';
}

/** Bytes of body that the headers announce; without a bound where it comes in chunks. */
export const announcedLength = (headers: Readonly<Record<string, string>>): number =>
  headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : Number.POSITIVE_INFINITY;

/** A request's body (请求体), never more than `most` bytes of it held. Rejects with {@link Rejected}, or {@link Gone}; `breakOff` is told how to do so from outside. */
export const readBody = (request: IncomingMessage, most: number, breakOff: (fail: (fault: Problem) => void) => void): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let ended = false;
    const gone = () => {
      if (!ended) reject(new Gone());
    };
    breakOff((fault) => reject(new Rejected(fault)));
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= most) chunks.push(chunk);
      else {
        chunks.length = 0;
        reject(new Rejected(problem('too_large')));
      }
    });
    request.once('end', () => {
      ended = true;
      resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
    });
    request.once('close', gone);
    request.once('error', gone);
  });
