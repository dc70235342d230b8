import type { AttributeValue, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { commitOf } from '../dynamodb/ledger-items.ts';
import { ALTERATIONS, RECEIPT } from '../dynamodb/tables.ts';
import type { Log } from '../log.ts';
import type { CommitRecord } from '../ports.ts';

type StreamHandler = (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>;

/**
 * The ledger's change stream as a Lambda's events. `work` tells the indexes of the records that failed; each is reported by its
 * sequence number, and the stream delivers from the first of them on again.
 */
export const streamHandler =
  (work: (records: readonly CommitRecord[]) => Promise<readonly number[]>): StreamHandler =>
  async ({ Records }) => {
    const failed = await work(Records.map(commitOfRecord));
    return { batchItemFailures: failed.map((index) => ({ itemIdentifier: Records[index]?.dynamodb?.SequenceNumber ?? '' })) };
  };

/** What a line of the log says of an item that was changed or removed; an alarm waits for it. */
export const ALTERED = 'ledger-altered';

/**
 * Tells of every item of the ledger that was changed or removed (篡改) by a line of the log with the kind, the aggregate and the number
 * of the record, by which the stream still gives it for a day, and hands on the rest. Such a record is no failure of its batch: what is new
 * must not wait for a person. It is told by a function that reads the stream anyway, for a shard has room for two readers.
 */
export const watching =
  (log: Log, handler: StreamHandler): StreamHandler =>
  ({ Records }) => {
    for (const { eventName = '', dynamodb } of Records.filter(isAlteration)) {
      log.error(ALTERED, { code: eventName.toLowerCase(), ...aggregateOf(dynamodb?.Keys?.pk?.S), sequenceNumber: dynamodb?.SequenceNumber ?? '' });
    }
    return handler({ Records: Records.filter((record) => !isAlteration(record)) });
  };

const isAlteration = ({ eventName }: DynamoDBRecord): boolean => (ALTERATIONS.eventName as readonly (string | undefined)[]).includes(eventName);

const aggregateOf = (key = RECEIPT) => (key.startsWith(RECEIPT) ? {} : { aggregate: key.split('/').slice(0, 2).join('/') });

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
