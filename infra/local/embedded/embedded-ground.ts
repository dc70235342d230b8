import type { Definitions } from '../../../functions/kernel/definitions.ts';
import type { Log } from '../../../functions/kernel/log.ts';
import { makeNetwork } from '../../../functions/kernel/network.ts';
import type { Bus, Clock, LedgerStore } from '../../../functions/kernel/ports.ts';
import { makeKeyRing } from '../../../functions/kernel/seal.ts';
import { policyFor } from '../../../functions/policy/index.ts';
import { environmentIn } from '../deployed-environment.ts';
import type { Deployment } from '../deployment.ts';
import type { Ground } from '../ground.ts';
import { masterKey } from '../master-key.ts';
import type { LocalDatabase } from '../sqlite/open-database.ts';
import { SqliteDataKeyStore } from '../sqlite/sqlite-data-keys.ts';
import { SqliteLedgerStore } from '../sqlite/sqlite-ledger-store.ts';
import { SqliteViewStore } from '../sqlite/sqlite-view-store.ts';
import { embeddedFunctions } from './embedded-functions.ts';
import { ledgerSource } from './ledger-source.ts';

export interface EmbeddedParts {
  readonly definitions: Definitions;
  readonly deployment: Deployment;
  readonly database: LocalDatabase;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Log;
  /** Where the master key lies. */
  readonly keyFile: string;
  /** Told when something was written. */
  readonly written: () => void;
}

/** The functions' definitions on SQLite, all in this process. */
export function embeddedGround({ definitions, deployment, database, bus, clock, log, keyFile, written }: EmbeddedParts): Ground {
  const ledger = new SqliteLedgerStore(database);
  const keyRing = makeKeyRing({ dataKeys: new SqliteDataKeyStore(database), master: masterKey(keyFile), clock });
  const { PROVINCE: province } = environmentIn(deployment);
  const kernel = {
    definitions,
    province,
    policyFor,
    ledger: telling(ledger, written),
    views: new SqliteViewStore(database),
    keyRing,
    bus,
    clock,
    log,
    network: makeNetwork({ loopback: true }),
  };
  return {
    functions: embeddedFunctions(deployment.functions, kernel),
    stream: ledgerSource(ledger),
    silent: false,
    close: async () => {},
  };
}

/** The ledger, which tells of each commit. */
const telling = (ledger: LedgerStore, written: () => void): LedgerStore => ({
  head: (stream) => ledger.head(stream),
  read: (stream, options) => ledger.read(stream, options),
  receipt: (key) => ledger.receipt(key),
  receipts: (prefix) => ledger.receipts(prefix),
  feed: (position, limit) => ledger.feed(position, limit),
  feedFrom: (day) => ledger.feedFrom(day),
  append: async (write) => {
    const outcome = await ledger.append(write);
    if (outcome.ok && write.commit) written();
    return outcome;
  },
});
