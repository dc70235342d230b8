import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import type { KeyRing } from './ports.ts';

/** Pseudonyms (假名) under a master of 32 bytes: HMAC-SHA-256, one key a kind. Throws RangeError for another length. */
export function makePseudonyms(master: Uint8Array): KeyRing['pseudonym'] {
  if (master.length !== 32) throw new RangeError('the master key must have 32 bytes');
  const pseudonyms = derive(master, 'jianheng/pseudonym');
  const kinds = new Map<string, KeyObject>();
  function kindKey(kind: string): KeyObject {
    const key = kinds.get(kind) ?? derive(pseudonyms, kind);
    kinds.set(kind, key);
    return key;
  }
  return (kind, value) => createHmac('sha256', kindKey(kind)).update(value, 'utf8').digest('hex').slice(0, 32);
}

/** A key for one purpose. A key object: Node makes one anew at each use of a key that is given as bytes, which costs several times the HMAC itself. */
export const derive = (key: Uint8Array | KeyObject, purpose: string): KeyObject =>
  createSecretKey(new Uint8Array(hkdfSync('sha256', key, new Uint8Array(), purpose, 32)));
