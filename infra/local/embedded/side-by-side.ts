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
