import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type Purpose, SECRETS } from '../functions/kernel/aws/key-ring.ts';
import { DynamoDataKeyStore } from '../functions/kernel/dynamodb/data-key-store.ts';
import type { DataKeyStore } from '../functions/kernel/seal.ts';
import { namesOf } from './names.ts';
import { loadProvinces, type Province } from './province.ts';

/** Wraps a secret under the key of its purpose; base64. */
export type Wrap = (secret: Uint8Array, purpose: Purpose) => Promise<string>;

/** What became of a secret: made now, there before and left as it is, or absent in a dry run. */
export type Outcome = 'made' | 'there' | 'absent';

/** A secret that must not be made. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/**
 * Makes the two secrets (主密钥) of a province, 32 random bytes each, wherever one is not there yet. They leave this process wrapped alone.
 * Throws {@link Refused} for one that was destroyed, or that somebody else made meanwhile: then ours was not kept.
 */
export async function makeSecrets(
  store: Pick<DataKeyStore, 'get' | 'putIfAbsent'>,
  wrap: Wrap,
  { dryRun, random = randomBytes }: { readonly dryRun: boolean; readonly random?: (size: number) => Uint8Array },
): Promise<Readonly<Record<Purpose, Outcome>>> {
  const one = async (purpose: Purpose): Promise<Outcome> => {
    const place = SECRETS[purpose];
    const found = await store.get(place);
    if (found === 'destroyed') throw new Refused(`${place} was destroyed: what was sealed or named under it is lost, and another would hide that`);
    if (found) return 'there';
    if (dryRun) return 'absent';
    const secret = random(32);
    const wrapped = await wrap(secret, purpose);
    secret.fill(0);
    await store.putIfAbsent(place, wrapped);
    const kept = await store.get(place);
    if (kept === 'destroyed' || kept?.wrapped !== wrapped) throw new Refused(`${place} was made by somebody else meanwhile, and is left as it is`);
    return 'made';
  };
  return { pseudonym: await one('pseudonym'), ring: await one('ring') };
}

/** Wraps by the key service. Throws {@link Refused} where the key that answers is in another account than the province's. */
export const kmsWrap =
  (client: Pick<KMSClient, 'send'>, { code, account }: Pick<Province, 'code' | 'account'>): Wrap =>
  async (secret, purpose) => {
    const command = new EncryptCommand({ KeyId: namesOf(code).aliases[purpose], Plaintext: secret, EncryptionContext: { purpose } });
    const { CiphertextBlob, KeyId = '' } = await client.send(command);
    if (KeyId.split(':')[4] !== account) throw new Refused(`the key is not in the account ${account}`);
    if (!CiphertextBlob) throw new Refused('the key service answers nothing');
    return Buffer.from(CiphertextBlob).toString('base64');
  };

const USAGE = `npm run secrets -- <province> [--dry-run]
  makes the two secrets of a province, once, after its platform is deployed; one that is there is left as it is
  --dry-run   tells what is there and makes nothing`;

const TOLD: Readonly<Record<Outcome, string>> = { made: 'made', there: 'there already, left as it is', absent: 'not there; would be made' };

if (import.meta.main) {
  try {
    const { values, positionals } = parseArgs({ options: { 'dry-run': { type: 'boolean', default: false } }, allowPositionals: true });
    const province = (await loadProvinces()).find(({ name }) => name === positionals[0]);
    if (!province || positionals.length > 1) throw new TypeError(`${positionals.join(' ') || 'nothing'} is no province`);
    const { region, code } = province;
    const store = new DynamoDataKeyStore({ client: DynamoDBDocumentClient.from(new DynamoDBClient({ region })), table: namesOf(code).keys.name });
    const outcomes = await makeSecrets(store, kmsWrap(new KMSClient({ region }), province), { dryRun: values['dry-run'] });
    for (const [purpose, outcome] of Object.entries(outcomes)) console.log(`${SECRETS[purpose as Purpose]}: ${TOLD[outcome]}`);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const misused = error instanceof TypeError || String(code).startsWith('ERR_PARSE_ARGS');
    console.error(misused ? `${message}\n${USAGE}` : message);
    process.exitCode = misused ? 2 : 1;
  }
}
