import { isDeepStrictEqual } from 'node:util';
import type { ListingRow, ViewStore } from '../../functions/kernel/ports.ts';
import { rebuild } from '../../functions/kernel/project.ts';
import { openDatabase } from '../local/sqlite/open-database.ts';
import { SqliteViewStore } from '../local/sqlite/sqlite-view-store.ts';
import type { Place } from './place.ts';
import { standingIn } from './standing-in-sqlite.ts';

/** How a listing that stands differs from what the ledger gives, in rows. */
export interface ListingDifference {
  readonly listing: string;
  /** Rows that the ledger gives. */
  readonly rows: number;
  readonly altered: number;
  readonly lacking: number;
  readonly beyond: number;
}

export interface ViewDifferences {
  readonly commits: number;
  /** All of them, in order of name. */
  readonly listings: readonly ListingDifference[];
  readonly counters: number;
  readonly countersApart: number;
  /** Streams that stand at an older commit than the newest, and those at a newer one than the ledger had when this began. */
  readonly behind: number;
  readonly ahead: number;
}

/** What the kernel keeps there of its own, and is no view of anything. */
const PROGRESS = 'kernel/progress';
const isOwn = (name: string): boolean => name === PROGRESS || name.startsWith(`${PROGRESS}/`);

/** Rebuilds the views beside those that stand (视图比对), in a temporary database that goes with its connection, and touches nothing else. */
export async function compareViews({ kernel, standing }: Pick<Place, 'kernel' | 'standing'>): Promise<ViewDifferences> {
  const scratch = openDatabase('');
  try {
    const views = new SqliteViewStore(scratch);
    const commits = await rebuild({ ...kernel, views }, { abreast: 500 });
    const tallies = new Map<string, Tally>();
    const tallyOf = (listing: string): Tally => {
      const tally = tallies.get(listing) ?? { rows: 0, same: 0, altered: 0, beyond: 0 };
      tallies.set(listing, tally);
      return tally;
    };
    const unmet = new Map<string, number>();
    for await (const each of standingIn(scratch)) {
      if ('listing' in each) tallyOf(each.listing).rows += 1;
      else unmet.set(each.stream, each.version);
    }
    let ahead = 0;
    for await (const each of standing()) {
      if ('listing' in each) {
        tallyOf(each.listing)[await standsAs(views, each)] += 1;
        continue;
      }
      const version = unmet.get(each.stream) ?? 0;
      if (each.version > version && !isOwn(each.stream)) ahead += 1;
      if (each.version >= version) unmet.delete(each.stream);
    }
    return {
      commits,
      listings: [...tallies]
        .filter(([listing]) => !isOwn(listing))
        .map(([listing, { rows, same, altered, beyond }]) => ({ listing, rows, altered, lacking: rows - same - altered, beyond }))
        .sort((one, other) => (one.listing < other.listing ? -1 : 1)),
      ...(await countersOf(views, kernel.views)),
      behind: [...unmet.keys()].filter((stream) => !isOwn(stream)).length,
      ahead,
    };
  } finally {
    scratch.close();
  }
}

interface Tally {
  rows: number;
  same: number;
  altered: number;
  beyond: number;
}

async function standsAs(expected: ViewStore, { listing, partition, sort, item }: ListingRow): Promise<'same' | 'altered' | 'beyond'> {
  const row = await expected.row(listing, partition, sort);
  if (!row) return 'beyond';
  return isDeepStrictEqual(row.item, item) ? 'same' : 'altered';
}

async function countersOf(expected: ViewStore, standing: ViewStore): Promise<Pick<ViewDifferences, 'counters' | 'countersApart'>> {
  const given = await expected.counters('');
  const apart = new Map(given.map(({ counter, value }) => [counter, value]));
  for (const { counter, value } of await standing.counters('')) apart.set(counter, (apart.get(counter) ?? 0) - value);
  return { counters: given.length, countersApart: [...apart.values()].filter((by) => by !== 0).length };
}
