import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { Log } from '../../functions/kernel/log.ts';
import type { QueueMapping } from './deployment.ts';
import type { Functions } from './functions.ts';
import type { Message, SqliteQueues } from './sqlite/sqlite-queues.ts';

export interface ConsumerParts {
  readonly mapping: QueueMapping;
  readonly queues: Pick<SqliteQueues, 'receive' | 'delete' | 'fail' | 'count' | 'delay' | 'onArrival'>;
  readonly functions: Pick<Functions, 'invoke'>;
  readonly log: Log;
  /** Told when a batch is done with. */
  readonly done?: () => void;
}

/** The longest that a timer may be set for. */
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * Takes from a queue for one function (队列消费), as Lambda does: batches, so many calls at once, what the answer names is tried again after the
 * visibility timeout, and all of a batch whose call threw.
 */
export class QueueConsumer {
  readonly #parts: ConsumerParts;
  readonly #calls = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(parts: ConsumerParts) {
    this.#parts = parts;
    parts.queues.onArrival(parts.mapping.queue, () => this.wake());
  }

  /** There may be something to take. */
  wake(): void {
    const { mapping, queues } = this.#parts;
    while (!this.#stopped && this.#calls.size < mapping.maxConcurrency) {
      const messages = queues.receive(mapping.queue, mapping.batchSize);
      if (messages.length === 0) {
        this.#wakeLater();
        return;
      }
      const call = this.#call(messages).finally(() => {
        this.#calls.delete(call);
        this.wake();
        this.#parts.done?.();
      });
      this.#calls.add(call);
    }
  }

  /** Resolves when what is in work has come to its end. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await Promise.all(this.#calls);
  }

  #wakeLater(): void {
    const delay = this.#parts.queues.delay(this.#parts.mapping.queue);
    clearTimeout(this.#timer);
    if (delay !== undefined) this.#timer = setTimeout(() => this.wake(), Math.min(delay + 1, LONGEST_TIMER));
  }

  async #call(messages: readonly Message[]): Promise<void> {
    const { mapping, queues, log } = this.#parts;
    const failed = await this.#failed(messages);
    const ids = (of: boolean) => messages.filter(({ id }) => failed.has(String(id)) === of).map(({ id }) => id);
    try {
      const [bad, good] = [ids(true), ids(false)];
      await Promise.all([bad.length > 0 && queues.fail(mapping.queue, bad), good.length > 0 && queues.delete(mapping.queue, good)]);
    } catch (error) {
      log.error('queue-unwritten', { function: mapping.function, error });
    }
  }

  async #failed(messages: readonly Message[]): Promise<ReadonlySet<string>> {
    const { mapping, functions, log } = this.#parts;
    try {
      const answer = (await functions.invoke(mapping.function, eventOf(mapping, messages))) as SQSBatchResponse | undefined;
      return new Set(mapping.partial ? answer?.batchItemFailures?.map(({ itemIdentifier }) => itemIdentifier) : []);
    } catch (error) {
      log.warn('batch-failed', { function: mapping.function, error });
      return new Set(messages.map(({ id }) => String(id)));
    }
  }
}

/** As Lambda hands a batch over. */
const eventOf = ({ queue }: QueueMapping, messages: readonly Message[]): SQSEvent => ({
  Records: messages.map(({ id, body, sentAt, receives }) => ({
    messageId: String(id),
    receiptHandle: String(id),
    body,
    attributes: {
      ApproximateReceiveCount: String(receives),
      SentTimestamp: String(sentAt),
      SenderId: 'events.amazonaws.com',
      ApproximateFirstReceiveTimestamp: String(sentAt),
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: queue,
    awsRegion: '',
  })),
});
