import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** What is bound to a ciphertext and has to be told again to open it: KMS's encryption context. */
export type EncryptionContext = Readonly<Record<string, string>>;

/** What stands for the key service (密钥服务) on this machine. */
export interface KeyService {
  encrypt(plain: Uint8Array, context: EncryptionContext): Uint8Array;
  /** `undefined` where the text was altered, is another key's, or was made with another context. */
  decrypt(ciphertext: Uint8Array, context: EncryptionContext): Uint8Array | undefined;
}

const NONCE = 12;
const TAG = 16;

/** AES-256-GCM under a master key of 32 bytes: nonce, ciphertext, tag. Throws RangeError for a key of another length. */
export function localKeyService(master: Uint8Array): KeyService {
  if (master.length !== 32) throw new RangeError('the master key must have 32 bytes');
  return {
    encrypt(plain, context) {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv('aes-256-gcm', master, nonce).setAAD(textOf(context));
      return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    },
    decrypt(ciphertext, context) {
      if (ciphertext.length < NONCE + TAG) return undefined;
      const opening = createDecipheriv('aes-256-gcm', master, ciphertext.subarray(0, NONCE), { authTagLength: TAG })
        .setAAD(textOf(context))
        .setAuthTag(ciphertext.subarray(-TAG));
      try {
        return Buffer.concat([opening.update(ciphertext.subarray(NONCE, -TAG)), opening.final()]);
      } catch {
        return undefined;
      }
    },
  };
}

const textOf = (context: EncryptionContext): Buffer => Buffer.from(JSON.stringify(Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1))));
