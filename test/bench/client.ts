import type { Order } from './bench-province.ts';
import type { Child } from './child.ts';
import { Connection } from './connection.ts';
import { machineTime } from './watch.ts';

export interface Accepted {
  readonly stream: string;
  readonly correlationId: string;
}

/** What a load came to. */
export interface Driven {
  readonly count: number;
  /** Seconds until the last answer. */
  readonly elapsed: number;
  /** Milliseconds from sending to the answer, of each request. */
  readonly answered: readonly number[];
}

/** Connections among which a steady pace takes one that is free; where none is, it opens another. */
const PACED = 64;

/** The agencies' side of a host: tokens made beforehand, every request under a key of its own. Anything but 201 ends the run. */
export class Client {
  readonly #child: Child;
  readonly #port: number;
  readonly #heads = new Map<string, string>();
  #sent = 0;

  /** Of the host that this process serves. */
  static async of(child: Child): Promise<Client> {
    return new Client(child, await child.ask<number>('port'));
  }

  private constructor(child: Child, port: number) {
    this.#child = child;
    this.#port = port;
  }

  /** By itself, with a token for who gives it. */
  async perform(order: Order): Promise<Accepted> {
    await this.know(order);
    return this.#over(1, async ([connection]) => JSON.parse(String(await this.#post(connection as Connection, order))));
  }

  /** Makes the token of who gives this order. */
  async know({ command, claims }: Order): Promise<void> {
    const whose = keyOf(command, claims);
    if (this.#heads.has(whose)) return;
    const token = await this.#child.ask<string>('token', claims);
    const lines = [`POST /v1/${command} HTTP/1.1`, 'host: 127.0.0.1', `authorization: Bearer ${token}`, 'content-type: application/json'];
    this.#heads.set(whose, `${lines.join('\r\n')}\r\n`);
  }

  /** Each of so many connections sends its next request with the answer to the last, for so many seconds, at least one each. */
  async drive(next: () => Order, connections: number, seconds: number): Promise<Driven> {
    const answered: number[] = [];
    const one = async (connection: Connection, end: number): Promise<void> => {
      for (let now = machineTime(); ; ) {
        await this.#post(connection, next());
        const then = machineTime();
        answered.push(then - now);
        if (then >= end) return;
        now = then;
      }
    };
    return this.#over(connections, async (opened) => {
      const began = machineTime();
      await Promise.all(opened.map((connection) => one(connection, began + seconds * 1000)));
      return { count: answered.length, elapsed: (machineTime() - began) / 1000, answered };
    });
  }

  /** So many requests a second, whether or not those before are answered, at least one; when each was sent and answered, by its correlation id. */
  async keepPace(next: () => Order, perSecond: number, seconds: number): Promise<ReadonlyMap<string, { readonly sent: number; readonly answered: number }>> {
    const found = new Map<string, { sent: number; answered: number }>();
    let failed: unknown;
    const one = async (free: Connection[], more: () => Promise<Connection>): Promise<void> => {
      const sent = machineTime();
      const connection = free.pop() ?? (await more());
      const body = await this.#post(connection, next());
      const answered = machineTime();
      free.push(connection);
      found.set((JSON.parse(String(body)) as Accepted).correlationId, { sent, answered });
    };
    await this.#over(PACED, async (free, more) => {
      const began = machineTime();
      const running: Promise<void>[] = [];
      for (let number = 0; number < Math.max(1, perSecond * seconds) && failed === undefined; number += 1) {
        const due = began + (number * 1000) / perSecond;
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - machineTime())));
        running.push(
          one(free, more).catch((error) => {
            failed ??= error;
          }),
        );
      }
      await Promise.all(running);
    });
    if (failed !== undefined) throw failed;
    return found;
  }

  /** With connections of its own: one that stands idle is closed by the gateway. */
  async #over<T>(connections: number, work: (free: Connection[], more: () => Promise<Connection>) => Promise<T>): Promise<T> {
    const opened: Connection[] = [];
    const more = async (): Promise<Connection> => {
      const made = await Connection.open(this.#port);
      opened.push(made);
      return made;
    };
    try {
      return await work(await Promise.all(Array.from({ length: connections }, more)), more);
    } finally {
      for (const connection of opened) connection.close();
    }
  }

  async #post(connection: Connection, { command, claims, input }: Order): Promise<Buffer> {
    this.#sent += 1;
    const body = JSON.stringify(input);
    const head = this.#heads.get(keyOf(command, claims));
    const { status, body: answer } = await connection.send(
      `${head}idempotency-key: bench-${this.#sent}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
    if (status !== 201) throw new Error(`${command}: ${status} ${answer}`);
    return answer;
  }
}

const keyOf = (command: string, claims: object): string => `${command} ${Object.values(claims).join(' ')}`;
