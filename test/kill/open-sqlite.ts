import { systemClock } from '../../functions/kernel/clock.ts';
import { closedNetwork } from '../../functions/kernel/closed-network.ts';
import type { Definitions } from '../../functions/kernel/definitions.ts';
import { makeLog } from '../../functions/kernel/log.ts';
import { type ListingRow, NotPermitted } from '../../functions/kernel/ports.ts';
import { makeKeyRing } from '../../functions/kernel/seal.ts';
import { policyFor } from '../../functions/policy/index.ts';
import { filesIn } from '../../infra/local/data-folder.ts';
import { masterKey } from '../../infra/local/master-key.ts';
import { type LocalDatabase, openDatabase } from '../../infra/local/sqlite/open-database.ts';
import { SqliteDataKeyStore } from '../../infra/local/sqlite/sqlite-data-keys.ts';
import { SqliteLedgerStore } from '../../infra/local/sqlite/sqlite-ledger-store.ts';
import { SqliteViewStore } from '../../infra/local/sqlite/sqlite-view-store.ts';
import type { Opened } from './opened.ts';

/** A host's folder where everything is in one SQLite file. */
export function openSqlite(data: string, province: string, definitions: Definitions): Opened {
  const { ledgerFile, keyFile } = filesIn(data);
  const database = openDatabase(ledgerFile);
  const { sql } = database;
  const kernel = {
    definitions,
    province,
    policyFor,
    ledger: new SqliteLedgerStore(database),
    views: new SqliteViewStore(database),
    keyRing: makeKeyRing({ dataKeys: new SqliteDataKeyStore(database), master: masterKey(keyFile) }),
    clock: systemClock,
    log: makeLog({ sink: () => undefined, clock: systemClock }),
    bus: closedBus,
    network: closedNetwork,
  };
  return {
    kernel,
    kept: async () => ({
      rows: sql
        .prepare('SELECT listing, partition, sort, item FROM rows')
        .all()
        .map((row) => ({ ...row, item: JSON.parse(row.item as string) }) as unknown as ListingRow),
      counters: sql.prepare('SELECT counter, value FROM counters').all() as { counter: string; value: number }[],
    }),
    messages: () => messagesIn(database),
    close: async () => database.close(),
  };
}

/** Who only looks publishes nothing. */
export const closedBus = {
  put: async (): Promise<never> => {
    throw new NotPermitted('this process does not publish');
  },
};

export const messagesIn = ({ sql }: Pick<LocalDatabase, 'sql'>): ReturnType<Opened['messages']> =>
  sql.prepare('SELECT queue, count(*) AS count FROM messages GROUP BY queue').all() as { queue: string; count: number }[];
