import type { EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { describe, expect, test } from 'vitest';
import { awsKeyRing, type Purpose } from '../../functions/kernel/aws/key-ring.ts';
import { kmsUnwrap } from '../../functions/kernel/aws/kms.ts';
import { type DataKeyStore, makeKeyRing } from '../../functions/kernel/seal.ts';
import { kmsWrap, makeSecrets, Refused } from '../../infra/make-secrets.ts';
import shanghai from '../../infra/provinces/31-shanghai.ts';

type Entry = { readonly wrapped: string } | 'destroyed';

function storeOf(...entries: readonly (readonly [string, Entry])[]) {
  const held = new Map<string, Entry>(entries);
  const store: DataKeyStore = {
    get: async (scope) => held.get(scope),
    putIfAbsent: async (scope, wrapped) => {
      if (!held.has(scope)) held.set(scope, { wrapped });
    },
    destroy: async () => undefined,
  };
  return { held, store };
}

/** A key service that turns bytes over, and opens only under the context that it wrapped under. */
function keyService(account = shanghai.account) {
  const asked: EncryptCommand['input'][] = [];
  const send = async ({ input }: { input: EncryptCommand['input'] & { CiphertextBlob?: Uint8Array } }) => {
    const purpose = Buffer.from(input.EncryptionContext?.purpose ?? '');
    if (input.CiphertextBlob) {
      const text = Buffer.from(input.CiphertextBlob);
      if (!text.subarray(32).equals(purpose)) throw Object.assign(new Error('made'), { name: 'InvalidCiphertextException' });
      return { Plaintext: Buffer.from(text.subarray(0, 32)).map((byte) => byte ^ 0xff) };
    }
    asked.push({ ...input, Plaintext: Buffer.from(input.Plaintext ?? '') });
    const turned = Buffer.from(input.Plaintext ?? '').map((byte) => byte ^ 0xff);
    return { CiphertextBlob: Buffer.concat([turned, purpose]), KeyId: `arn:aws-cn:kms:cn-north-1:${account}:key/made` };
  };
  return { asked, client: { send } as unknown as KMSClient };
}

describe('the secrets of a province', () => {
  test('are made once, two different ones, each under the key and the context of its purpose', async () => {
    const { held, store } = storeOf();
    const { asked, client } = keyService();
    expect(await makeSecrets(store, kmsWrap(client, shanghai), { dryRun: false })).toEqual({ pseudonym: 'made', ring: 'made' });
    expect([...held.keys()]).toEqual(['master/pseudonym', 'master/ring']);
    expect(asked.map(({ KeyId, EncryptionContext }) => [KeyId, EncryptionContext])).toEqual([
      ['alias/jianheng-31-pseudonym', { purpose: 'pseudonym' }],
      ['alias/jianheng-31-ring', { purpose: 'ring' }],
    ]);
    const [first, second] = asked.map(({ Plaintext }) => Buffer.from(Plaintext ?? ''));
    expect(first).toHaveLength(32);
    expect(first?.equals(second as Buffer)).toBe(false);
  });

  test('are those with which a function starts', async () => {
    const { store } = storeOf();
    const { client } = keyService();
    await makeSecrets(store, kmsWrap(client, shanghai), { dryRun: false });
    const ring = await awsKeyRing(store, kmsUnwrap(client), { make: makeKeyRing, rights: { seal: true, open: true } });
    expect(await ring.open('scope', 'place', await ring.seal('scope', 'place', { made: true }))).toEqual({ made: true });
  });

  test('that are there are left as they are, and one that is missing beside them is made', async () => {
    const before = { wrapped: 'before' };
    const { held, store } = storeOf(['master/pseudonym', before]);
    const { asked, client } = keyService();
    expect(await makeSecrets(store, kmsWrap(client, shanghai), { dryRun: false })).toEqual({ pseudonym: 'there', ring: 'made' });
    expect(held.get('master/pseudonym')).toBe(before);
    expect(asked).toHaveLength(1);
    const made = new Map(held);
    expect(await makeSecrets(store, kmsWrap(client, shanghai), { dryRun: false })).toEqual({ pseudonym: 'there', ring: 'there' });
    expect(held).toEqual(made);
  });

  test('are neither made nor wrapped in a dry run', async () => {
    const { held, store } = storeOf(['master/ring', { wrapped: 'before' }]);
    const { asked, client } = keyService();
    expect(await makeSecrets(store, kmsWrap(client, shanghai), { dryRun: true })).toEqual({ pseudonym: 'absent', ring: 'there' });
    expect([held.size, asked.length]).toEqual([1, 0]);
  });

  test('are wiped as soon as they are wrapped', async () => {
    const made: Uint8Array[] = [];
    const random = (size: number) => {
      made.push(new Uint8Array(size).fill(7));
      return made.at(-1) as Uint8Array;
    };
    await makeSecrets(storeOf().store, kmsWrap(keyService().client, shanghai), { dryRun: false, random });
    expect(made.map((secret) => Math.max(...secret))).toEqual([0, 0]);
  });

  test('are not made under a key of another account, after a destroyed one, or beside another maker', async () => {
    const wrap = kmsWrap(keyService().client, shanghai);
    const elsewhere = storeOf();
    await expect(makeSecrets(elsewhere.store, kmsWrap(keyService('000000000099').client, shanghai), { dryRun: false })).rejects.toThrow(Refused);
    expect(elsewhere.held.size).toBe(0);
    await expect(makeSecrets(storeOf(['master/ring', 'destroyed']).store, wrap, { dryRun: true })).rejects.toThrow(/master\/ring was destroyed/);
    const raced = storeOf();
    const slow = async (secret: Uint8Array, purpose: Purpose) => {
      raced.held.set('master/pseudonym', { wrapped: 'another’s' });
      return wrap(secret, purpose);
    };
    await expect(makeSecrets(raced.store, slow, { dryRun: false })).rejects.toThrow(/somebody else/);
    expect(raced.held).toEqual(new Map([['master/pseudonym', { wrapped: 'another’s' }]]));
  });
});
