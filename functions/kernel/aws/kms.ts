import { DecryptCommand, type KMSClient } from '@aws-sdk/client-kms';
import { NotPermitted, Throttled } from '../ports.ts';
import type { Unwrap } from './key-ring.ts';

const REFUSED = new Set(['AccessDeniedException', 'InvalidCiphertextException', 'IncorrectKeyException', 'DisabledException', 'NotFoundException']);

/**
 * Opens a secret (密钥) that the key service wrapped, with its purpose as encryption context: the only call this system makes of the service.
 * Throws {@link NotPermitted} when the role may not or the text is another's, {@link Throttled} when the service asks to wait or does not answer.
 */
export const kmsUnwrap =
  (client: Pick<KMSClient, 'send'>): Unwrap =>
  async (wrapped, purpose) => {
    const command = new DecryptCommand({ CiphertextBlob: Buffer.from(wrapped, 'base64'), EncryptionContext: { purpose } });
    const { Plaintext } = await client.send(command).catch((cause: Error) => {
      throw REFUSED.has(cause.name) ? new NotPermitted('the key service refuses') : new Throttled('the key service does not answer', { cause });
    });
    if (!Plaintext) throw new NotPermitted('the key service answers nothing');
    return Plaintext;
  };
