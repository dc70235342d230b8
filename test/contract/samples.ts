import { createHash } from 'node:crypto';
import type { Append, CommitRecord, FeedPosition, LedgerStore, ListingRow, ProjectionStep, Receipt } from '../../functions/kernel/ports.ts';

/** A commit whose bytes and hash are as told, or made up. */
export function commit(stream: string, version = 1, more: Partial<CommitRecord> = {}): CommitRecord {
  const bytes = more.bytes ?? new TextEncoder().encode(JSON.stringify({ stream, version }));
  return {
    stream,
    version,
    bytes,
    alg: 'sha256',
    hash: createHash('sha256').update(bytes).digest('hex'),
    state: JSON.stringify({ version }),
    fingerprint: 'f1',
    recordedAt: '2026-03-02T01:00:00.000Z',
    ...more,
  };
}

export function write(more: Partial<Append>): Append {
  return { receipts: [], guards: [], ...more };
}

export function receipt(key: string, body: Receipt['body'] = { outcome: 'done' }): Receipt {
  return { key, body };
}

/** Appends versions 1 to `count` of a stream, in order. */
export async function grow(store: LedgerStore, stream: string, count: number): Promise<void> {
  for (let version = 1; version <= count; version += 1) await store.append(write({ commit: commit(stream, version) }));
}

/** Reads the feed until `count` records came; a store may show them late, but never out of order. */
export async function tail(
  store: LedgerStore,
  count: number,
  { from, page = 100 }: { from?: FeedPosition; page?: number } = {},
): Promise<{ records: CommitRecord[]; position: FeedPosition | undefined }> {
  const records: CommitRecord[] = [];
  let position = from;
  while (records.length < count) {
    const next = await store.feed(position, page);
    records.push(...next.records);
    position = next.position;
    if (next.records.length === 0) await nextTurn();
  }
  return { records, position };
}

export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

export function names(records: readonly CommitRecord[]): string[] {
  return records.map(({ stream, version }) => `${stream}@${version}`);
}

export function row(sort: string, more: Partial<ListingRow> = {}): ListingRow {
  return { listing: 'interference/record', partition: 'open', sort, item: { title: sort }, ...more };
}

export function step(stream: string, more: Partial<ProjectionStep> = {}): ProjectionStep {
  return { stream, from: 0, to: 1, rows: [], counters: [], ...more };
}

/** Order of the bytes of the UTF-8, by another way than the stores'. */
export function inByteOrder(texts: readonly string[]): string[] {
  return texts.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

/** Names that stores like to confuse or to put in the wrong order. */
export const AWKWARD = [
  'a',
  'A',
  'Z',
  'a%',
  'a_',
  'ab',
  'a\u0000',
  'é',
  'e\u0301',
  '鉴',
  '衡',
  '\uff5e',
  '\ufb01',
  '😀',
  '𠮷',
  "a'b",
  'a/b',
  ' a',
  '1',
  '10',
  '9',
] as const;
