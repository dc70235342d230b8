import { type DataKeyStore, type KeyRights, makeKeyRing } from '../../functions/kernel/seal.ts';

export const MASTER = new Uint8Array(32).fill(7);

/** Entries by scope; `before` runs ahead of every put, as a rival process would. */
export function makeStore(before: (scope: string) => void = () => {}) {
  const entries = new Map<string, { wrapped: string } | 'destroyed'>();
  const asked = { get: 0 };
  const dataKeys: DataKeyStore = {
    async get(scope) {
      asked.get += 1;
      return entries.get(scope);
    },
    async putIfAbsent(scope, wrapped) {
      before(scope);
      if (!entries.has(scope)) entries.set(scope, { wrapped });
    },
    async destroy(scope) {
      entries.set(scope, 'destroyed');
    },
  };
  return { entries, asked, dataKeys };
}

/** A key ring over the double (密钥环测试替身), with a clock that stands still. */
export function setUpKeyRing({
  may,
  master = MASTER,
  store = makeStore(),
}: {
  may?: KeyRights;
  master?: Uint8Array;
  store?: ReturnType<typeof makeStore>;
} = {}) {
  const time = { now: 1_000_000 };
  const ring = makeKeyRing({ dataKeys: store.dataKeys, master, clock: { now: () => time.now }, ...(may ? { may } : {}) });
  return { ...store, store, time, ring };
}

/** Protected header of a compact JWE. */
export const headerOf = (jwe: string): Record<string, unknown> => JSON.parse(Buffer.from(jwe.split('.')[0] ?? '', 'base64url').toString());
