import { type KeyRing, NotPermitted } from '../ports.ts';
import { makePseudonyms } from '../pseudonyms.ts';
import type { DataKeyStore, makeKeyRing } from '../seal.ts';

/**
 * Two secrets of a province, 32 bytes each, lie in the keys' table as KMS wrapped them, each with its purpose as encryption context:
 * the one of the pseudonyms, which every function needs that knows persons, and the one of the data keys, which only who seals or opens reaches.
 */
export const SECRETS = { pseudonym: 'master/pseudonym', ring: 'master/ring' } as const;
export type Purpose = keyof typeof SECRETS;

/** Opens a wrapped secret; {@link Purpose} is its encryption context. */
export type Unwrap = (wrapped: string, purpose: Purpose) => Promise<Uint8Array>;

/** What seals and opens, where a function's command has either right: {@link makeKeyRing} itself. A bundle without the right is without the code. */
export interface Sealing {
  readonly make: typeof makeKeyRing;
  readonly rights: { readonly seal: boolean; readonly open: boolean };
}

/** The key ring (密钥环) of one function, with no more than the rights of its command. Throws when the province's secrets were never made. */
export async function awsKeyRing(dataKeys: DataKeyStore, unwrap: Unwrap, sealing?: Sealing): Promise<KeyRing> {
  const secret = async (purpose: Purpose): Promise<Uint8Array> => {
    const found = await dataKeys.get(SECRETS[purpose]);
    if (found === undefined || found === 'destroyed') throw new Error(`the keys' table holds no ${SECRETS[purpose]}`);
    return unwrap(found.wrapped, purpose);
  };
  const pseudonym = makePseudonyms(await secret('pseudonym'));
  if (!sealing) return { seal: refuses, open: refuses, destroy: refuses, pseudonym };
  return { ...sealing.make({ dataKeys, master: await secret('ring'), may: { ...sealing.rights, destroy: false } }), pseudonym };
}

const refuses = async (): Promise<never> => {
  throw new NotPermitted('this role neither seals nor opens');
};
