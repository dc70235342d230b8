import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';

type OnQueue = (event: SQSEvent) => Promise<SQSBatchResponse>;

/**
 * Messages of a batch side by side, so that what they write shares a commit: a reaction is right in any order. Those that failed, maybe for losing
 * a race among themselves, are tried once more one after the other before they are given back.
 */
export const eachByItself =
  (handler: OnQueue): OnQueue =>
  async ({ Records }) => {
    const answers = await Promise.all(Records.map((record) => handler({ Records: [record] })));
    const failed = Records.filter((_, at) => (answers[at]?.batchItemFailures.length ?? 0) > 0);
    return failed.length === 0 || Records.length === 1 ? { batchItemFailures: idsOf(failed) } : handler({ Records: failed });
  };

const idsOf = (records: SQSEvent['Records']) => records.map(({ messageId }) => ({ itemIdentifier: messageId }));

/** Works off so many at a time, side by side for the same reason. `work` tells the indexes that failed within its share; they come back as those of all. */
export async function inShares<T>(all: readonly T[], size: number, work: (share: readonly T[]) => Promise<readonly number[]>): Promise<readonly number[]> {
  const starts = Array.from({ length: Math.ceil(all.length / size) }, (_, at) => at * size);
  const failed = await Promise.all(starts.map(async (start) => (await work(all.slice(start, start + size))).map((index) => start + index)));
  return failed.flat();
}
