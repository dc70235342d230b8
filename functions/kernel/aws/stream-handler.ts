import type { AttributeValue, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { commitOf } from '../dynamodb/ledger-items.ts';
import type { CommitRecord } from '../ports.ts';

/**
 * The ledger's change stream as a Lambda's events. `work` tells the indexes of the records that failed; each is reported by its
 * sequence number, and the stream delivers from the first of them on again.
 */
export const streamHandler =
  (work: (records: readonly CommitRecord[]) => Promise<readonly number[]>) =>
  async ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const failed = await work(Records.map(commitOfRecord));
    return { batchItemFailures: failed.map((index) => ({ itemIdentifier: Records[index]?.dynamodb?.SequenceNumber ?? '' })) };
  };

function commitOfRecord({ dynamodb }: DynamoDBRecord): CommitRecord {
  return commitOf(Object.fromEntries(Object.entries(dynamodb?.NewImage ?? {}).map(([name, value]) => [name, plain(name, value)])));
}

/** The types of a commit's attributes: text, number, bytes. */
function plain(name: string, value: AttributeValue): string | number | Uint8Array {
  if (value.S !== undefined) return value.S;
  if (value.N !== undefined) return Number(value.N);
  if (value.B !== undefined) return Buffer.from(value.B, 'base64');
  throw new TypeError(`a commit's ${name} is neither text nor number nor bytes`);
}
