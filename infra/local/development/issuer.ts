import { exportJWK, generateKeyPair, importJWK, type JSONWebKeySet, type JWK, SignJWT } from 'jose';
import type { Clock } from '../../../functions/kernel/ports.ts';
import { keptFile } from '../kept-file.ts';

const KID = 'development';
/** Seconds for which a token is good. */
export const TOKEN_SECONDS = 12 * 3600;

/** Signs tokens for anybody who asks (测试用身份令牌签发者): it exists on a local host only. */
export interface DevelopmentIssuer {
  readonly jwks: JSONWebKeySet;
  sign(claims: Readonly<Record<string, unknown>>): Promise<string>;
}

/** Its key lies in a file that only its owner may read, so that tokens outlive a restart. */
export async function developmentIssuer({
  file,
  clock,
  issuer,
  audience,
}: {
  readonly file: string;
  readonly clock: Clock;
  readonly issuer: string;
  readonly audience: string;
}): Promise<DevelopmentIssuer> {
  const secret = await keptKey(file);
  const { kty, crv, x, y } = secret;
  const key = await importJWK(secret, 'ES256');
  return {
    jwks: { keys: [{ kty, crv, x, y, kid: KID, alg: 'ES256', use: 'sig' } as JWK] },
    sign: (claims) => {
      const now = Math.floor(clock.now() / 1000);
      return new SignJWT({ ...claims, iss: issuer, aud: audience, sub: KID, iat: now, exp: now + TOKEN_SECONDS })
        .setProtectedHeader({ alg: 'ES256', kid: KID })
        .sign(key);
    },
  };
}

/** Made once, never overwritten. */
async function keptKey(file: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const made = JSON.stringify(await exportJWK(privateKey));
  return JSON.parse(keptFile(file, () => made).toString('utf8')) as JWK;
}
