import { describe, expect, test } from 'vitest';
import { type Json, NotPermitted, SealBroken } from '../../functions/kernel/ports.ts';
import { PADDING } from '../../functions/kernel/seal.ts';
import { headerOf, MASTER, makeStore, setUpKeyRing as setUp } from '../support/key-ring.ts';

const SCOPE = 'interference/record/made-up-case';
const PLACE = 'event-1';
const PLAIN: Json = { what: '具体情况', who: ['甲', 1, true, null] };

describe('sealing', () => {
  test.each<{ plain: Json }>([
    { plain: PLAIN },
    { plain: null },
    { plain: '' },
    { plain: ' 前后有空格 ' },
    { plain: 0 },
    { plain: [] },
    { plain: '\u0000\n😀' },
    { plain: 'x'.repeat(5000) },
  ])('what was sealed opens as it was: %j', async ({ plain }) => {
    const { ring } = setUp();
    expect(await ring.open(SCOPE, PLACE, await ring.seal(SCOPE, PLACE, plain))).toEqual(plain);
  });

  test('another process with the same master and store opens it', async () => {
    const { ring, store } = setUp();
    const sealed = await ring.seal(SCOPE, PLACE, PLAIN);
    expect(await setUp({ store }).ring.open(SCOPE, PLACE, sealed)).toEqual(PLAIN);
  });

  test('text sealed by an earlier release still opens', async () => {
    const { ring, entries } = setUp();
    entries.set(SCOPE, { wrapped: GOLDEN.wrapped });
    expect(await ring.open(SCOPE, PLACE, GOLDEN.sealed)).toEqual({ what: '具体情况' });
  });

  test('is compact JWE, dir and A256GCM, and its header names nothing in clear', async () => {
    const { ring } = setUp();
    const sealed = await ring.seal(SCOPE, PLACE, PLAIN);
    expect(sealed.split('.')).toHaveLength(5);
    expect(headerOf(sealed)).toEqual({ alg: 'dir', enc: 'A256GCM', kid: expect.stringMatching(/^[\w-]{43}$/), place: expect.stringMatching(/^[\w-]{43}$/) });
    expect(JSON.stringify(headerOf(sealed))).not.toMatch(/interference|made-up|event-1/);
  });

  test('the header is the same every time, the rest never', async () => {
    const { ring } = setUp();
    const [one, two] = [await ring.seal(SCOPE, PLACE, PLAIN), await ring.seal(SCOPE, PLACE, PLAIN)].map((sealed) => sealed.split('.'));
    expect(one?.[0]).toBe(two?.[0]);
    expect(one?.[2]).not.toBe(two?.[2]);
    expect(one?.[3]).not.toBe(two?.[3]);
  });

  test('header fingerprints depend on the master, the scope and the place', async () => {
    const other = setUp({ master: new Uint8Array(32).fill(8) });
    const { ring } = setUp();
    const headers = [
      headerOf(await ring.seal(SCOPE, PLACE, PLAIN)),
      headerOf(await ring.seal('another', PLACE, PLAIN)),
      headerOf(await ring.seal(SCOPE, 'event-2', PLAIN)),
      headerOf(await other.ring.seal(SCOPE, PLACE, PLAIN)),
    ];
    expect(new Set(headers.map(({ place }) => place)).size).toBe(4);
    expect(new Set(headers.map(({ kid }) => kid)).size).toBe(3);
  });

  test('lengths are told apart in steps only, both sides of the step', async () => {
    const { ring } = setUp();
    const sealedLength = async (bytes: number) => (await ring.seal(SCOPE, PLACE, 'x'.repeat(bytes - 2))).length;
    expect(await sealedLength(2)).toBe(await sealedLength(PADDING));
    expect(await sealedLength(PADDING + 1)).toBe(await sealedLength(2 * PADDING));
    expect(await sealedLength(PADDING + 1)).toBeGreaterThan(await sealedLength(PADDING));
  });

  test('a length is counted in bytes, not characters', async () => {
    const { ring } = setUp();
    expect((await ring.seal(SCOPE, PLACE, '情'.repeat(84))).length).toBe((await ring.seal(SCOPE, PLACE, 'x'.repeat(252))).length);
    expect((await ring.seal(SCOPE, PLACE, '情'.repeat(85))).length).toBeGreaterThan((await ring.seal(SCOPE, PLACE, 'x'.repeat(252))).length);
  });
});

