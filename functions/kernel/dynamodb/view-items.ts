import { hash as digest } from 'node:crypto';
import { LIMITS } from '../limits.ts';
import type { ListingRow, RowName } from '../ports.ts';
import type { ItemKey } from './ledger-items.ts';
import type { Item } from './reads.ts';
import { COUNTER_SHARDS } from './tables.ts';

export const markKey = (stream: string): ItemKey => ({ pk: `mark#${stream}`, sk: 'mark' });

/** The listing's length keeps apart what its name and the partition's could mix up. */
export const rowKey = ({ listing, partition, sort }: RowName): ItemKey => ({ pk: `row#${listing}#${partition}#${listing.length}`, sk: sort });

export const rowOf = (listing: string, partition: string, item: Item): ListingRow => ({
  listing,
  partition,
  sort: item.sk as string,
  item: JSON.parse(item.item as string),
});

export const counterKey = (counter: string, shard: number): ItemKey => ({ pk: `counter#${shard}`, sk: counter });

/** The counter shard to which a stream adds. */
export const shardOf = (stream: string): number => Number.parseInt(digest('sha256', stream, 'hex').slice(0, 8), 16) % COUNTER_SHARDS;

/** Order of the bytes of the UTF-8, which is the table's. */
export const inBytes = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));

/** The end of a key condition for sorts from `low` to `high`, both inclusive; `undefined` where nothing can stand between them. */
export function rangeOf(low: string | undefined, high: string | undefined): { condition: string; values: Record<string, string> } | undefined {
  if (high === '') return undefined;
  const to = high === undefined ? {} : { ':high': clipped(high) };
  if (low === undefined || low === '') return { condition: high === undefined ? '' : ' AND sk <= :high', values: to };
  if (high !== undefined && inBytes(low, high) > 0) return undefined;
  return { condition: high === undefined ? ' AND sk >= :low' : ' AND sk BETWEEN :low AND :high', values: { ':low': clipped(low), ...to } };
}

/** No sort is longer than a name may be, and the table takes no longer one to compare with. */
function clipped(bound: string): string {
  const bytes = Buffer.from(bound);
  return bytes.length <= LIMITS.name ? bound : bytes.subarray(0, LIMITS.name - 4).toString();
}
