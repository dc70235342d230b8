import { expect, test } from 'vitest';
import { QueueConsumer } from '../../../infra/local/queue-consumer.ts';
import type { Message } from '../../../infra/local/sqlite/sqlite-queues.ts';
import { quietLog } from '../../support/quiet-log.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A queue of so many messages, and calls that end when the test says. */
function stage({ messages, partial = true }: { messages: number; partial?: boolean }) {
  const waiting = Array.from({ length: messages }, (_, at): Message => ({ id: at + 1, body: `body ${at + 1}`, sentAt: 0, receives: 1 }));
  const deleted: number[] = [];
  const failed: number[] = [];
  const calls: { ids: string[]; end: (answer?: unknown) => void; fail: () => void }[] = [];
  let arrive = () => {};
  let batches = 0;
  const consumer = new QueueConsumer({
    mapping: { function: 'jianheng-36-made-reaction-label', queue: 'work', batchSize: 2, maxConcurrency: 3, partial },
    queues: {
      receive: (_, most) => waiting.splice(0, most),
      delete: async (_, ids) => void deleted.push(...ids),
      fail: async (_, ids) => void failed.push(...ids),
      count: () => ({ visible: waiting.length, held: 0, delayed: 0 }),
      delay: () => undefined,
      onArrival: (_, listener) => {
        arrive = listener;
      },
    },
    functions: {
      invoke: (_, event) =>
        new Promise((end, fail) => {
          calls.push({
            ids: (event as { Records: { messageId: string }[] }).Records.map(({ messageId }) => messageId),
            end,
            fail: () => fail(new Error('made')),
          });
        }),
    },
    log: quietLog,
    done: () => {
      batches += 1;
    },
  });
  return { done: () => batches, consumer, waiting, deleted, failed, calls, arrive: () => arrive() };
}

test('takes batches of the mapping size, and no more calls at once than it allows', async () => {
  const { consumer, calls, deleted, done } = stage({ messages: 9 });
  consumer.wake();
  expect(done()).toBe(0);
  expect(calls.map(({ ids }) => ids)).toEqual([
    ['1', '2'],
    ['3', '4'],
    ['5', '6'],
  ]);
  calls[0]?.end({ batchItemFailures: [] });
  await turn();
  expect(deleted).toEqual([1, 2]);
  expect(done()).toBe(1);
  expect(calls.map(({ ids }) => ids)).toHaveLength(4);
});

test('deletes what succeeded and only that', async () => {
  const { consumer, calls, deleted, failed } = stage({ messages: 2 });
  consumer.wake();
  calls[0]?.end({ batchItemFailures: [{ itemIdentifier: '2' }] });
  await turn();
  expect([deleted, failed]).toEqual([[1], [2]]);
});

test('a call that threw has failed for all of its batch', async () => {
  const { consumer, calls, deleted, failed } = stage({ messages: 2 });
  consumer.wake();
  calls[0]?.fail();
  await turn();
  expect([deleted, failed]).toEqual([[], [1, 2]]);
});

test('without partial answers a call that answered has succeeded for all of its batch', async () => {
  const { consumer, calls, deleted } = stage({ messages: 2, partial: false });
  consumer.wake();
  calls[0]?.end({ batchItemFailures: [{ itemIdentifier: '2' }] });
  await turn();
  expect(deleted).toEqual([1, 2]);
});

test('wakes when something comes', async () => {
  const { calls, waiting, arrive } = stage({ messages: 0 });
  waiting.push({ id: 7, body: 'late', sentAt: 0, receives: 1 });
  arrive();
  expect(calls.map(({ ids }) => ids)).toEqual([['7']]);
});

test('stops when what is in work has ended, and takes nothing more', async () => {
  const { consumer, calls, deleted } = stage({ messages: 9 });
  consumer.wake();
  const stopped = consumer.stop();
  for (const { end } of calls) end({ batchItemFailures: [] });
  await stopped;
  expect([calls.length, deleted]).toEqual([3, [1, 2, 3, 4, 5, 6]]);
});
