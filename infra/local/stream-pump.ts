import type { DynamoDBBatchResponse } from 'aws-lambda';
import type { Log } from '../../functions/kernel/log.ts';
import type { StreamMapping } from './deployment.ts';
import { compilePattern } from './event-pattern.ts';
import type { Functions } from './functions.ts';
import type { StreamEntry, StreamSource } from './stream-source.ts';

/** What a pump works with. */
export interface PumpParts {
  readonly mapping: StreamMapping;
  readonly source: StreamSource;
  readonly functions: Pick<Functions, 'invoke'>;
  /** How far the stream was read, kept over restarts. */
  readonly positions: { get(name: string): string | undefined; set(name: string, value: string): Promise<void> };
  /** Takes what never succeeded, for the mapping's failure destination. */
  readonly giveUp: (queue: string, body: string) => Promise<void>;
  readonly log: Log;
  /** Milliseconds; resolves earlier when the pump is stopped. */
  readonly wait?: (milliseconds: number, stopped: AbortSignal) => Promise<void>;
  /** Whether consequences lie so thick that no more should be made yet. */
  readonly crowded?: () => boolean;
  /** Told of how many records a page had, when it is done with. */
  readonly done?: (records: number) => void;
}

/** Name of the position up to which the stream was read for a function. */
export const positionOf = (name: string): string => `stream/${name}`;

/** Milliseconds before the first retry, and at most. */
const FIRST_RETRY = 50;
const LONGEST_RETRY = 10_000;
/** Milliseconds that a crowd is given to thin out. */
const CROWDED = 2;

/**
 * Reads a change stream for one function (事件源映射), as Lambda does: filters, batches, what failed again from its first failure on, halved where the
 * function threw, into the failure destination when it never succeeds; nothing behind a failing record overtakes it. The position moves after the work, and is written
 * together with that on the next records or on stopping: after a kill the last batch is delivered once more.
 */
export class StreamPump {
  readonly #parts: PumpParts;
  readonly #name: string;
  readonly #passes: (record: StreamEntry) => boolean;
  readonly #stopped = new AbortController();
  #awake = false;
  #running: Promise<void> | undefined;
  #position: string | undefined;
  #written: Promise<void> = Promise.resolve();

  constructor(parts: PumpParts) {
    this.#parts = parts;
    this.#name = positionOf(parts.mapping.function);
    const filters = parts.mapping.filters.map(compilePattern);
    this.#passes = ({ record, filtered = record }) => filters.length === 0 || filters.some((filter) => filter(filtered));
  }

  /** There may be something to read. */
  wake(): void {
    this.#awake = true;
    if (this.#stopped.signal.aborted) return;
    this.#running ??= this.#run();
  }

  /** Nothing was left when it last looked, and nobody has called since. */
  get idle(): boolean {
    return this.#running === undefined;
  }

  /** Resolves when what is in work has come to its end, and its position is written. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#running;
    try {
      await this.#keep();
      await this.#written;
    } catch (error) {
      this.#parts.log.error('stream-unread', { function: this.#parts.mapping.function, error });
    }
  }

  async #run(): Promise<void> {
    const { source, mapping, positions, log, crowded = () => false, done = () => {}, wait = sleep } = this.#parts;
    try {
      while (this.#awake && !this.#stopped.signal.aborted) {
        if (crowded()) {
          await wait(CROWDED, this.#stopped.signal);
          continue;
        }
        this.#awake = false;
        const before = this.#position ?? positions.get(this.#name);
        const page = await source.read(before, mapping.batchSize);
        if (page.records.length > 0) await this.#keep();
        const records = page.records.filter(this.#passes);
        if (records.length > 0) await this.#deliver(records, mapping.retries);
        if (this.#stopped.signal.aborted) return;
        done(page.records.length);
        this.#position = page.position;
        this.#awake ||= !page.end;
      }
    } catch (error) {
      log.error('stream-unread', { function: mapping.function, error });
      // From what is durable: what lies behind it is delivered again.
      this.#position = undefined;
      this.#written = Promise.resolve();
      await wait(FIRST_RETRY, this.#stopped.signal);
      this.#awake = true;
    } finally {
      this.#running = undefined;
      if (this.#awake) this.wake();
    }
  }

  /** Begins to write the position where it has moved, when the write before is durable; a failure is met by who waits next. */
  async #keep(): Promise<void> {
    await this.#written;
    const { positions } = this.#parts;
    if (this.#position === undefined || this.#position === positions.get(this.#name)) return;
    this.#written = positions.set(this.#name, this.#position);
    this.#written.catch(() => undefined);
  }

  /** Until each record has succeeded or was given up. */
  async #deliver(records: readonly StreamEntry[], retries: number): Promise<void> {
    const { mapping, log, wait = sleep } = this.#parts;
    let left = records;
    for (let tries = 0; left.length > 0; ) {
      if (this.#stopped.signal.aborted) return;
      const failed = await this.#failedAt(left);
      if (failed === undefined) return;
      if (failed > 0) {
        left = left.slice(failed);
        tries = 0;
      }
      if (tries >= retries) {
        const given = mapping.bisect ? 1 : left.length;
        await this.#giveUp(left.slice(0, given));
        left = left.slice(given);
        tries = 0;
        continue;
      }
      log.warn('stream-retried', { function: mapping.function });
      await wait(Math.min(FIRST_RETRY * 2 ** Math.min(tries, 16), LONGEST_RETRY), this.#stopped.signal);
      tries += 1;
      if (mapping.bisect && failed === 0 && left.length > 1) {
        const middle = Math.ceil(left.length / 2);
        await this.#deliver(left.slice(0, middle), retries - tries);
        left = left.slice(middle);
        tries = 0;
      }
    }
  }

  /** Index of the first record that failed; 0 where the function threw or answered what cannot be read. */
  async #failedAt(records: readonly StreamEntry[]): Promise<number | undefined> {
    const { functions, mapping, log } = this.#parts;
    try {
      const answer = (await functions.invoke(mapping.function, { Records: records.map(({ record }) => record) })) as DynamoDBBatchResponse | undefined;
      if (!mapping.partial) return undefined;
      const failures = new Set(answer?.batchItemFailures?.map(({ itemIdentifier }) => itemIdentifier) ?? []);
      if (failures.size === 0) return undefined;
      return Math.max(
        0,
        records.findIndex(({ sequence }) => failures.has(sequence)),
      );
    } catch (error) {
      log.warn('stream-failed', { function: mapping.function, error });
      return 0;
    }
  }

  /** The destination is told where the records lie, never what is in them. */
  async #giveUp(records: readonly StreamEntry[]): Promise<void> {
    const { mapping, giveUp, log } = this.#parts;
    log.error('stream-given-up', { function: mapping.function });
    if (mapping.onFailure === undefined) return;
    const [first, last] = [records[0], records.at(-1)];
    const batch = {
      startSequenceNumber: first?.sequence,
      endSequenceNumber: last?.sequence,
      approximateArrivalOfFirstRecord: first?.arrivedAt,
      approximateArrivalOfLastRecord: last?.arrivedAt,
      batchSize: records.length,
    };
    await giveUp(
      mapping.onFailure,
      JSON.stringify({ requestContext: { functionName: mapping.function }, DDBStreamBatchInfo: { ...batch, table: mapping.table } }),
    );
  }
}

const sleep = (milliseconds: number, stopped: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (stopped.aborted) return resolve();
    const timer = setTimeout(done, milliseconds);
    function done(): void {
      clearTimeout(timer);
      stopped.removeEventListener('abort', done);
      resolve();
    }
    stopped.addEventListener('abort', done);
  });
