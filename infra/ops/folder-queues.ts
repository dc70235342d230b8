import type { SqliteQueues } from '../local/sqlite/sqlite-queues.ts';
import type { Letter, Queues } from './place.ts';

/** The queues of a host that is stopped: nobody else takes from them. */
export class FolderQueues implements Queues {
  readonly #queues: Pick<SqliteQueues, 'messages' | 'send' | 'delete'>;
  readonly #taken = new Set<string>();

  constructor(queues: Pick<SqliteQueues, 'messages' | 'send' | 'delete'>) {
    this.#queues = queues;
  }

  async count(queue: string): Promise<number> {
    return this.#queues.messages(queue).length;
  }

  async take(queue: string, most: number): Promise<readonly Letter[]> {
    const letters = this.#queues.messages(queue).map(({ id, body, sentAt }) => ({ id: String(id), body, sentAt }));
    const free = letters.filter(({ id }) => !this.#taken.has(id)).slice(0, most);
    for (const { id } of free) this.#taken.add(id);
    return free;
  }

  async giveBack(_: string, letters: readonly Letter[]): Promise<void> {
    for (const { id } of letters) this.#taken.delete(id);
  }

  async send(queue: string, bodies: readonly string[]): Promise<void> {
    await this.#queues.send(bodies.map((body) => ({ queue, body })));
  }

  async remove(queue: string, letters: readonly Letter[]): Promise<void> {
    await this.#queues.delete(
      queue,
      letters.map(({ id }) => Number(id)),
    );
  }
}