describe('what was altered or moved does not open', () => {
  test('at another place', async () => {
    const { ring } = setUp();
    await expect(ring.open(SCOPE, 'event-2', await ring.seal(SCOPE, PLACE, PLAIN))).rejects.toBeInstanceOf(SealBroken);
  });

  test('in another scope, though its key is the same', async () => {
    const { ring, entries } = setUp();
    const sealed = await ring.seal(SCOPE, PLACE, PLAIN);
    await ring.seal('another', PLACE, PLAIN);
    await expect(ring.open('another', PLACE, sealed)).rejects.toBeInstanceOf(SealBroken);
    const copied = entries.get(SCOPE);
    if (copied) entries.set('third', copied);
    await expect(ring.open('third', PLACE, sealed)).rejects.toBeInstanceOf(SealBroken);
  });

  test.each([0, 2, 3, 4])('with one character changed in part %i', async (part) => {
    const { ring } = setUp();
    const parts = (await ring.seal(SCOPE, PLACE, PLAIN)).split('.');
    const text = parts[part] ?? '';
    parts[part] = `${text.slice(0, 5)}${text[5] === 'A' ? 'B' : 'A'}${text.slice(6)}`;
    await expect(ring.open(SCOPE, PLACE, parts.join('.'))).rejects.toBeInstanceOf(SealBroken);
  });

  test('with a header of another place put before it', async () => {
    const { ring } = setUp();
    const [, ...rest] = (await ring.seal(SCOPE, PLACE, PLAIN)).split('.');
    const [header] = (await ring.seal(SCOPE, 'event-2', PLAIN)).split('.');
    await expect(ring.open(SCOPE, 'event-2', [header, ...rest].join('.'))).rejects.toBeInstanceOf(SealBroken);
  });

  test.each(['', 'no jwe', '....', 'a.b.c.d.e'])('when it is no JWE at all: %j', async (text) => {
    const { ring } = setUp();
    await ring.seal(SCOPE, PLACE, PLAIN);
    await expect(ring.open(SCOPE, PLACE, text)).rejects.toBeInstanceOf(SealBroken);
  });

  test('in a scope that never had a key, which opening does not give it', async () => {
    const { ring, entries } = setUp();
    await expect(ring.open('unknown', PLACE, await ring.seal(SCOPE, PLACE, PLAIN))).rejects.toBeInstanceOf(SealBroken);
    expect([...entries.keys()]).toEqual([SCOPE]);
  });

  test('under another master, which does not make a new key in its place', async () => {
    const { ring, store, entries } = setUp();
    const sealed = await ring.seal(SCOPE, PLACE, PLAIN);
    const before = entries.get(SCOPE);
    const other = setUp({ store, master: new Uint8Array(32).fill(8) });
    await expect(other.ring.open(SCOPE, PLACE, sealed)).rejects.toBeInstanceOf(SealBroken);
    await expect(other.ring.seal(SCOPE, PLACE, PLAIN)).rejects.toBeInstanceOf(SealBroken);
    expect(entries.get(SCOPE)).toBe(before);
  });
});

describe('rights', () => {
  test.each(['seal', 'open', 'destroy'] as const)('without the right to %s that alone is refused, before the store is asked', async (right) => {
    const store = makeStore();
    const sealed = await setUp({ store }).ring.seal(SCOPE, PLACE, PLAIN);
    const before = store.asked.get;
    const { ring } = setUp({ store, may: { [right]: false } });
    const acts = {
      seal: () => ring.seal(SCOPE, PLACE, PLAIN),
      open: () => ring.open(SCOPE, PLACE, sealed),
      destroy: () => ring.destroy(SCOPE),
    };
    await expect(acts[right]()).rejects.toBeInstanceOf(NotPermitted);
    expect(store.asked.get).toBe(before);
    expect(store.entries.get(SCOPE)).not.toBe('destroyed');
    for (const other of (['seal', 'open', 'destroy'] as const).filter((each) => each !== right)) await acts[other]();
  });

  test('no error tells plain text, key, scope or place', async () => {
    const { ring, store, entries } = setUp();
    const sealed = await ring.seal(SCOPE, PLACE, PLAIN);
    const denied = setUp({ store, may: { seal: false, open: false, destroy: false } }).ring;
    const acts = [
      () => ring.open(SCOPE, 'event-2', sealed),
      () => ring.open(SCOPE, PLACE, `${sealed}x`),
      () => ring.open('unknown-scope', PLACE, sealed),
      () => denied.seal(SCOPE, PLACE, PLAIN),
      () => denied.open(SCOPE, PLACE, sealed),
      () => denied.destroy(SCOPE),
      () => ring.destroy(SCOPE).then(() => ring.open(SCOPE, PLACE, sealed)),
    ];
    const { wrapped } = entries.get(SCOPE) as { wrapped: string };
    for (const act of acts) {
      const error: Error = await act().then(
        () => expect.fail('must be refused'),
        (thrown) => thrown,
      );
      const told = [error.message, error.stack, JSON.stringify(error), String(error.cause)].join('\n');
      for (const secret of [SCOPE, 'unknown-scope', 'event-', '具体情况', sealed, wrapped]) expect(told).not.toContain(secret);
      expect(error.cause).toBeUndefined();
    }
  });
});

