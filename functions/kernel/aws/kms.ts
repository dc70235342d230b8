import * as z from 'zod';
import { type Clock, NotPermitted, Throttled } from '../ports.ts';
import type { Credentials } from './credentials.ts';
import { signed } from './signature.ts';

export interface KmsOptions {
  readonly region: string;
  readonly credentials: Credentials;
  readonly clock: Clock;
  readonly fetch: typeof fetch;
}

const answer = z.object({ Plaintext: z.base64() });
const TIMEOUT_MS = 5_000;

/**
 * Opens a secret (密钥) that the key service wrapped: `Decrypt` with its encryption context, the only call this system makes of the service.
 * Throws {@link NotPermitted} when the role may not, {@link Throttled} when the service asks to wait or does not answer.
 */
export async function unwrap(
  { region, credentials, clock, fetch }: KmsOptions,
  wrapped: string,
  context: Readonly<Record<string, string>>,
): Promise<Uint8Array> {
  const host = `kms.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
  const body = JSON.stringify({ CiphertextBlob: wrapped, EncryptionContext: context });
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'TrentService.Decrypt' };
  const { host: _, ...sent } = signed({ method: 'POST', host, headers, body, region, service: 'kms', at: clock.now() }, credentials);
  const response = await fetch(`https://${host}/`, { method: 'POST', headers: sent, body, signal: AbortSignal.timeout(TIMEOUT_MS) }).catch((cause: unknown) => {
    throw new Throttled('the key service does not answer', { cause });
  });
  if (response.status >= 500 || response.status === 429) throw new Throttled('the key service asks to wait');
  const text = await response.text();
  if (!response.ok) throw /ThrottlingException/.test(text) ? new Throttled('the key service asks to wait') : new NotPermitted('the key service refuses');
  return Buffer.from(answer.parse(JSON.parse(text)).Plaintext, 'base64');
}
