import { type CloudEvent, cloudEventType } from '../../events/event.ts';
import type { Kernel } from './kernel.ts';
import { type Commit, decodeCommit, type StoredEvent } from './ledger.ts';
import { LIMITS } from './limits.ts';
import { type BusEntry, type CommitRecord, Throttled } from './ports.ts';
import { aggregateNameOf } from './stream.ts';

/** An event as it crosses the bus: its open part, the ledger's id, no actor, nothing sealed. */
export function toCloudEvent(province: string, commit: Commit, event: StoredEvent): CloudEvent {
  const { context } = aggregateNameOf(commit.stream);
  return {
    specversion: '1.0',
    id: event.id,
    source: `/province/${province}/${context}`,
    type: cloudEventType({ context, name: event.name, version: event.version }),
    subject: commit.stream,
    time: commit.recordedAt,
    datacontenttype: 'application/json',
    data: event.data,
    correlationid: commit.correlationId,
    causationid: commit.command.id,
    sequence: String(commit.version).padStart(12, '0'),
    causationdepth: commit.depth,
    occurredon: commit.occurredOn,
  };
}

export function busEntries(province: string, record: CommitRecord): BusEntry[] {
  const commit = decodeCommit(record);
  if (commit.history) return [];
  const { context } = aggregateNameOf(commit.stream);
  return commit.events.map((event) => ({
    source: `jianheng.${context}`,
    detailType: event.name,
    detail: JSON.stringify(toCloudEvent(province, commit, event)),
    time: commit.recordedAt,
  }));
}

type Packed = readonly { readonly entry: BusEntry; readonly index: number }[];

/**
 * Publishes a batch of the table's stream. Every entry of every PutEvents answer is looked at; the indexes of records
 * of which anything failed come back, to be reported as this batch's failures. An event may go out twice, never not at all;
 * calls go side by side, for the bus promises no order.
 */
export async function publish(kernel: Pick<Kernel, 'bus' | 'province'>, records: readonly CommitRecord[]): Promise<readonly number[]> {
  const chunks = pack(records.flatMap((record, index) => busEntries(kernel.province, record).map((entry) => ({ entry, index }))));
  const failed = await Promise.all(
    chunks.map(async (chunk) => {
      const answers = await kernel.bus.put(chunk.map(({ entry }) => entry));
      return chunk.flatMap(({ index }, at) => {
        const answer = answers[at];
        return !answer || 'errorCode' in answer ? [index] : [];
      });
    }),
  );
  return [...new Set(failed.flat())].sort((a, b) => a - b);
}

/** By count and by size. */
export function pack(entries: Packed): Packed[] {
  const chunks: (typeof entries)[number][][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const each of entries) {
    const size = entrySize(each.entry);
    const last = chunks.at(-1);
    if (last && last.length < LIMITS.busEntries && bytes + size <= LIMITS.busBytes) {
      last.push(each);
      bytes += size;
    } else {
      chunks.push([each]);
      bytes = size;
    }
  }
  return chunks;
}

/** As EventBridge counts: 14 for the time, UTF-8 bytes of the rest. */
export const entrySize = (entry: BusEntry): number =>
  14 + Buffer.byteLength(entry.source) + Buffer.byteLength(entry.detailType) + Buffer.byteLength(entry.detail);

/**
 * Publishes the ledger's own feed from a day on (Asia/Shanghai), after an outage longer than the table's stream remembers.
 * What was published before goes out again under its id. Returns the number of commits; throws {@link Throttled} when an entry keeps failing.
 */
export async function republish(kernel: Pick<Kernel, 'bus' | 'province' | 'ledger'>, fromDay: string): Promise<number> {
  let count = 0;
  for (let position = await kernel.ledger.feedFrom(fromDay); ; ) {
    const page = await kernel.ledger.feed(position, 100);
    let left = page.records;
    for (let attempt = 0; left.length > 0; attempt += 1) {
      const failed = await publish(kernel, left);
      if (failed.length > 0 && attempt >= 5) throw new Throttled('the bus keeps failing');
      left = failed.map((index) => left[index]).filter((record) => record !== undefined);
    }
    count += page.records.length;
    if (page.end) return count;
    position = page.position;
  }
}
