import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { faultOf, signed, TOLERANCE, webhookSecret } from '../../functions/kernel/standard-webhooks.ts';

const secretOf = (seed: number) => `whsec_${Buffer.from(Array.from({ length: 32 }, (_, at) => (at * 7 + seed) % 256)).toString('base64')}`;
const OURS = secretOf(1);
const NEW = secretOf(2);
const ID = 'a'.repeat(32);
const BODY = '{"目的":"请签收"}';
const partsOf = (headers: Readonly<Record<string, string>>) => ({
  id: headers['webhook-id'] as string,
  timestamp: headers['webhook-timestamp'] as string,
  signature: headers['webhook-signature'] as string,
});

describe('what we sign, the public library verifies', () => {
  test('with the secret', () => {
    expect(new Webhook(OURS).verify(BODY, signed([OURS], ID, BODY, Date.now()))).toEqual({ 目的: '请签收' });
  });
  test('with either secret while one is being changed for the other', () => {
    const headers = signed([NEW, OURS], ID, BODY, Date.now());
    for (const secret of [OURS, NEW]) expect(new Webhook(secret).verify(BODY, headers)).toBeDefined();
    expect(() => new Webhook(secretOf(3)).verify(BODY, headers)).toThrow('No matching signature');
  });
  test('and not a body that was changed', () => {
    expect(() => new Webhook(OURS).verify(`${BODY} `, signed([OURS], ID, BODY, Date.now()))).toThrow('No matching signature');
  });
});

describe('what the public library signs, we take', () => {
  const now = Date.parse('2026-03-10T02:00:00.400Z');
  const by = (secret: string, at = now) => ({
    id: ID,
    timestamp: String(Math.floor(at / 1000)),
    signature: new Webhook(secret).sign(ID, new Date(at), BODY),
  });
  test('by any secret that is good', () => {
    expect(faultOf([NEW, OURS], by(OURS), BODY, now)).toBeUndefined();
    expect(faultOf([NEW], by(OURS), BODY, now)).toBe('no_match');
    expect(faultOf([], by(OURS), BODY, now)).toBe('no_match');
  });
  test('among signatures of other kinds', () => {
    const parts = by(OURS);
    expect(faultOf([OURS], { ...parts, signature: `v1a,AAAA v1,AAAA ${parts.signature}` }, BODY, now)).toBeUndefined();
    expect(faultOf([OURS], { ...parts, signature: `${'v1,AAAA '.repeat(8)}${parts.signature}` }, BODY, now)).toBe('no_match');
  });
  test('unless the body, the id or the time was changed after signing', () => {
    const parts = by(OURS);
    expect(faultOf([OURS], parts, `${BODY}\n`, now)).toBe('no_match');
    expect(faultOf([OURS], { ...parts, id: 'b' }, BODY, now)).toBe('no_match');
    expect(faultOf([OURS], { ...parts, timestamp: String(Number(parts.timestamp) + 1) }, BODY, now)).toBe('no_match');
  });
  test(`within ${TOLERANCE} seconds either way`, () => {
    const at = (seconds: number) => faultOf([OURS], by(OURS), BODY, now + seconds * 1000);
    expect([at(TOLERANCE), at(TOLERANCE + 1), at(-TOLERANCE), at(-TOLERANCE - 1)]).toEqual([undefined, 'too_old', undefined, 'too_new']);
  });
  test.each([
    ['an id with a space', { id: 'a b' }],
    ['an id of look-alikes', { id: 'а' }],
    ['no id', { id: '' }],
    ['a time that is no number', { timestamp: '1e9' }],
    ['a negative time', { timestamp: '-1' }],
    ['no time', { timestamp: '' }],
  ])('and not %s', (_, part) => {
    expect(faultOf([OURS], { ...by(OURS), ...part }, BODY, now)).toBe('malformed');
  });
  test('as the specification’s own example has it', () => {
    const example = partsOf({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
    expect(faultOf(['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'], example, '{"test": 2432232314}', 1_614_265_330_000)).toBeUndefined();
  });
});

describe('a secret', () => {
  test.each([
    ['32 random bytes', OURS, true],
    ['24 bytes', `whsec_${Buffer.from(Array.from({ length: 24 }, (_, at) => at * 3)).toString('base64')}`, true],
    ['23 bytes', `whsec_${Buffer.from(Array.from({ length: 23 }, (_, at) => at * 3)).toString('base64')}`, false],
    ['65 bytes', `whsec_${Buffer.from(Array.from({ length: 65 }, (_, at) => at * 3)).toString('base64')}`, false],
    ['no prefix', OURS.slice(6), false],
    ['one byte again and again', `whsec_${Buffer.alloc(32, 7).toString('base64')}`, false],
    ['the URL’s alphabet', `${OURS.slice(0, -2)}-_`, false],
    ['a space at its end', `${OURS} `, false],
  ])('of %s', (_, text, taken) => {
    expect(webhookSecret.safeParse(text).success).toBe(taken);
  });
});
