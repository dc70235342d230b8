import { createHmac, hash as digest } from 'node:crypto';
import type { Credentials } from './credentials.ts';

export interface Unsigned {
  readonly method: string;
  readonly host: string;
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly region: string;
  readonly service: string;
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
}

/** The headers with which AWS takes a request to `/` without a query: Signature Version 4 (签名), after its public description. */
export function signed({ method, host, headers, body, region, service, at }: Unsigned, credentials: Credentials): Record<string, string> {
  const stamp = new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const day = stamp.slice(0, 8);
  const token: Record<string, string> = credentials.sessionToken === undefined ? {} : { 'x-amz-security-token': credentials.sessionToken };
  const all: Record<string, string> = { ...headers, ...token, host, 'x-amz-date': stamp };
  const names = Object.keys(all).sort();
  const list = names.join(';');
  const request = [method, '/', '', ...names.map((name) => `${name}:${all[name]?.trim()}`), '', list, digest('sha256', body, 'hex')].join('\n');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', stamp, scope, digest('sha256', request, 'hex')].join('\n');
  const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>((under, part) => hmac(under, part), `AWS4${credentials.secretAccessKey}`);
  const authorization = `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${list}, Signature=${hmac(key, text).toString('hex')}`;
  return { ...all, authorization };
}

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text, 'utf8').digest();
