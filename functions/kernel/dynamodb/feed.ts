import type { FeedPosition } from '../ports.ts';
import { FEED_SHARDS } from './tables.ts';

/** A place in the feed: a day, and the last entry taken of each of its shards. */
export interface FeedCursor {
  readonly day: string;
  /** By shard; empty before the first. */
  readonly taken: readonly string[];
}

/** Before the first commit of a day (Asia/Shanghai). */
export const startOf = (day: string): FeedCursor => ({ day, taken: Array.from({ length: FEED_SHARDS }, () => '') });

export const positionOf = ({ day, taken }: FeedCursor): FeedPosition => [day, ...taken].join('|');

const POSITION = new RegExp(String.raw`^\d{4}-\d\d-\d\d(\|([-\d]{10}T[\d:.]{12}Z#[\da-f]{32}#\d{16})?){${FEED_SHARDS}}$`);

/** Throws RangeError for a text that this store never gave. */
export function cursorOf(position: FeedPosition): FeedCursor {
  if (!POSITION.test(position)) throw new RangeError('feed: not a position of this store');
  const [day = '', ...taken] = position.split('|');
  return { day, taken };
}

/** Entries of one shard of a day, after `taken` (exclusive) and up to `upTo` (inclusive), in order, at most `limit`. */
export type ReadShard<Entry> = (day: string, shard: number, taken: string, upTo: string, limit: number) => Promise<readonly Entry[]>;

/**
 * Walks days, and shards within a day, from the cursor up to the instant `upTo` on `lastDay`. The cursor moves only with what was
 * taken, so that nothing between is passed over; `end` where less than `limit` was left.
 */
export async function walk<Entry extends { readonly feedAt: string }>(
  cursor: FeedCursor,
  { upTo, lastDay, limit }: { upTo: string; lastDay: string; limit: number },
  readShard: ReadShard<Entry>,
): Promise<{ entries: readonly Entry[]; cursor: FeedCursor; end: boolean }> {
  const entries: Entry[] = [];
  let reached = cursor;
  for (let at = cursor; at.day <= lastDay; at = startOf(dayAfter(at.day))) {
    for (let shard = 0; shard < FEED_SHARDS; shard += 1) {
      const found = await readShard(at.day, shard, at.taken[shard] ?? '', upTo, limit - entries.length);
      const last = found.at(-1);
      if (!last) continue;
      entries.push(...found);
      at = { day: at.day, taken: at.taken.with(shard, last.feedAt) };
      reached = at;
      if (entries.length >= limit) return { entries, cursor: reached, end: false };
    }
  }
  return { entries, cursor: reached, end: true };
}

const dayAfter = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
