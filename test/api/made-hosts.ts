import { readFileSync } from 'node:fs';
import { decodeProtectedHeader } from 'jose';
import type { BusEntry, CommitRecord, KeyRing, ListingRow, Receipt } from '../../functions/kernel/ports.ts';
import { makePseudonyms } from '../../functions/kernel/pseudonyms.ts';
import { filesIn } from '../../infra/local/data-folder.ts';
import type { Functions } from '../../infra/local/functions.ts';
import { masterKey } from '../../infra/local/master-key.ts';
import type { LocalDatabase } from '../../infra/local/sqlite/open-database.ts';
import type { Host } from '../support/host.ts';
import { inProcessHost, memoryStores } from '../support/in-process-host.ts';
import { type Issuer, makeIssuer } from '../support/issuer.ts';
import { makeStore } from '../support/key-ring.ts';
import { localHost } from '../support/local-host.ts';

/** All that lies in a host's stores (全部存储的内容). */
export interface Stored {
  readonly commits: readonly CommitRecord[];
  readonly receipts: readonly Receipt[];
  readonly rows: readonly ListingRow[];
  readonly counters: readonly { readonly counter: string; readonly value: number }[];
  /** Wrapped or destroyed, by scope. */
  readonly dataKeys: readonly (readonly [scope: string, entry: unknown])[];
}

/** A host whose inside can be looked at. */
export interface MadeHost extends Host {
  /** Whether a request goes as bytes, and what HTTP cannot say never comes to a command. */
  readonly wire: boolean;
  readonly bus: readonly BusEntry[];
  /** Of the tokens that the host takes, and of those that it must not. */
  readonly issuer: Issuer;
  /** Its log. */
  readonly lines: readonly string[];
  readonly pseudonym: KeyRing['pseudonym'];
  /** The same object as long as nothing was written, where the host can tell. */
  stored(): Stored;
}

export type MakeMadeHost = () => Promise<MadeHost>;

const PROVINCE = '360000';
/** Of nobody, for a token whose header tells the key's name. */
const CLAIMS = { agency: '', kind: '', division: '', person: '', roles: [] };
const START = '2026-03-10T01:00:00.000Z';

/** Everything in this process, in memory. */
export const inThisProcess: MakeMadeHost = async () => {
  const stores = memoryStores();
  const keys = makeStore();
  const { store: ledger, count: appended } = counting(stores.ledger, 'append');
  const { store: views, count: applied } = counting(stores.views, 'apply', 'clear');
  const { store: dataKeys, count: keyed } = counting(keys.dataKeys, 'putIfAbsent', 'destroy');
  const written = () => appended() + applied() + keyed();
  const host = await inProcessHost(PROVINCE, { ledger, views, dataKeys, close: () => {} }, START);
  let known: { readonly at: number; readonly stored: Stored } | undefined;
  return {
    ...host,
    wire: false,
    lines: host.province.lines,
    pseudonym: (kind, value) => host.province.kernel.keyRing.pseudonym(kind, value),
    stored: () => {
      const at = written();
      if (known?.at !== at)
        known = {
          at,
          stored: {
            commits: ledger.stream(0, 1_000_000),
            receipts: ledger.allReceipts(),
            rows: views.allRows(),
            counters: views.allCounters(),
            dataKeys: [...keys.entries],
          },
        };
      return known.stored;
    },
  };
};

/** How often these were called: nothing else writes. */
function counting<T extends object>(store: T, ...writing: readonly (keyof T)[]): { readonly store: T; readonly count: () => number } {
  let calls = 0;
  const counted = new Proxy(store, {
    get(target, name) {
      const value = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) => {
        if (writing.includes(name as keyof T)) calls += 1;
        return value.apply(target, given);
      };
    },
  });
  return { store: counted, count: () => calls };
}

/** The local host as it is started, on its SQLite file. */
export const overHttp: MakeMadeHost = async () => {
  const files: LocalDatabase[] = [];
  const host = await localHost({ opened: (file) => files.push(file), around: withoutDispatches }, START)(PROVINCE);
  const { keyFile, issuerFile } = filesIn(host.data);
  const { authorizer, clock } = host;
  const { kid } = decodeProtectedHeader(await host.token(CLAIMS));
  return {
    ...host,
    wire: true,
    issuer: await makeIssuer({ clock, ...authorizer, key: JSON.parse(readFileSync(issuerFile, 'utf8')), ...(kid ? { kid } : {}) }),
    pseudonym: makePseudonyms(masterKey(keyFile)),
    stored: storedIn(files[0] as LocalDatabase),
  };
};

/** Nothing is written of itself: what is sent outside is tried where endpoints are. */
const withoutDispatches = (functions: Functions): Functions => ({
  ...functions,
  invoke: async (name, event) => (name.includes('-dispatch-') ? undefined : functions.invoke(name, event)),
});

export const HOSTS: readonly (readonly [name: string, make: MakeMadeHost])[] = [
  ['in this process', inThisProcess],
  ['over HTTP', overHttp],
];

/** Reads the file anew only when its one connection has written to it. */
function storedIn({ sql }: LocalDatabase): () => Stored {
  const changes = sql.prepare('SELECT total_changes() AS count');
  const statements = {
    commits: sql.prepare('SELECT stream, version, bytes, alg, hash, state, fingerprint, recorded_at AS recordedAt FROM commits ORDER BY place'),
    receipts: sql.prepare('SELECT key, body FROM receipts ORDER BY key'),
    rows: sql.prepare('SELECT listing, partition, sort, item FROM rows ORDER BY listing, partition, sort'),
    counters: sql.prepare('SELECT counter, value FROM counters ORDER BY counter'),
    dataKeys: sql.prepare('SELECT scope, wrapped FROM data_keys ORDER BY id'),
  };
  let known: { readonly at: unknown; readonly stored: Stored } | undefined;
  return () => {
    const at = changes.get()?.count;
    if (known && known.at === at) return known.stored;
    const stored: Stored = {
      commits: statements.commits.all() as unknown as CommitRecord[],
      receipts: statements.receipts.all().map(({ key, body }) => ({ key: key as string, body: JSON.parse(body as string) })),
      rows: statements.rows.all().map((row) => ({ ...row, item: JSON.parse(row.item as string) }) as unknown as ListingRow),
      counters: statements.counters.all() as unknown as Stored['counters'],
      dataKeys: statements.dataKeys.all().map(({ scope, wrapped }) => [scope as string, wrapped]),
    };
    known = { at, stored };
    return stored;
  };
}
