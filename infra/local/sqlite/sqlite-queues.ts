import type { StatementSync } from 'node:sqlite';
import type { LocalQueue } from '../deployment.ts';
import type { LocalDatabase } from './open-database.ts';

/** A message as a consumer holds it. */
export interface Message {
  readonly id: number;
  readonly body: string;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
  /** How often it was received, this time included. */
  readonly receives: number;
}

interface Waiting {
  readonly id: number;
  readonly body: string;
  readonly sentAt: number;
  /** Receives that failed. */
  readonly failures: number;
  readonly visibleAt: number;
}

/** One queue in memory: what may be received now, what failed and waits, how many are being worked on. */
interface Line {
  readonly definition: LocalQueue;
  visible: Waiting[];
  delayed: Waiting[];
  readonly held: Map<number, Waiting>;
}

/**
 * The queues 队列 in a host's SQLite file. A message outlives the host before its sender is answered, and is gone only when its consumer has said so: a
 * host that dies gives what was being worked on again. A power failure may take a message, and with it the later position up to which its stream was read. A receive that failed counts, and hides the message for the queue's visibility timeout; one that ended with
 * the host does not count.
 */
export class SqliteQueues {
  readonly #database: LocalDatabase;
  readonly #lines = new Map<string, Line>();
  readonly #now: () => number;
  readonly #put: StatementSync;
  readonly #remove: StatementSync;
  readonly #fail: StatementSync;
  readonly #move: StatementSync;
  readonly #list: StatementSync;
  readonly #listeners = new Map<string, () => void>();

  /** `now`: milliseconds of a clock that nobody moves. */
  constructor(database: LocalDatabase, definitions: Iterable<LocalQueue>, now: () => number = Date.now) {
    this.#database = database;
    this.#now = now;
    const { sql } = database;
    this.#put = sql.prepare('INSERT INTO messages (queue, body, sent_at, receives, visible_at) VALUES (?, ?, ?, 0, 0)');
    this.#remove = sql.prepare('DELETE FROM messages WHERE id = ?');
    this.#fail = sql.prepare('UPDATE messages SET receives = ?, visible_at = ? WHERE id = ?');
    this.#move = sql.prepare('UPDATE messages SET queue = ?, receives = 0, visible_at = 0 WHERE id = ?');
    this.#list = sql.prepare('SELECT id, body, sent_at AS sentAt, receives AS failures, visible_at AS visibleAt FROM messages WHERE queue = ? ORDER BY id');
    const expired = sql.prepare('DELETE FROM messages WHERE queue = ? AND sent_at < ?');
    for (const definition of definitions) {
      expired.run(definition.name, now() - definition.retentionMs);
      this.#lines.set(definition.name, { definition, visible: [], delayed: this.messages(definition.name), held: new Map() });
    }
  }

  /** Resolves when all of them are durable. Throws for a queue that the deployment does not have. */
  async send(sent: readonly { readonly queue: string; readonly body: string }[]): Promise<void> {
    const sentAt = this.#now();
    const lines = sent.map(({ queue }) => this.#line(queue));
    const ids = await this.#database.group.follow(() => sent.map(({ queue, body }) => Number(this.#put.run(queue, body, sentAt).lastInsertRowid)));
    for (const [at, line] of lines.entries()) {
      line.visible.push({ id: ids[at] as number, body: sent[at]?.body ?? '', sentAt, failures: 0, visibleAt: 0 });
    }
    for (const name of new Set(sent.map(({ queue }) => queue))) this.#listeners.get(name)?.();
  }

  /** At most `most` messages, oldest first; each is hidden from others until it is deleted or has failed. */
  receive(queue: string, most: number): readonly Message[] {
    const line = this.#line(queue);
    const now = this.#now();
    if (line.delayed.length > 0) {
      line.visible.push(...line.delayed.filter(({ visibleAt }) => visibleAt <= now));
      line.delayed = line.delayed.filter(({ visibleAt }) => visibleAt > now);
    }
    const taken = line.visible.splice(0, most);
    for (const each of taken) line.held.set(each.id, each);
    return taken.map(({ id, body, sentAt, failures }) => ({ id, body, sentAt, receives: failures + 1 }));
  }

  /** Resolves when it is durable that they are done with. */
  async delete(queue: string, ids: readonly number[]): Promise<void> {
    const { held } = this.#line(queue);
    await this.#database.group.follow(() => {
      for (const id of ids) this.#remove.run(id);
    });
    for (const id of ids) held.delete(id);
  }

  /** Received without success: hidden for the visibility timeout, or among the dead letters when that was once too often. */
  async fail(queue: string, ids: readonly number[]): Promise<void> {
    const line = this.#line(queue);
    const { visibilityMs, redrive } = line.definition;
    const visibleAt = this.#now() + visibilityMs;
    const failed = ids.map((id) => line.held.get(id)).filter((each) => each !== undefined);
    const dead = failed.filter(({ failures }) => redrive !== undefined && failures + 1 >= redrive.maxReceives);
    const again = failed.filter((each) => !dead.includes(each));
    await this.#database.group.follow(() => {
      for (const { id, failures } of again) this.#fail.run(failures + 1, visibleAt, id);
      for (const { id } of dead) this.#move.run(redrive?.deadLetters ?? '', id);
    });
    for (const { id } of failed) line.held.delete(id);
    line.delayed.push(...again.map((each) => ({ ...each, failures: each.failures + 1, visibleAt })));
  }

  /** How many may be received now, are being worked on, and wait after a failure. */
  count(queue: string): { readonly visible: number; readonly held: number; readonly delayed: number } {
    const { visible, held, delayed } = this.#line(queue);
    return { visible: visible.length, held: held.size, delayed: delayed.length };
  }

  /** Milliseconds until the first that waits may be received; undefined where none waits. */
  delay(queue: string): number | undefined {
    const { delayed } = this.#line(queue);
    if (delayed.length === 0) return undefined;
    return Math.max(0, Math.min(...delayed.map(({ visibleAt }) => visibleAt)) - this.#now());
  }

  /** All that lies in a queue's file, a dead-letter queue's too; oldest first. */
  messages(queue: string): Waiting[] {
    return this.#list.all(queue) as unknown as Waiting[];
  }

  /** `listener` is told when something comes into the queue; one a queue. */
  onArrival(queue: string, listener: () => void): void {
    this.#listeners.set(queue, listener);
  }

  #line(queue: string): Line {
    const line = this.#lines.get(queue);
    if (!line) throw new Error(`there is no queue ${queue}`);
    return line;
  }
}
