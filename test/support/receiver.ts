import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A message as it came over the wire. */
export interface Received {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type Answering = (response: ServerResponse, received: Received) => void;

/** An agency's own system (接收端点) on the loopback: keeps what it is sent, and answers as it is told to at the moment. */
export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  answer: Answering;
  /** Resolves when so many have come. */
  has(count: number): Promise<void>;
  close(): Promise<void>;
}

export const withStatus =
  (status: number, headers: Record<string, string> = {}): Answering =>
  (response) => {
    response.writeHead(status, headers).end();
  };

export async function receiver(answer: Answering = withStatus(204)): Promise<Receiver> {
  const received: Received[] = [];
  const waiting: { readonly count: number; readonly done: () => void }[] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    const message = { headers: request.headers as Record<string, string>, body: await text(request) };
    received.push(message);
    for (const each of waiting) if (received.length >= each.count) each.done();
    made.answer(response, message);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const made: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/notices`,
    received,
    answer,
    has: (count) =>
      received.length >= count
        ? Promise.resolve()
        : new Promise((done) => {
            waiting.push({ count, done });
          }),
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
  return made;
}
