import { createHash, randomUUID } from 'node:crypto';
import * as z from 'zod';
import { type Operation, Refusal } from '../../infra/local/aws/json-service.ts';

interface Message {
  readonly id: string;
  readonly body: string;
  readonly sentAt: number;
  /** While somebody holds it. */
  handle: string | undefined;
}

/** Messages of one answer at most: fewer than are asked for, as the service may. */
const ANSWERED = 3;

const request = z.object({
  QueueName: z.string().optional(),
  QueueUrl: z.string().optional(),
  MessageBody: z.string().optional(),
  MaxNumberOfMessages: z.int().min(1).max(10).default(1),
  VisibilityTimeout: z.int().optional(),
  WaitTimeSeconds: z.int().max(20).optional(),
  AttributeNames: z.array(z.string()).optional(),
  Entries: z
    .array(z.object({ Id: z.string(), ReceiptHandle: z.string(), VisibilityTimeout: z.int().optional() }))
    .min(1)
    .max(10)
    .optional(),
});
type Request = z.infer<typeof request>;

/**
 * SQS (消息队列) as far as an operator asks of it, in memory: what was taken stays hidden until it is given back or deleted. `operations` are to be served
 * over the wire.
 */
export class QueueService {
  readonly #queues = new Map<string, Message[]>();

  constructor(names: Iterable<string>) {
    for (const name of names) this.#queues.set(name, []);
  }

  /** Puts a message there, as if another service had. */
  send(queue: string, body: string, sentAt = 0): void {
    this.#queue(queue).push({ id: randomUUID(), body, sentAt, handle: undefined });
  }

  /** What lies there, also what is hidden. */
  bodies(queue: string): readonly string[] {
    return this.#queue(queue).map(({ body }) => body);
  }

  /** Messages that somebody holds. */
  held(queue: string): number {
    return this.#queue(queue).filter(({ handle }) => handle !== undefined).length;
  }

  /** Takes everything, for who plays the function on it. */
  drain(queue: string): readonly string[] {
    return this.#queue(queue)
      .splice(0)
      .map(({ body }) => body);
  }

  readonly operations: ReadonlyMap<string, Operation> = new Map(
    Object.entries<(asked: Request) => object>({
      GetQueueUrl: ({ QueueName = '' }) => {
        this.#queue(QueueName);
        return { QueueUrl: `http://127.0.0.1/000000000000/${QueueName}` };
      },
      GetQueueAttributes: ({ QueueUrl, AttributeNames = [] }) => {
        const held = this.held(nameOf(QueueUrl));
        const all: Record<string, string> = {
          ApproximateNumberOfMessages: String(this.bodies(nameOf(QueueUrl)).length - held),
          ApproximateNumberOfMessagesNotVisible: String(held),
          ApproximateNumberOfMessagesDelayed: '0',
        };
        return { Attributes: Object.fromEntries(AttributeNames.map((name) => [name, all[name]])) };
      },
      ReceiveMessage: ({ QueueUrl, MaxNumberOfMessages }) => {
        const free = this.#queue(nameOf(QueueUrl)).filter(({ handle }) => handle === undefined);
        const taken = free.slice(0, Math.min(MaxNumberOfMessages, ANSWERED));
        for (const message of taken) message.handle = randomUUID();
        return {
          Messages: taken.map(({ id, body, sentAt, handle }) => ({
            MessageId: id,
            ReceiptHandle: handle,
            Body: body,
            MD5OfBody: md5(body),
            Attributes: { SentTimestamp: String(sentAt) },
          })),
        };
      },
      SendMessage: ({ QueueUrl, MessageBody = '' }) => {
        this.send(nameOf(QueueUrl), MessageBody);
        return { MessageId: randomUUID(), MD5OfMessageBody: md5(MessageBody) };
      },
      ChangeMessageVisibilityBatch: (asked) =>
        this.#each(asked, (message) => {
          message.handle = undefined;
        }),
      DeleteMessageBatch: (asked) => this.#each(asked, (message, queue) => queue.splice(queue.indexOf(message), 1)),
    }).map(([name, work]) => [`AmazonSQS.${name}`, async (input: unknown) => work(request.parse(input))]),
  );

  #each({ QueueUrl, Entries = [] }: Request, work: (message: Message, queue: Message[]) => unknown): object {
    const queue = this.#queue(nameOf(QueueUrl));
    const done = Entries.map(({ Id, ReceiptHandle }) => {
      const message = queue.find(({ handle }) => handle === ReceiptHandle);
      if (message) work(message, queue);
      return { Id, found: message !== undefined };
    });
    return {
      Successful: done.filter(({ found }) => found).map(({ Id }) => ({ Id })),
      Failed: done.filter(({ found }) => !found).map(({ Id }) => ({ Id, Code: 'ReceiptHandleIsInvalid', SenderFault: true })),
    };
  }

  #queue(name: string): Message[] {
    const queue = this.#queues.get(name);
    if (!queue) throw new Refusal('QueueDoesNotExist', 'The specified queue does not exist.');
    return queue;
  }
}

const nameOf = (url = ''): string => url.slice(url.lastIndexOf('/') + 1);

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
