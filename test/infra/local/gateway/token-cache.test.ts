import { beforeAll, describe, expect, test } from 'vitest';
import { makeVerifier, TOKEN } from '../../../../functions/kernel/identity.ts';
import { TokenCache } from '../../../../infra/local/gateway/token-cache.ts';
import { type Issuer, makeIssuer } from '../../../support/issuer.ts';
import { CLAIMS, madeGateway } from './made-gateway.ts';

const START = Date.UTC(2026, 6, 13);
const HOUR = 3_600_000;

let issuer: Issuer;
beforeAll(async () => {
  issuer = await makeIssuer({ clock: { now: () => START } });
});

function made() {
  const at = { clock: START, monotonic: 0 };
  let verified = 0;
  const clock = { now: () => at.clock };
  const verify = makeVerifier({ issuer: issuer.issuer, audience: issuer.audience, keys: issuer.jwks, clock });
  const cache = new TokenCache(
    (authorization) => {
      verified += 1;
      return verify(authorization);
    },
    clock,
    () => at.monotonic,
  );
  return { at, cache, verify, verified: () => verified };
}

describe('a verified token', () => {
  test('is not verified again for a minute', async () => {
    const { at, cache, verified } = made();
    const bearer = `Bearer ${await issuer.sign(CLAIMS)}`;
    expect(await cache.authorize(bearer)).toMatchObject({ claims: { roles: '[officer leader]' } });
    expect(cache.authorize(bearer)).toMatchObject({ claims: { agency: 'bureau-1' } });
    at.monotonic = 59_999;
    cache.authorize(bearer);
    expect(verified()).toBe(1);
    at.monotonic = 60_000;
    await cache.authorize(bearer);
    expect(verified()).toBe(2);
  });

  test.each([
    -HOUR,
    -TOKEN.tolerance * 1000 - 1,
    -TOKEN.tolerance * 1000,
    -TOKEN.tolerance * 1000 + 1,
    0,
    HOUR,
    HOUR + TOKEN.tolerance * 1000 - 1,
    HOUR + TOKEN.tolerance * 1000,
    2 * HOUR,
  ])("when the host's clock is moved by %d ms, is judged as if it came for the first time", async (moved) => {
    const { at, cache, verify } = made();
    const bearer = `Bearer ${await issuer.sign(CLAIMS)}`;
    await cache.authorize(bearer);
    at.clock = START + moved;
    const afresh = await verify(bearer);
    const authorized = await cache.authorize(bearer);
    expect('claims' in authorized ? 'good' : authorized.fault).toBe(afresh.ok ? 'good' : afresh.code);
    at.clock = START;
    expect(await cache.authorize(bearer)).toHaveProperty('claims');
  });

  test('with parts of a second and a day to begin with, too', async () => {
    const { at, cache, verify } = made();
    const seconds = START / 1000;
    const bearer = `Bearer ${await issuer.sign({ ...CLAIMS, exp: seconds + 100.5, nbf: seconds - 30.5 })}`;
    await cache.authorize(bearer);
    for (let moved = -100_000; moved <= 200_000; moved += 500) {
      at.clock = START + moved;
      const afresh = await verify(bearer);
      expect({ moved, good: 'claims' in (await cache.authorize(bearer)) }).toEqual({ moved, good: afresh.ok });
      at.clock = START;
      await cache.authorize(bearer);
    }
  });

  test("gives claims that no function can change for the next one's", async () => {
    const { cache } = made();
    const authorized = await cache.authorize(`Bearer ${await issuer.sign(CLAIMS)}`);
    expect(authorized).toSatisfy((each: { claims: object }) => Object.isFrozen(each.claims));
  });
});

test('what was refused is looked at again each time', async () => {
  const { cache, verified } = made();
  const bearer = `Bearer ${await issuer.forged(CLAIMS)}`;
  expect(await cache.authorize(bearer)).toEqual({ fault: 'invalid_token' });
  expect(await cache.authorize(bearer)).toEqual({ fault: 'invalid_token' });
  expect(await cache.authorize(undefined)).toEqual({ fault: 'missing_token' });
  expect(verified()).toBe(3);
});

test('the cache is bounded: the oldest goes', async () => {
  let verified = 0;
  const cache = new TokenCache(
    async () => {
      verified += 1;
      return { ok: true, claims: { exp: 4e9 } };
    },
    { now: () => START },
    () => 0,
  );
  for (let each = 0; each <= 1_000; each += 1) await cache.authorize(`Bearer ${each}`);
  await cache.authorize('Bearer 1000');
  await cache.authorize('Bearer 1');
  expect(verified).toBe(1_001);
  await cache.authorize('Bearer 0');
  expect(verified).toBe(1_002);
});

test.each(['forged', 'expired', 'hmacConfused'] as const)('a token that is %s is 401, also after a good one, and no function hears of it', async (kind) => {
  const { ask, bearer, issuer: own, invoked } = await madeGateway();
  expect(await ask(['GET /v1/made/list', bearer])).toMatchObject({ status: 200 });
  const answer = await ask(['GET /v1/made/list', `authorization: Bearer ${await own[kind](CLAIMS)}`]);
  expect(answer).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer realm="jianheng", error="invalid_token"' } });
  expect(invoked).toHaveLength(1);
});

test('two authorizations are none', async () => {
  const { ask, bearer } = await madeGateway();
  expect(await ask(['GET /v1/made/list', bearer, bearer])).toMatchObject({ status: 401, json: { code: 'malformed_token' } });
});

test('a token is refused once the host clock was moved past its end', async () => {
  const { ask, bearer, move } = await madeGateway();
  expect(await ask(['GET /v1/made/list', bearer])).toMatchObject({ status: 200 });
  move(2 * HOUR);
  expect(await ask(['GET /v1/made/list', bearer])).toMatchObject({ status: 401, json: { code: 'expired_token' } });
  move(-2 * HOUR);
  expect(await ask(['GET /v1/made/list', bearer])).toMatchObject({ status: 200 });
});

test('keys that cannot be had are no fault of the token: 503', async () => {
  const { ask, bearer, logged } = await madeGateway({ verify: () => Promise.reject(new Error('made to fail')) });
  expect(await ask(['GET /v1/made/list', bearer])).toMatchObject({ status: 503, json: { code: 'unavailable' } });
  expect(logged).toMatchObject([{ what: 'gateway-failed' }]);
});
