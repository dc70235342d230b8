import type { DatabaseSync } from 'node:sqlite';

interface Unit {
  readonly work: () => unknown;
  readonly durable: boolean;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (cause: unknown) => void;
}

/** Units of one transaction at most, so that no caller waits behind an endless group. */
const LARGEST_GROUP = 512;

/** Whether a transaction that is committed has to be on the disk: PRAGMA synchronous, which is a connection's and not a transaction's. */
const SYNCHRONOUS = { true: 'PRAGMA synchronous = FULL', false: 'PRAGMA synchronous = NORMAL' } as const;

/**
 * Group commit 组提交: what arrives while one commit is on its way to the disk shares the next. There is no timer; a group is what the
 * event loop brought together. A unit is answered only when its group is durable, and it sees what the units before it wrote.
 *
 * What can be had again from what is durable need not be ({@link GroupCommit.follow}): a power failure takes such units only together with all that
 * came after them, for the log is written in one order and cut at one place. A process that dies takes none.
 */
export class GroupCommit {
  readonly #database: Pick<DatabaseSync, 'exec' | 'isTransaction'>;
  #waiting: Unit[] = [];
  #synchronous: boolean | undefined;
  #stopped: Error | undefined;

  constructor(database: Pick<DatabaseSync, 'exec' | 'isTransaction'>) {
    this.#database = database;
  }

  /**
   * Runs `work` (synchronous, from the database and its arguments alone: it may run again) within the next group. What it throws undoes
   * this unit and no other. Rejects for every unit from then on when the disk refuses a commit: what is on it is no longer known.
   */
  run<Answer>(work: () => Answer): Promise<Answer> {
    return this.#add(work, true);
  }

  /** As {@link run}, for what would follow again from what is durable: its group waits for the disk only where another unit does. */
  follow<Answer>(work: () => Answer): Promise<Answer> {
    return this.#add(work, false);
  }

  #add<Answer>(work: () => Answer, durable: boolean): Promise<Answer> {
    if (this.#stopped) return Promise.reject(this.#stopped);
    return new Promise<Answer>((resolve, reject) => {
      if (this.#waiting.length === 0) setImmediate(() => this.#next());
      this.#waiting.push({ work, durable, resolve: resolve as (answer: unknown) => void, reject });
    });
  }

  /** Commits all that waits, now, and takes no more. */
  end(): void {
    while (this.#waiting.length > 0) this.#commit(this.#waiting.splice(0, LARGEST_GROUP));
    this.#stopped ??= new Error('The file is closed.');
  }

  #next(): void {
    const group = this.#waiting.splice(0, LARGEST_GROUP);
    if (group.length > 0) this.#commit(group);
    if (this.#waiting.length > 0) setImmediate(() => this.#next());
  }

  #commit(group: readonly Unit[]): void {
    const answers = this.#perform(group);
    if (!answers) return;
    try {
      this.#database.exec('COMMIT');
    } catch (cause) {
      this.#stopped = new Error('The disk refused a commit: make room or replace it, then start again.', { cause });
      this.#undo();
      for (const { reject } of group) reject(this.#stopped);
      return;
    }
    group.forEach(({ resolve }, at) => {
      resolve(answers[at]);
    });
  }

  /** The answers of a group that waits for its COMMIT; where a unit threw, nothing waits and each has gone its own way. */
  #perform(group: readonly Unit[]): unknown[] | undefined {
    try {
      if (this.#stopped) throw this.#stopped;
      this.#synchronize(group.some(({ durable }) => durable));
      this.#database.exec('BEGIN IMMEDIATE');
      return group.map(({ work }) => work());
    } catch (cause) {
      this.#undo();
      if (group.length === 1) group[0]?.reject(cause);
      else for (const unit of group) this.#commit([unit]);
      return undefined;
    }
  }

  #synchronize(durable: boolean): void {
    if (this.#synchronous === durable) return;
    this.#database.exec(SYNCHRONOUS[`${durable}`]);
    this.#synchronous = durable;
  }

  /** SQLite ends a transaction itself on some errors; on others readers of this connection would go on seeing what is not durable. */
  #undo(): void {
    if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
  }
}
