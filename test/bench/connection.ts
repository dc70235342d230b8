import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** What came back, as far as a benchmark looks at it. */
export interface Reply {
  readonly status: number;
  readonly body: Buffer;
}

/** One kept connection, one request at a time: no more of HTTP than a host's answer needs, since it shares the cores with the host. */
export class Connection {
  readonly #socket: Socket;
  #got: Buffer | undefined;
  #waiting: { readonly resolve: (reply: Reply) => void; readonly reject: (error: Error) => void } | undefined;

  static async open(port: number): Promise<Connection> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    return new Connection(socket);
  }

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk) => this.#take(chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => this.#waiting?.reject(new Error('the connection was closed')));
  }

  /** Rejects when the connection ends before the answer. */
  send(request: string): Promise<Reply> {
    return new Promise((resolve, reject) => {
      if (this.#socket.destroyed) return reject(new Error('the connection was closed'));
      this.#waiting = { resolve, reject };
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    const got = this.#got === undefined ? chunk : Buffer.concat([this.#got, chunk]);
    this.#got = got;
    const end = got.indexOf('\r\n\r\n');
    if (end < 0) return;
    const head = got.toString('latin1', 0, end);
    const from = end + 4;
    const to = from + Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
    if (got.length < to) return;
    this.#got = undefined;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.resolve({ status: Number(head.slice(9, 12)), body: got.subarray(from, to) });
  }
}
