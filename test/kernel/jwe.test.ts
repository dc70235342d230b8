import { createSecretKey } from 'node:crypto';
import { CompactEncrypt, compactDecrypt } from 'jose';
import { describe, expect, test } from 'vitest';
import { decryptJwe, encryptJwe } from '../../functions/kernel/jwe.ts';

const BYTES = new Uint8Array(32).fill(9);
const KEY = createSecretKey(BYTES);
const HEADER = { kid: 'made-up-scope', place: 'made-up-place' };
const text = (plain: Uint8Array | undefined) => plain && new TextDecoder().decode(plain);
const bytes = (plain: string) => new TextEncoder().encode(plain);

describe('RFC 7516, by another implementation of it', () => {
  test.each(['', 'a', '具体情况', 'x'.repeat(5000)])('it opens what was encrypted here: %s', async (plain) => {
    const { plaintext, protectedHeader } = await compactDecrypt(encryptJwe(KEY, HEADER, bytes(plain)), BYTES);
    expect(text(plaintext)).toBe(plain);
    expect(protectedHeader).toEqual({ alg: 'dir', enc: 'A256GCM', ...HEADER });
  });

  test.each(['', 'a', '具体情况', 'x'.repeat(5000)])('what it encrypted opens here: %s', async (plain) => {
    const made = await new CompactEncrypt(bytes(plain)).setProtectedHeader({ alg: 'dir', enc: 'A256GCM', ...HEADER }).encrypt(BYTES);
    expect(text(decryptJwe(KEY, HEADER, made))).toBe(plain);
  });
});

describe('what does not open', () => {
  const sealed = encryptJwe(KEY, HEADER, bytes('虚构内容'));
  const parts = sealed.split('.') as [string, string, string, string, string];
  const withPart = (at: number, part: string) => parts.map((each, index) => (index === at ? part : each)).join('.');

  test('as it is, it does open', () => {
    expect(text(decryptJwe(KEY, HEADER, sealed))).toBe('虚构内容');
  });

  test('any one character changed', () => {
    for (let at = 0; at < sealed.length; at += 1) {
      const altered = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`;
      expect(decryptJwe(KEY, HEADER, altered), `character ${at}`).toBeUndefined();
    }
  });

  test('under another key or another header, and one with less or more in it', () => {
    expect(decryptJwe(createSecretKey(new Uint8Array(32).fill(8)), HEADER, sealed)).toBeUndefined();
    expect(decryptJwe(KEY, { ...HEADER, place: 'elsewhere' }, sealed)).toBeUndefined();
    expect(decryptJwe(KEY, { kid: HEADER.kid }, sealed)).toBeUndefined();
    expect(decryptJwe(KEY, { ...HEADER, more: '' }, sealed)).toBeUndefined();
  });

  test.each([
    ['a header of another algorithm', withPart(0, Buffer.from(JSON.stringify({ alg: 'dir', enc: 'A128GCM', ...HEADER })).toString('base64url'))],
    ['an encrypted key', withPart(1, 'AAAA')],
    ['a nonce of eleven bytes', withPart(2, Buffer.from(parts[2], 'base64url').subarray(1).toString('base64url'))],
    ['a tag of fifteen bytes', withPart(4, Buffer.from(parts[4], 'base64url').subarray(0, 15).toString('base64url'))],
    ['a tag of four bytes', withPart(4, Buffer.from(parts[4], 'base64url').subarray(0, 4).toString('base64url'))],
    ['no tag', withPart(4, '')],
    ['padding', withPart(4, `${parts[4]}==`)],
    ['a line break', withPart(3, `${parts[3]}\n`)],
    ['a sixth part', `${sealed}.`],
    ['four parts', parts.slice(0, 4).join('.')],
    ['no part', ''],
  ])('with %s', (_, altered) => {
    expect(decryptJwe(KEY, HEADER, altered)).toBeUndefined();
  });
});

test('no nonce comes twice', () => {
  const nonces = Array.from({ length: 1000 }, () => encryptJwe(KEY, HEADER, bytes('')).split('.')[2]);
  expect(new Set(nonces).size).toBe(nonces.length);
});
