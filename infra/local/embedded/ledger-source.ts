import type { CommitRecord, LedgerStore } from '../../../functions/kernel/ports.ts';
import type { StreamEntry, StreamSource } from '../stream-source.ts';

/** A commit as an embedded function of the stream is handed it. */
export interface EmbeddedRecord {
  readonly sequence: string;
  readonly commit: CommitRecord;
}

/** The ledger's own feed in the place of the table's change stream (变更流): the same commits, in an order that holds each stream's. */
export const ledgerSource = (ledger: Pick<LedgerStore, 'feed'>): StreamSource => ({
  async read(position, limit) {
    const page = await ledger.feed(position, limit);
    return { ...page, records: page.records.map(recordOf) };
  },
});

const recordOf = (commit: CommitRecord): StreamEntry => {
  const sequence = `${commit.stream}#${commit.version}`;
  return { sequence, arrivedAt: commit.recordedAt, record: { sequence, commit } satisfies EmbeddedRecord, filtered: insertOf(commit) };
};

/** What a filter may ask of a commit: the attributes that are no bytes, as the table's stream would show them. */
const insertOf = ({ stream, version, alg, hash, recordedAt }: CommitRecord) => ({
  eventName: 'INSERT',
  eventSource: 'aws:dynamodb',
  dynamodb: { NewImage: { pk: { S: stream }, version: { N: String(version) }, alg: { S: alg }, hash: { S: hash }, recordedAt: { S: recordedAt } } },
});
