/**
 * Standard Webhooks (网络钩子签名), specification 1.0: a message's id, its second and its body under HMAC-SHA256, with one signature for each secret
 * that is good at the moment. https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';

/** Bytes that a secret may have. */
const SECRET_BYTES = { least: 24, most: 64 } as const;
/** Seconds by which a message's time may differ from ours, either way. */
export const TOLERANCE = 300;
/** Signatures of one message that are looked at: a sender that rotates its secret sends two. */
const MOST_SIGNATURES = 8;

const PREFIX = 'whsec_';
const keyOf = (secret: string): Buffer => Buffer.from(secret.slice(PREFIX.length), 'base64');

/** 签名密钥: `whsec_` and 24 to 64 random bytes in base64, as `openssl rand -base64 32` makes them. */
export const webhookSecret = z
  .string()
  .refine(
    (text) => {
      const key = keyOf(text);
      const written = text.startsWith(PREFIX) && key.toString('base64') === text.slice(PREFIX.length);
      // What repeats itself was typed, not drawn.
      return written && key.length >= SECRET_BYTES.least && key.length <= SECRET_BYTES.most && new Set(key).size >= SECRET_BYTES.least / 2;
    },
    { error: `应为 whsec_ 加上${SECRET_BYTES.least}至${SECRET_BYTES.most}个随机字节的 Base64 编码，例如 openssl rand -base64 32 的输出` },
  )
  .meta({ examples: ['whsec_5WbX5kEWLlfzsGNjH64I8lOOqUB6e8FH'] });

/** What a signature stands in. */
export interface Signed {
  /** `webhook-id` */
  readonly id: string;
  /** `webhook-timestamp`: seconds since 1970 UTC, as text. */
  readonly timestamp: string;
  /** `webhook-signature`: `v1,<base64>`, several with a space between. */
  readonly signature: string;
}

/** Headers of a message that goes out now (milliseconds), signed with each of the secrets. */
export function signed(secrets: readonly string[], id: string, body: string, now: number): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(now / 1000));
  const signature = secrets.map((secret) => `v1,${macOf(secret, id, timestamp, body).toString('base64')}`).join(' ');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
}

export type SignatureFault = 'malformed' | 'too_old' | 'too_new' | 'no_match';

/** Nothing for a message that one of the secrets signed within {@link TOLERANCE} of now (milliseconds). Which secret or which part failed is not told. */
export function faultOf(secrets: readonly string[], { id, timestamp, signature }: Signed, body: string, now: number): SignatureFault | undefined {
  if (!/^[\x21-\x7e]{1,256}$/.test(id) || !/^[1-9]\d{0,11}$/.test(timestamp)) return 'malformed';
  const given = signature.split(' ').slice(0, MOST_SIGNATURES);
  const macs = given.flatMap((each) => (each.startsWith('v1,') ? [Buffer.from(each.slice(3), 'base64')] : []));
  const late = Math.floor(now / 1000) - Number(timestamp);
  const matches = secrets.some((secret) => {
    const expected = macOf(secret, id, timestamp, body);
    return macs.some((mac) => mac.length === expected.length && timingSafeEqual(mac, expected));
  });
  if (!matches) return 'no_match';
  if (late > TOLERANCE) return 'too_old';
  return late < -TOLERANCE ? 'too_new' : undefined;
}

const macOf = (secret: string, id: string, timestamp: string, body: string): Buffer =>
  createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`, 'utf8').digest();
