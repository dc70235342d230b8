import {
  type CryptoKey,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  importJWK,
  type JSONWebKeySet,
  type JWK,
  type JWTHeaderParameters,
  type JWTPayload,
  SignJWT,
  UnsecuredJWT,
} from 'jose';
import type { Clock } from '../../functions/kernel/ports.ts';

const KID = 'development-key';
const HOUR = 3600;

/** Claims beside or in the place of the usual ones. */
export type Claims = { readonly [Name in keyof JWTPayload]: JWTPayload[Name] | undefined };

/** Signs development tokens (测试用身份令牌签发者), and the ones that a verifier has to refuse. */
export interface Issuer {
  readonly issuer: string;
  readonly audience: string;
  readonly jwks: JSONWebKeySet;
  /** The public key as PEM bytes: the secret that an HMAC-confused token is signed with. */
  readonly publicPem: Uint8Array;
  /** ES256 under the published key, an hour long; a claim given as undefined is left out. */
  sign(claims: Claims, header?: Partial<JWTHeaderParameters>): Promise<string>;
  /** The published key's name, another key's signature. */
  forged(claims: Claims): Promise<string>;
  /** `alg: none`. */
  unsigned(claims: Claims): string;
  /** Expired by an hour. */
  expired(claims: Claims): Promise<string>;
  /** HS256 with the public key's PEM as the secret. */
  hmacConfused(claims: Claims): Promise<string>;
}

/** With a key of its own, or as another issuer whose private key and key's name are given. */
export async function makeIssuer({
  clock,
  issuer = 'https://issuer.example',
  audience = 'jianheng',
  key,
  kid = KID,
}: {
  clock: Clock;
  issuer?: string;
  audience?: string;
  key?: JWK;
  kid?: string;
}): Promise<Issuer> {
  const own = key ? await pairOf(key) : await generateKeyPair('ES256', { extractable: true });
  const other = await generateKeyPair('ES256');
  const publicPem = new TextEncoder().encode(await exportSPKI(own.publicKey));
  const payload = (claims: Claims): JWTPayload => {
    const now = Math.floor(clock.now() / 1000);
    return { iss: issuer, aud: audience, sub: 'made-up-subject', iat: now, exp: now + HOUR, ...claims } as JWTPayload;
  };
  const signed = (claims: Claims, key: CryptoKey | Uint8Array, header: Partial<JWTHeaderParameters> = {}) =>
    new SignJWT(payload(claims)).setProtectedHeader({ alg: 'ES256', kid, ...header }).sign(key);
  return {
    issuer,
    audience,
    jwks: { keys: [{ ...(await exportJWK(own.publicKey)), kid, alg: 'ES256', use: 'sig' }] },
    publicPem,
    sign: (claims, header) => signed(claims, own.privateKey, header),
    forged: (claims) => signed(claims, other.privateKey),
    unsigned: (claims) => new UnsecuredJWT(payload(claims)).encode(),
    expired: (claims) => signed({ exp: Math.floor(clock.now() / 1000) - HOUR, ...claims }, own.privateKey),
    hmacConfused: (claims) => signed(claims, publicPem, { alg: 'HS256' }),
  };
}

async function pairOf(key: JWK): Promise<{ privateKey: CryptoKey; publicKey: CryptoKey }> {
  const { d: _, ...open } = key;
  const imported = (half: JWK) => importJWK(half, 'ES256', { extractable: true }) as Promise<CryptoKey>;
  return { privateKey: await imported(key), publicKey: await imported(open) };
}
