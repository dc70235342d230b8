import { generateKeyPair, SignJWT } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  type Actor,
  actorFrom,
  agencyKind,
  type ClaimsRefusal,
  claimsSchema,
  makeVerifier,
  personPseudonym,
  ROLES_OF,
  role,
  systemActor,
  TOKEN,
} from '../../functions/kernel/identity.ts';
import { type Issuer, makeIssuer } from '../support/issuer.ts';

const keyRing = { pseudonym: (kind: string, value: string) => `pseudonym-of(${kind},${value.length},${value.at(-1)})` };
const CLAIMS = { agency: '12360000MADEUP000X', kind: 'institution', division: '360800', person: 'made-up-0001', roles: ['appraiser', 'head'] };

const isActor = (answer: Actor | ClaimsRefusal): answer is Actor => !('refused' in answer);

describe('the actor of claims', () => {
  test('has the claims, and of the person only a pseudonym', () => {
    const actor = actorFrom(CLAIMS, keyRing);
    expect(actor).toEqual({ ...CLAIMS, person: 'pseudonym-of(person,12,1)' });
  });

  test("the gateway's rendering gives the same actor: every value a string, arrays in brackets", () => {
    for (const roles of ['[appraiser head]', '[appraiser, head]', '[appraiser,head]', '[ appraiser head ]']) {
      expect(actorFrom({ ...CLAIMS, roles, iat: '1700000000', aud: 'jianheng' }, keyRing)).toEqual(actorFrom(CLAIMS, keyRing));
    }
    expect(actorFrom({ ...CLAIMS, roles: '[staff]' }, keyRing)).toMatchObject({ roles: ['staff'] });
  });

  test('registered and other claims beside them are left out', () => {
    const actor = actorFrom({ ...CLAIMS, iss: 'x', sub: 'made-up-subject', exp: 1, name: '甲' }, keyRing);
    expect(Object.keys(actor).sort()).toEqual(['agency', 'division', 'kind', 'person', 'roles']);
  });

  const ALL_PAIRS = agencyKind.options.flatMap((kind) => role.options.map((each) => [kind, each] as const));
  const BUREAU_KINDS = ['justice-bureau', 'ministry'];
  const expected = (kind: string, each: string) =>
    ({
      officer: BUREAU_KINDS.includes(kind),
      leader: BUREAU_KINDS.includes(kind),
      registrar: BUREAU_KINDS.includes(kind),
      operator: BUREAU_KINDS.includes(kind),
      appraiser: kind === 'institution',
      staff: kind === 'institution',
      head: kind === 'institution',
      clerk: !BUREAU_KINDS.includes(kind) && kind !== 'institution',
      system: false,
    })[each];

  test.each(ALL_PAIRS)('%s and %s go together only by the table', (kind, each) => {
    expect(isActor(actorFrom({ ...CLAIMS, kind, roles: [each] }, keyRing))).toBe(expected(kind, each));
  });

  test('one role that does not fit spoils the others', () => {
    expect(actorFrom({ ...CLAIMS, roles: ['appraiser', 'officer'] }, keyRing)).toMatchObject({ refused: 'forbidden', code: 'invalid_claims' });
  });

  test.each([
    ['agency', undefined],
    ['agency', ''],
    ['agency', 'system'],
    ['agency', 'a/b'],
    ['agency', 'a'.repeat(65)],
    ['agency', 7],
    ['kind', 'bureau'],
    ['kind', undefined],
    ['division', '36080'],
    ['division', '3608000'],
    ['division', 360800],
    ['division', '36080x'],
    ['person', ''],
    ['person', 'a b'],
    ['person', 'a'.repeat(129)],
    ['person', undefined],
    ['roles', []],
    ['roles', '[]'],
    ['roles', 'appraiser'],
    ['roles', ['appraiser', 'appraiser']],
    ['roles', ['planted', 'planted too']],
    ['roles', '[planted]'],
    ['roles', undefined],
  ])('a token whose %s is %j has no actor; the refusal names the claim', (claim, value) => {
    const answer = actorFrom({ ...CLAIMS, [claim]: value }, keyRing);
    expect(answer).toEqual({ refused: 'forbidden', code: 'invalid_claims', detail: `身份声明缺失或者相互不符：${claim}` });
  });

  test.each([
    ['agency', 'a'.repeat(64)],
    ['agency', 'A-1._x'],
    ['person', 'a'.repeat(128)],
    ['person', '甲'],
  ])('the longest and the oddest %s still passes: %j', (claim, value) => {
    expect(isActor(actorFrom({ ...CLAIMS, [claim]: value }, keyRing))).toBe(true);
  });

  test.each([null, undefined, 'claims', 7, []])('claims that are none have no actor: %j', (claims) => {
    expect(actorFrom(claims, keyRing)).toMatchObject({ code: 'invalid_claims', detail: '身份声明缺失或者相互不符：claims' });
  });

  test('a refusal never tells a value', () => {
    const planted = Object.fromEntries(Object.keys(CLAIMS).map((claim) => [claim, `planted ${claim}`]));
    expect(JSON.stringify(actorFrom(planted, keyRing))).not.toContain('planted');
  });

  test('the table has a line for every kind, and none lets a token be the system', () => {
    expect(Object.keys(ROLES_OF).sort()).toEqual([...agencyKind.options].sort());
    expect(Object.values(ROLES_OF).flat()).not.toContain('system');
  });

  test('a citizen number has one pseudonym whether its check character is small or not; other names are taken as they are', () => {
    expect(personPseudonym(keyRing, '11010119000101001x')).toBe(personPseudonym(keyRing, '11010119000101001X'));
    expect(personPseudonym(keyRing, 'made-up-x')).not.toBe(personPseudonym(keyRing, 'made-up-X'));
    expect(personPseudonym(keyRing, '11010119000101001X')).toBe('pseudonym-of(person,18,X)');
  });

  test('the system acts for its province, and no claims make its actor', () => {
    const actor = systemActor('360000');
    expect(actor).toEqual({ agency: 'system', kind: 'justice-bureau', division: '360000', person: 'system', roles: ['system'] });
    expect(claimsSchema.safeParse(actor).success).toBe(false);
    expect(claimsSchema.safeParse({ ...actor, roles: ['officer'] }).success).toBe(false);
    expect(claimsSchema.safeParse({ ...actor, agency: 'bureau' }).success).toBe(false);
  });
});

