import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { Letter, Queues } from './place.ts';

/** Entries of a batch at most, and messages of one answer. */
const BATCH = 10;
/** Seconds for which a message that was taken is hidden from others. */
const HIDDEN = 300;
/** Seconds that an answer without messages takes: only one that waits asks every server of the queue. */
const WAIT = 1;

/** The queues of a deployed province on SQS. One that was never deployed is empty. */
export class SqsQueues implements Queues {
  readonly #client: Pick<SQSClient, 'send'>;
  readonly #urls = new Map<string, string>();
  /** Receipt handles by message id: what a message is answered for by. */
  readonly #handles = new Map<string, string>();

  constructor(client: Pick<SQSClient, 'send'>) {
    this.#client = client;
  }

  async count(queue: string): Promise<number> {
    const QueueUrl = await this.#urlIfThere(queue);
    if (QueueUrl === undefined) return 0;
    const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible', 'ApproximateNumberOfMessagesDelayed'] as const;
    const { Attributes = {} } = await this.#client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...names] }));
    return names.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
  }

  async take(queue: string, most: number): Promise<readonly Letter[]> {
    const QueueUrl = await this.#urlIfThere(queue);
    if (QueueUrl === undefined) return [];
    const letters = new Map<string, Letter>();
    while (letters.size < most) {
      const { Messages = [] } = await this.#client.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: Math.min(BATCH, most - letters.size),
          VisibilityTimeout: HIDDEN,
          WaitTimeSeconds: WAIT,
          MessageSystemAttributeNames: ['SentTimestamp'],
        }),
      );
      if (Messages.length === 0) break;
      for (const { MessageId: id = '', ReceiptHandle = '', Body: body = '', Attributes } of Messages) {
        this.#handles.set(id, ReceiptHandle);
        letters.set(id, { id, body, sentAt: Number(Attributes?.SentTimestamp) });
      }
    }
    return [...letters.values()];
  }

  async giveBack(queue: string, letters: readonly Letter[]): Promise<void> {
    const QueueUrl = await this.#url(queue);
    for (const entries of batches(letters)) {
      const Entries = entries.map(({ id }, at) => ({ Id: String(at), ReceiptHandle: this.#handles.get(id), VisibilityTimeout: 0 }));
      // One that fails is given back by the time that passes.
      await this.#client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
    }
  }

  async send(queue: string, bodies: readonly string[]): Promise<void> {
    const QueueUrl = await this.#url(queue);
    for (const MessageBody of bodies) await this.#client.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  }

  async remove(queue: string, letters: readonly Letter[]): Promise<void> {
    const QueueUrl = await this.#url(queue);
    for (const entries of batches(letters)) {
      const Entries = entries.map(({ id }, at) => ({ Id: String(at), ReceiptHandle: this.#handles.get(id) }));
      const { Failed: [failed] = [] } = await this.#client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
      if (failed) throw new Error(`${queue} keeps a message that was dealt with: ${failed.Code}`);
    }
  }

  async #url(queue: string): Promise<string> {
    const known = this.#urls.get(queue);
    if (known !== undefined) return known;
    const { QueueUrl = '' } = await this.#client.send(new GetQueueUrlCommand({ QueueName: queue }));
    this.#urls.set(queue, QueueUrl);
    return QueueUrl;
  }

  async #urlIfThere(queue: string): Promise<string | undefined> {
    try {
      return await this.#url(queue);
    } catch (error) {
      if (error instanceof QueueDoesNotExist) return undefined;
      throw error;
    }
  }
}

const batches = <T>(all: readonly T[]): T[][] => Array.from({ length: Math.ceil(all.length / BATCH) }, (_, at) => all.slice(at * BATCH, (at + 1) * BATCH));
