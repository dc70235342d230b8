import type { Definitions } from '../../functions/kernel/definitions.ts';
import { makeVerifier } from '../../functions/kernel/identity.ts';
import type { LedgerStore, ViewStore } from '../../functions/kernel/ports.ts';
import { type DataKeyStore, makeKeyRing } from '../../functions/kernel/seal.ts';
import { loadDefinitions } from '../../infra/local/load-definitions.ts';
import { openDatabase } from '../../infra/local/sqlite/open-database.ts';
import { SqliteDataKeyStore } from '../../infra/local/sqlite/sqlite-data-keys.ts';
import { SqliteLedgerStore } from '../../infra/local/sqlite/sqlite-ledger-store.ts';
import { SqliteViewStore } from '../../infra/local/sqlite/sqlite-view-store.ts';
import { MemoryDataKeyStore } from '../simulation/memory-data-keys.ts';
import { MemoryLedgerStore, MemoryViewStore } from '../simulation/memory-store.ts';
import { InProcessApi } from './api.ts';
import type { Host } from './host.ts';
import { type Issuer, makeIssuer } from './issuer.ts';
import { MASTER } from './key-ring.ts';
import { Province, SetClock } from './province.ts';

/** The stores of one host. */
export interface Stores {
  readonly ledger: LedgerStore;
  readonly views: ViewStore;
  readonly dataKeys: DataKeyStore;
  close(): void;
}

export const memoryStores = () => ({
  ledger: new MemoryLedgerStore(),
  views: new MemoryViewStore(),
  dataKeys: new MemoryDataKeyStore(),
  close: () => {},
});

export function sqliteStores(file: string): Stores {
  const database = openDatabase(file);
  return {
    ledger: new SqliteLedgerStore(database),
    views: new SqliteViewStore(database),
    dataKeys: new SqliteDataKeyStore(database),
    close: () => database.close(),
  };
}

/** A host in this process, with what is behind its API. */
export interface InProcessHost extends Host {
  readonly bus: Province['onBus'];
  readonly definitions: Definitions;
  readonly province: Province;
  readonly clock: SetClock;
  readonly issuer: Issuer;
}

/** One process's system behind the real gateway's checks: development tokens, a clock that is set, everything delivered once. */
export async function inProcessHost(code: string, stores: Stores = memoryStores(), start = '2026-01-05T01:00:00.000Z'): Promise<InProcessHost> {
  const clock = new SetClock(start);
  const definitions = await loadDefinitions();
  const issuer = await makeIssuer({ clock });
  const province = new Province({
    definitions,
    ledger: stores.ledger,
    views: stores.views,
    keyRing: makeKeyRing({ dataKeys: stores.dataKeys, master: MASTER, clock }),
    clock,
    province: code,
  });
  const verify = makeVerifier({ issuer: issuer.issuer, audience: issuer.audience, keys: issuer.jwks, clock });
  return {
    api: new InProcessApi(province.kernel, verify),
    bus: province.onBus,
    definitions,
    province,
    clock,
    issuer,
    token: (claims) => issuer.sign({ ...claims }),
    setClock: async (instant) => {
      clock.at = Date.parse(instant);
    },
    settle: () => province.settle(),
    sweep: () => province.sweep(),
    endpoint: async () => province.outside.endpoint(),
    close: async () => stores.close(),
  };
}
