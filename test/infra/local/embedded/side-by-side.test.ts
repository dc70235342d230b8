import type { SQSEvent } from 'aws-lambda';
import { expect, test } from 'vitest';
import { eachByItself } from '../../../../infra/local/embedded/side-by-side.ts';

const batch = (...ids: readonly string[]): SQSEvent => ({ Records: ids.map((messageId) => ({ messageId })) as SQSEvent['Records'] });
const failures = (ids: readonly string[]) => ({ batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) });

/** Tells which calls came, and fails what it is told to, by message and call. */
const stage = (fails: (id: string, call: number) => boolean) => {
  const calls: string[][] = [];
  let [at, most] = [0, 0];
  const handler = eachByItself(async ({ Records }) => {
    const ids = Records.map(({ messageId }) => messageId);
    const call = calls.push(ids);
    at += 1;
    most = Math.max(most, at);
    await new Promise((resolve) => setImmediate(resolve));
    at -= 1;
    return failures(ids.filter((id) => fails(id, call)));
  });
  return { calls, handler, atOnce: () => most };
};

test('messages of a batch are in work at once, each by itself', async () => {
  const { calls, handler, atOnce } = stage(() => false);
  expect(await handler(batch('a', 'b', 'c'))).toEqual(failures([]));
  expect(calls).toEqual([['a'], ['b'], ['c']]);
  expect(atOnce()).toBe(3);
});

test('what failed beside others is tried once more after them, and given back when it fails again', async () => {
  const { calls, handler } = stage((id, call) => id === 'c' || (id === 'b' && call < 4));
  expect(await handler(batch('a', 'b', 'c'))).toEqual(failures(['c']));
  expect(calls).toEqual([['a'], ['b'], ['c'], ['b', 'c']]);
});

test('a message that was alone and failed is given back at once', async () => {
  const { calls, handler } = stage(() => true);
  expect(await handler(batch('a'))).toEqual(failures(['a']));
  expect(calls).toHaveLength(1);
});
