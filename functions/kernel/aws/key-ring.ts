import type { KeyRing } from '../ports.ts';
import { type DataKeyStore, makeKeyRing } from '../seal.ts';

/**
 * Two secrets of a province, 32 bytes each, lie in the keys' table as KMS wrapped them, each with its purpose as encryption context:
 * the one of the pseudonyms, which every function needs that knows persons, and the one of the data keys, which only who seals or opens reaches.
 */
export const SECRETS = { pseudonym: 'master/pseudonym', ring: 'master/ring' } as const;
export type Purpose = keyof typeof SECRETS;

/** Opens a wrapped secret; {@link Purpose} is its encryption context. */
export type Unwrap = (wrapped: string, purpose: Purpose) => Promise<Uint8Array>;

/** The key ring (密钥环) of one function, with no more than the rights of its command. Throws when the province's secrets were never made. */
export async function awsKeyRing(dataKeys: DataKeyStore, unwrap: Unwrap, { seal, open }: { readonly seal: boolean; readonly open: boolean }): Promise<KeyRing> {
  const secret = async (purpose: Purpose): Promise<Uint8Array> => {
    const found = await dataKeys.get(SECRETS[purpose]);
    if (found === undefined || found === 'destroyed') throw new Error(`the keys' table holds no ${SECRETS[purpose]}`);
    return unwrap(found.wrapped, purpose);
  };
  const pseudonyms = makeKeyRing({ dataKeys, master: await secret('pseudonym'), may: { seal: false, open: false, destroy: false } });
  if (!seal && !open) return pseudonyms;
  return { ...makeKeyRing({ dataKeys, master: await secret('ring'), may: { seal, open, destroy: false } }), pseudonym: pseudonyms.pseudonym };
}
