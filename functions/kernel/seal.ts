import { createHmac, createSecretKey, type KeyObject, randomBytes, type webcrypto } from 'node:crypto';
import { CompactEncrypt, compactDecrypt } from 'jose';
import { systemClock } from './clock.ts';
import { type Clock, Erased, type Json, type KeyRing, NotPermitted, SealBroken } from './ports.ts';
import { derive, makePseudonyms } from './pseudonyms.ts';

/** Where wrapped data keys (数据密钥) lie: one entry a scope, for ever. Every read is consistent. */
export interface DataKeyStore {
  get(scope: string): Promise<{ readonly wrapped: string } | 'destroyed' | undefined>;
  /** Does nothing where there is any entry, also a destroyed one. */
  putIfAbsent(scope: string, wrapped: string): Promise<void>;
  /** Overwrites the key, and bars a scope that never had one. */
  destroy(scope: string): Promise<void>;
}

/** What a role may do with sealed text. */
export interface KeyRights {
  readonly seal?: boolean;
  readonly open?: boolean;
  readonly destroy?: boolean;
}

export interface KeyRingOptions {
  readonly dataKeys: DataKeyStore;
  /** 32 bytes. Another master opens nothing that this one sealed and gives other pseudonyms. */
  readonly master: Uint8Array;
  /** Each right is held unless it is denied. */
  readonly may?: KeyRights;
  readonly clock?: Clock;
}

/**
 * How many unwrapped keys a process holds, and for how many milliseconds it uses one without asking the store again:
 * so long may a process still seal and open after another one destroyed the scope.
 */
export const KEY_CACHE = { size: 1000, freshFor: 60_000 } as const;

/** Sealed lengths are told apart in steps of this many bytes only. */
export const PADDING = 256;

/**
 * A key ring (密钥环): AES-256-GCM under one random data key a scope, wrapped under the master, both as compact JWE (RFC 7516).
 *
 * Beside the ciphertext a header names scope and place by keyed fingerprints, authenticated but not in clear.
 * Destroying in this process takes effect at once, in another within {@link KEY_CACHE}`.freshFor`.
 * A scope without a key opens nothing: {@link SealBroken}. Throws RangeError when the master is not 32 bytes.
 */
export function makeKeyRing({ dataKeys, master, may = {}, clock = systemClock }: KeyRingOptions): KeyRing {
  const pseudonym = makePseudonyms(master);
  const wrapping = cipherKey(derive(master, 'jianheng/wrap'));
  const fingerprints = derive(master, 'jianheng/fingerprint');
  const placeBinding = (kid: string, scope: string, place: string): Binding => ({ kid, place: fingerprint(fingerprints, ['place', scope, place]) });

  const cache = new Map<string, DataKey & { readonly checkedAt: number }>();
  let destructions = 0;

  async function dataKey(scope: string, use: 'seal' | 'open', beforeNewKey?: () => Promise<void>): Promise<DataKey> {
    const now = clock.now();
    const held = cache.get(scope);
    cache.delete(scope);
    if (held && Math.abs(now - held.checkedAt) <= KEY_CACHE.freshFor) {
      cache.set(scope, held);
      return held;
    }
    const before = destructions;
    const kid = held?.kid ?? fingerprint(fingerprints, ['scope', scope]);
    let entry = await dataKeys.get(scope);
    let own: { readonly raw: Uint8Array; readonly wrapped: string } | undefined;
    if (entry === undefined && use === 'seal') {
      await beforeNewKey?.();
      const raw = randomBytes(32);
      own = { raw, wrapped: await encrypt(wrapping, { kid }, raw) };
      await dataKeys.putIfAbsent(scope, own.wrapped);
      entry = await dataKeys.get(scope);
    }
    if (entry === 'destroyed') throw new Erased('the data key was destroyed');
    if (entry === undefined) throw new SealBroken('there is no data key');
    const raw = entry.wrapped === own?.wrapped ? own.raw : await decrypt(wrapping, { kid }, entry.wrapped);
    const key = cipherKey(createSecretKey(raw));
    if (before === destructions) {
      cache.set(scope, { key, kid, checkedAt: now });
      for (const oldest of cache.keys()) {
        if (cache.size <= KEY_CACHE.size) break;
        cache.delete(oldest);
      }
    }
    return { key, kid };
  }

  return {
    async seal(scope, place, plain, beforeNewKey) {
      if (may.seal === false) throw new NotPermitted('this role may not seal');
      const { key, kid } = await dataKey(scope, 'seal', beforeNewKey);
      return encrypt(key, placeBinding(kid, scope, place), padded(plain));
    },
    async open(scope, place, sealed) {
      if (may.open === false) throw new NotPermitted('this role may not open');
      const { key, kid } = await dataKey(scope, 'open');
      const bytes = await decrypt(key, placeBinding(kid, scope, place), sealed);
      return JSON.parse(new TextDecoder().decode(bytes)) as Json;
    },
    async destroy(scope) {
      if (may.destroy === false) throw new NotPermitted('this role may not destroy keys');
      try {
        await dataKeys.destroy(scope);
      } finally {
        destructions += 1;
        cache.delete(scope);
      }
    },
    pseudonym,
  };
}

/** A scope's key, with the scope's fingerprint. */
interface DataKey {
  readonly key: webcrypto.CryptoKey;
  readonly kid: string;
}

/** What a header must say: the scope's fingerprint, and the place's where it is not a wrapped key. */
interface Binding {
  readonly kid: string;
  readonly place?: string;
}

const fingerprint = (key: KeyObject, names: readonly string[]): string => createHmac('sha256', key).update(JSON.stringify(names)).digest('base64url');

/** In the one form that jose takes as it is: it imports any other anew at each use. */
const cipherKey = (key: KeyObject): webcrypto.CryptoKey => key.toCryptoKey('AES-GCM', false, ['encrypt', 'decrypt']);

const encrypt = (key: webcrypto.CryptoKey, binding: Binding, plain: Uint8Array): Promise<string> =>
  new CompactEncrypt(plain).setProtectedHeader({ alg: 'dir', enc: 'A256GCM', ...binding }).encrypt(key);

async function decrypt(key: webcrypto.CryptoKey, { kid, place }: Binding, sealed: string): Promise<Uint8Array<ArrayBuffer>> {
  const opened = await compactDecrypt(sealed, key, { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] }).catch(() => undefined);
  if (opened?.protectedHeader.kid !== kid || opened.protectedHeader.place !== place) throw new SealBroken('altered, or not sealed for this place');
  return new Uint8Array(opened.plaintext);
}

/** JSON allows white space after the value, so that what opens needs no mark where the padding begins. */
function padded(plain: Json): Uint8Array {
  const bytes = new TextEncoder().encode(JSON.stringify(plain));
  const whole = new Uint8Array(Math.ceil(bytes.length / PADDING) * PADDING).fill(0x20);
  whole.set(bytes);
  return whole;
}
