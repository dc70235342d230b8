import { randomBytes } from 'node:crypto';
import { type Purpose, SECRETS } from '../../../functions/kernel/aws/key-ring.ts';
import type { DataKeyStore } from '../../../functions/kernel/seal.ts';
import type { KeyService } from './local-key-service.ts';

/** Makes the province's secrets (省级主密钥) that are not there yet, wrapped with their purpose as encryption context. One that is there stays for ever. */
export async function makeSecrets(dataKeys: DataKeyStore, keyService: Pick<KeyService, 'encrypt'>): Promise<void> {
  for (const [purpose, scope] of Object.entries(SECRETS) as [Purpose, string][]) {
    await dataKeys.putIfAbsent(scope, Buffer.from(keyService.encrypt(randomBytes(32), { purpose })).toString('base64'));
  }
}