describe('pseudonyms', () => {
  test('32 lower-case hex, the same for ever', () => {
    expect(setUp().ring.pseudonym('person', 'made-up-0001')).toBe(GOLDEN.pseudonym);
    expect(setUp().ring.pseudonym('person', '甲')).toMatch(/^[0-9a-f]{32}$/);
  });

  test('depend on master, kind and value, and where one ends and the next begins', () => {
    const { ring } = setUp();
    const all = [
      ring.pseudonym('person', '1'),
      ring.pseudonym('person', '2'),
      ring.pseudonym('case', '1'),
      ring.pseudonym('person1', ''),
      ring.pseudonym('', 'person1'),
      ring.pseudonym('perso', 'n1'),
      ring.pseudonym('person/', '1'),
      ring.pseudonym('person', '/1'),
      setUp({ master: new Uint8Array(32).fill(8) }).ring.pseudonym('person', '1'),
    ];
    expect(new Set(all).size).toBe(all.length);
  });

  test('need no right and no store', () => {
    const { ring, asked } = setUp({ may: { seal: false, open: false, destroy: false } });
    expect(ring.pseudonym('person', 'made-up-0001')).toBe(GOLDEN.pseudonym);
    expect(asked.get).toBe(0);
  });
});

/** Made by the first release under {@link MASTER}; changing it means that nothing sealed before opens any more. */
const GOLDEN = {
  wrapped:
    'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwia2lkIjoiZVlyNzdxTUtsWElZMHQ0bVRKZkZadkVUZ3AxOXlnb3FIVzBIQXl6U1Y2YyJ9..kWyWSSF-9CrTDBm-.tGLEVL5X1A3Eviy0do7YFPYA5dLZ4QuuB3wn9uOSZq4.SlO2bbfkSfdAmuQwDS3QRA',
  sealed:
    'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwia2lkIjoiZVlyNzdxTUtsWElZMHQ0bVRKZkZadkVUZ3AxOXlnb3FIVzBIQXl6U1Y2YyIsInBsYWNlIjoicHM1X1EzaHgzdU8xZk0zNElKcUNGTjVyLThtbkpSR19SaUxDNGZkYkVfdyJ9..qvyEukFy76DdSVIG.6XjXu3OTRenjsQAGQfXOyQnAK7hcxdR4I9P9deFCUc5Cg9FekrTsRApOCtuIbWdzhBbV9OZfBR9je_dxtT-gP-MgaooEkQy9iPsYVSZfxZYu5mpsmdZ3OMBOJXipR6jY3aREXVgv0rHHOkiINARvCQ0-bgC8L6bUkRwyhs3Du8ITpdmlJcNFBwkSxzcgQDg9-bTAHAF5ArqH2uUUFTrP1RkOtm76Pbv-Tr0Lbe0JLXV9hdpv4O5Wz1tHgZlBYByKnJEb7uR7fhYUXrnXG_2kE_eeZwDa3LfePR290ZJlza6D2dZUvKgqtfhiZxIn310q-gF8jMuxnGz1j4Ch4D2aEw.mrhqcqhaBAqRIWUwfLVx5A',
  pseudonym: '256c841af5ee9073f21c3d238e194bda',
};