describe('verifying a token', () => {
  const NOW = 1_800_000_000;
  const time = { now: NOW * 1000 };
  const clock = { now: () => time.now };
  let issuer: Issuer;
  let verify: ReturnType<typeof makeVerifier>;
  beforeAll(async () => {
    issuer = await makeIssuer({ clock });
    verify = makeVerifier({ issuer: issuer.issuer, audience: issuer.audience, keys: issuer.jwks, clock });
  });
  const codeOf = async (token: string | Promise<string>) => {
    const verified = await verify(`Bearer ${await token}`);
    return verified.ok ? 'ok' : verified.code;
  };

  test('a good one answers its claims, which make an actor', async () => {
    const verified = await verify(`Bearer ${await issuer.sign(CLAIMS)}`);
    expect(verified).toMatchObject({ ok: true, claims: { ...CLAIMS, iss: issuer.issuer, aud: issuer.audience } });
    expect(actorFrom(verified.ok && verified.claims, keyRing)).toEqual(actorFrom(CLAIMS, keyRing));
  });

  test('the scheme is written as one likes (RFC 9110 §11.1)', async () => {
    expect(await verify(`bearer ${await issuer.sign(CLAIMS)}`)).toMatchObject({ ok: true });
  });

  test.each([undefined, '', '  '])('without one: missing_token (%j)', async (header) => {
    expect(await verify(header)).toEqual({ ok: false, code: 'missing_token' });
  });

  test.each([
    'Basic YTpi',
    'Bearer',
    'Bearer ',
    'Bearer abc',
    'Bearer a.b',
    'Bearer a.b.c.d',
    'Bearer a.b.c d',
    'Bearer !.b.c',
    'Bearer a.b.c',
    'Bearer eyJ9.e30.e30',
  ])('what is none: malformed_token (%s)', async (header) => {
    expect(await verify(header)).toEqual({ ok: false, code: 'malformed_token' });
  });

  test('of another key, altered, unsigned, or signed with the public key as a secret: invalid_token', async () => {
    expect(await codeOf(issuer.forged(CLAIMS))).toBe('invalid_token');
    expect(await codeOf(issuer.unsigned(CLAIMS))).toBe('invalid_token');
    expect(await codeOf(issuer.hmacConfused(CLAIMS))).toBe('invalid_token');
    const [header, , signature] = (await issuer.sign(CLAIMS)).split('.');
    const [, payload] = (await issuer.sign({ ...CLAIMS, agency: 'another' })).split('.');
    expect(await codeOf(`${header}.${payload}.${signature}`)).toBe('invalid_token');
  });

  test('HMAC is refused also by a verifier whose key source hands out the public key as bytes', async () => {
    const confused = makeVerifier({ issuer: issuer.issuer, audience: issuer.audience, keys: () => issuer.publicPem, clock });
    expect(await confused(`Bearer ${await issuer.hmacConfused(CLAIMS)}`)).toEqual({ ok: false, code: 'invalid_token' });
  });

  test.each(['ES384', 'PS256', 'EdDSA'] as const)('%s is not on the list of algorithms', async (alg) => {
    const { publicKey, privateKey } = await generateKeyPair(alg);
    const token = await new SignJWT(CLAIMS)
      .setProtectedHeader({ alg, kid: 'k' })
      .setIssuer('i')
      .setAudience('a')
      .setExpirationTime(NOW + 60)
      .sign(privateKey);
    const other = makeVerifier({ issuer: 'i', audience: 'a', keys: () => publicKey, clock });
    expect(await other(`Bearer ${token}`)).toEqual({ ok: false, code: 'invalid_token' });
  });

  test('RS256 is on the list', async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS256');
    const token = await new SignJWT(CLAIMS)
      .setProtectedHeader({ alg: 'RS256', kid: 'k' })
      .setIssuer('i')
      .setAudience('a')
      .setExpirationTime(NOW + 60)
      .sign(privateKey);
    const other = makeVerifier({ issuer: 'i', audience: 'a', keys: () => publicKey, clock });
    expect(await other(`Bearer ${token}`)).toMatchObject({ ok: true });
  });

  test('with a kid that is unknown, or none, though the signature is good: invalid_token', async () => {
    expect(await codeOf(issuer.sign(CLAIMS, { kid: 'unknown' }))).toBe('invalid_token');
    expect(await codeOf(issuer.sign(CLAIMS, { kid: undefined as unknown as string }))).toBe('invalid_token');
  });

  test.each([
    { iss: 'https://another.example' },
    { iss: undefined },
    { aud: 'another' },
    { aud: ['another'] },
    { aud: undefined },
    { exp: undefined },
    { exp: '1900000000' as unknown as number },
    { iat: '1' as unknown as number },
  ])('of another issuer or audience, or without exp: invalid_token (%j)', async (claims) => {
    expect(await codeOf(issuer.sign({ ...CLAIMS, ...claims }))).toBe('invalid_token');
  });

  test('one audience of several is enough', async () => {
    expect(await codeOf(issuer.sign({ ...CLAIMS, aud: ['another', issuer.audience] }))).toBe('ok');
  });

  test.each([
    { claims: { exp: NOW - TOKEN.tolerance + 1 }, code: 'ok' },
    { claims: { exp: NOW - TOKEN.tolerance }, code: 'expired_token' },
    { claims: { nbf: NOW + TOKEN.tolerance }, code: 'ok' },
    { claims: { nbf: NOW + TOKEN.tolerance + 1 }, code: 'invalid_token' },
    { claims: { iat: NOW + TOKEN.tolerance }, code: 'ok' },
    { claims: { iat: NOW + TOKEN.tolerance + 1 }, code: 'invalid_token' },
    { claims: { iat: undefined }, code: 'ok' },
  ])('times hold to 60 s by the injected clock: $claims is $code', async ({ claims, code }) => {
    expect(await codeOf(issuer.sign({ ...CLAIMS, ...claims }))).toBe(code);
  });

  test('expired: expired_token, and good before by the same clock', async () => {
    expect(await codeOf(issuer.expired(CLAIMS))).toBe('expired_token');
    const token = await issuer.sign(CLAIMS);
    time.now += 2 * 3600 * 1000;
    const late = await codeOf(token);
    time.now = NOW * 1000;
    expect([late, await codeOf(token)]).toEqual(['expired_token', 'ok']);
  });

  test('of 8 KB is taken, one byte more is malformed', async () => {
    const sized = async (filler: number) => issuer.sign({ ...CLAIMS, filler: 'x'.repeat(filler) });
    let filler = 5600;
    while ((await sized(filler)).length < TOKEN.size) filler += 1;
    const token = await sized(filler);
    expect(token.length).toBe(TOKEN.size);
    expect(await codeOf(token)).toBe('ok');
    expect(await codeOf(`${token}A`)).toBe('malformed_token');
    expect(await codeOf(`${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`)).not.toBe('malformed_token');
  });

  test("a key source that fails is no fault of the token's and is thrown on", async () => {
    const keys = async () => {
      throw new TypeError('made up');
    };
    const failing = makeVerifier({ issuer: issuer.issuer, audience: issuer.audience, keys, clock });
    await expect(failing(`Bearer ${await issuer.sign(CLAIMS)}`)).rejects.toThrow(TypeError);
  });
});
