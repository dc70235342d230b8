import { hash as digest } from 'node:crypto';
import { feedDay } from '../feed-day.ts';
import { LIMITS } from '../limits.ts';
import type { CommitRecord, Receipt } from '../ports.ts';
import type { Item } from './reads.ts';
import { FEED_SHARDS, RECEIPT } from './tables.ts';

/** Key of an item of the ledger or of the views. */
export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

/** Whether an item of that name can exist; what cannot is never asked for, since the table would refuse the question. */
export function canExist(...names: readonly string[]): boolean {
  return names.every((name) => name !== '' && name.isWellFormed() && Buffer.byteLength(name) <= LIMITS.name);
}

export function commitKey(stream: string, version: number): ItemKey {
  return { pk: stream, sk: versionText(version) };
}

/** So that the order of texts is that of versions. */
const versionText = (version: number): string => String(version).padStart(16, '0');

/** Where a commit stands in the feed: its stream's shard of the day of `instant`, there in order of instant, stream and version. */
export function feedPlace({ stream, version }: CommitRecord, instant: string): { readonly feed: string; readonly feedAt: string } {
  const hash = digest('sha256', stream, 'hex').slice(0, 32);
  return { feed: feedPartition(feedDay(instant), Number.parseInt(hash.slice(0, 8), 16) % FEED_SHARDS), feedAt: `${instant}#${hash}#${versionText(version)}` };
}

export const feedPartition = (day: string, shard: number): string => `feed#${day}#${shard}`;

/** The instant at which a place of the feed stands. */
export const instantOf = (feedAt: string): string => feedAt.slice(0, feedAt.indexOf('#'));

export function commitItem(commit: CommitRecord, place: ReturnType<typeof feedPlace>): Item {
  const { stream, version, bytes, alg, hash, state, fingerprint, recordedAt } = commit;
  return { ...commitKey(stream, version), ...place, version, bytes, alg, hash, state, fingerprint, recordedAt };
}

export function commitOf(item: Item): CommitRecord {
  const { pk, version, bytes, alg, hash, state, fingerprint, recordedAt } = item as unknown as CommitRecord & ItemKey;
  return { stream: pk, version, bytes, alg, hash, state, fingerprint, recordedAt };
}

/** The partition of a receipt's key ends after its first colon: the receipts of one reaction to one event lie together. */
export function receiptKey(key: string): ItemKey {
  const colon = key.indexOf(':') + 1;
  const end = colon === 0 ? key.length : colon;
  return { pk: `${RECEIPT}${key.slice(0, end)}`, sk: `#${key.slice(end)}` };
}

export function receiptOf(item: Item): Receipt {
  const { pk, sk, body } = item as { pk: string; sk: string; body: string };
  return { key: `${pk.slice(RECEIPT.length)}${sk.slice(1)}`, body: JSON.parse(body) };
}
