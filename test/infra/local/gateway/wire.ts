import { connect, type Socket } from 'node:net';

/** One answer as it came over the wire. */
export interface WireAnswer {
  readonly status: number;
  /** By names in small letters; of several the last. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: an answer is whatever JSON came
  readonly json: any;
}

/** A connection that says what it is told, byte by byte. */
export interface Line {
  readonly socket: Socket;
  send(bytes: string | Buffer): void;
  /** The next answer; rejects where the connection ended without one. */
  answer(options?: { head?: boolean }): Promise<WireAnswer>;
  /** All answers until the other side ended the connection. */
  rest(): Promise<WireAnswer[]>;
}

export interface Wire {
  open(): Promise<Line>;
  /** One request on a connection of its own: its head's lines and its body. */
  ask(lines: readonly string[], body?: string | Buffer): Promise<WireAnswer>;
}

/** `localhost`, as a client would name it. */
export const HOST = 'host: localhost';

export const wireTo = (port: number): Wire => {
  const open = async () => lineOf(await connected(port));
  return {
    open,
    ask: async ([request = '', ...lines], body = '') => {
      const line = await open();
      line.send(headOf(request, [HOST, ...(body.length > 0 ? [`content-length: ${Buffer.byteLength(body)}`] : []), ...lines]));
      line.send(body);
      const answer = await line.answer({ head: request.startsWith('HEAD ') });
      line.socket.destroy();
      return answer;
    },
  };
};

/** The head of a request: `GET /v1` is completed with its version. */
export const headOf = (request: string, lines: readonly string[]): string => `${[`${request} HTTP/1.1`, ...lines].join('\r\n')}\r\n\r\n`;

const connected = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () => resolve(socket));
    socket.once('error', reject);
  });

function lineOf(socket: Socket): Line {
  let received = Buffer.alloc(0);
  let ended = false;
  let wake = () => {};
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk]);
    wake();
  });
  const end = () => {
    ended = true;
    wake();
  };
  socket.on('end', end).on('close', end).on('error', end);
  const more = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });
  const next = (head: boolean): WireAnswer | undefined => {
    const parsed = parse(received, head);
    if (parsed) received = received.subarray(parsed.length);
    return parsed?.answer;
  };
  const answer: Line['answer'] = async ({ head = false } = {}) => {
    for (;;) {
      const found = next(head);
      if (found) return found;
      if (ended) throw new Error(`ended without an answer: ${JSON.stringify(received.toString())}`);
      await more();
    }
  };
  return {
    socket,
    send: (bytes) => void (socket.writable && socket.write(bytes)),
    answer,
    rest: async () => {
      const answers: WireAnswer[] = [];
      for (;;) {
        const found = next(false);
        if (found) answers.push(found);
        else if (ended) {
          socket.destroy();
          if (received.length > 0) throw new Error(`half an answer: ${JSON.stringify(received.toString())}`);
          return answers;
        } else await more();
      }
    },
  };
}

function parse(bytes: Buffer, head: boolean): { answer: WireAnswer; length: number } | undefined {
  const at = bytes.indexOf('\r\n\r\n');
  if (at === -1) return undefined;
  const [first = '', ...lines] = bytes.toString('latin1', 0, at).split('\r\n');
  const headers = Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]));
  const length = at + 4 + (head ? 0 : Number(headers['content-length'] ?? 0));
  if (bytes.length < length) return undefined;
  const text = bytes.toString('utf8', at + 4, length);
  return { answer: { status: Number(first.split(' ')[1]), headers, text, json: text === '' ? undefined : JSON.parse(text) }, length };
}
