import { describe, expect, test } from 'vitest';
import { Erased, type Json, SealBroken, Throttled } from '../../functions/kernel/ports.ts';
import { type DataKeyStore, KEY_CACHE } from '../../functions/kernel/seal.ts';
import { headerOf, MASTER, makeStore, setUpKeyRing as setUp } from '../support/key-ring.ts';

const SCOPE = 'interference/record/made-up-case';
const PLACE = 'event-1';
const PLAIN: Json = { what: '具体情况', who: ['甲', 1, true, null] };

describe('data keys', () => {
  test('one a scope, made once, never stored in clear', async () => {
    const { ring, entries } = setUp();
    await ring.seal(SCOPE, PLACE, PLAIN);
    const first = entries.get(SCOPE);
    await ring.seal(SCOPE, 'event-2', PLAIN);
    await ring.seal('another', PLACE, PLAIN);
    expect(entries.get(SCOPE)).toBe(first);
    expect(entries.size).toBe(2);
    expect(first).toEqual({ wrapped: expect.stringMatching(/^[\w-]+\.\.[\w-]{16}\.[\w-]{43}\.[\w-]{22}$/) });
    expect(headerOf((first as { wrapped: string }).wrapped)).toEqual({ alg: 'dir', enc: 'A256GCM', kid: expect.not.stringContaining('interference') });
  });

  test('two at once use the same key', async () => {
    const { ring, store } = setUp();
    const sealed = await Promise.all(['a', 'b', 'c'].map((place) => ring.seal(SCOPE, place, place)));
    const later = setUp({ store }).ring;
    expect(await Promise.all(['a', 'b', 'c'].map((place, index) => later.open(SCOPE, place, sealed[index] ?? '')))).toEqual(['a', 'b', 'c']);
  });

  test('a rival process that was first wins, and its key is used', async () => {
    const rival = setUp();
    await rival.ring.seal(SCOPE, PLACE, PLAIN);
    const theirs = rival.entries.get(SCOPE);
    const store = makeStore((scope) => {
      if (theirs) store.entries.set(scope, theirs);
    });
    const sealed = await setUp({ store }).ring.seal(SCOPE, PLACE, PLAIN);
    expect(await rival.ring.open(SCOPE, PLACE, sealed)).toEqual(PLAIN);
  });

  test('a rival that destroyed the scope in between wins too', async () => {
    const store = makeStore((scope) => store.entries.set(scope, 'destroyed'));
    await expect(setUp({ store }).ring.seal(SCOPE, PLACE, PLAIN)).rejects.toBeInstanceOf(Erased);
  });

  test('an entry put in the place of another scope is not taken', async () => {
    const { ring, entries } = setUp();
    await ring.seal('another', PLACE, PLAIN);
    const another = entries.get('another');
    if (another) entries.set(SCOPE, another);
    await expect(ring.seal(SCOPE, PLACE, PLAIN)).rejects.toBeInstanceOf(SealBroken);
  });

  test('a master of 31 or 33 bytes is refused', () => {
    for (const bytes of [31, 33]) expect(() => setUp({ master: new Uint8Array(bytes) })).toThrow(RangeError);
  });

  test('what the caller does to the master afterwards changes nothing', async () => {
    const master = new Uint8Array(MASTER);
    const { ring, store } = setUp({ master });
    master.fill(0);
    const sealed = await ring.seal(SCOPE, PLACE, PLAIN);
    expect(await setUp({ store }).ring.open(SCOPE, PLACE, sealed)).toEqual(PLAIN);
    expect(ring.pseudonym('person', 'made-up-0001')).toBe(setUp().ring.pseudonym('person', 'made-up-0001'));
  });
});

describe('erasure', () => {
  test('a destroyed scope neither opens nor seals, and gets no key again; others are untouched', async () => {
    const { ring, entries } = setUp();
    const [gone, kept] = [await ring.seal(SCOPE, PLACE, PLAIN), await ring.seal('another', PLACE, PLAIN)];
    await ring.destroy(SCOPE);
    await expect(ring.open(SCOPE, PLACE, gone)).rejects.toBeInstanceOf(Erased);
    await expect(ring.seal(SCOPE, PLACE, PLAIN)).rejects.toBeInstanceOf(Erased);
    expect(entries.get(SCOPE)).toBe('destroyed');
    expect(await ring.open('another', PLACE, kept)).toEqual(PLAIN);
  });

  test('a scope can be destroyed before it ever had a key', async () => {
    const { ring } = setUp();
    await ring.destroy(SCOPE);
    await expect(ring.seal(SCOPE, PLACE, PLAIN)).rejects.toBeInstanceOf(Erased);
  });

  test.each(['open', 'seal'] as const)(
    '%s: what another process destroyed is used up to 60 s after the last look, and not a millisecond longer',
    async (use) => {
      const { ring, store, time } = setUp();
      const sealed = await ring.seal(SCOPE, PLACE, PLAIN);
      const act = () => (use === 'open' ? ring.open(SCOPE, PLACE, sealed) : ring.seal(SCOPE, PLACE, PLAIN));
      await setUp({ store }).ring.destroy(SCOPE);
      time.now += KEY_CACHE.freshFor;
      await expect(act()).resolves.toBeDefined();
      time.now += 1;
      await expect(act()).rejects.toBeInstanceOf(Erased);
    },
  );

  test('a clock set back does not keep a key fresh', async () => {
    const { ring, store, time } = setUp();
    await ring.seal(SCOPE, PLACE, PLAIN);
    await setUp({ store }).ring.destroy(SCOPE);
    time.now -= KEY_CACHE.freshFor + 1;
    await expect(ring.seal(SCOPE, PLACE, PLAIN)).rejects.toBeInstanceOf(Erased);
  });

  test('a key that was on its way when the scope was destroyed is not kept', async () => {
    const store = makeStore();
    await setUp({ store }).ring.seal(SCOPE, PLACE, PLAIN);
    const found = store.entries.get(SCOPE);
    const onItsWay = Promise.withResolvers<void>();
    const { ring } = setUp({
      store: {
        ...store,
        dataKeys: {
          ...store.dataKeys,
          async get(scope) {
            if (store.entries.get(scope) === 'destroyed') return 'destroyed';
            await onItsWay.promise;
            return found;
          },
        },
      },
    });
    const early = ring.seal(SCOPE, PLACE, PLAIN);
    await ring.destroy(SCOPE);
    onItsWay.resolve();
    await early;
    await expect(ring.seal(SCOPE, PLACE, PLAIN)).rejects.toBeInstanceOf(Erased);
  });

  test('a destruction whose answer was lost lets no cached key live on', async () => {
    const store = makeStore();
    const dataKeys: DataKeyStore = {
      ...store.dataKeys,
      async destroy(scope) {
        await store.dataKeys.destroy(scope);
        throw new Throttled('made up');
      },
    };
    const { ring } = setUp({ store: { ...store, dataKeys } });
    await ring.seal(SCOPE, PLACE, PLAIN);
    await expect(ring.destroy(SCOPE)).rejects.toBeInstanceOf(Throttled);
    await expect(ring.seal(SCOPE, PLACE, PLAIN)).rejects.toBeInstanceOf(Erased);
  });
});

describe('cached keys', () => {
  test('a fresh one asks the store nothing; a stale one is looked at once and is fresh again', async () => {
    const { ring, asked, time } = setUp();
    await ring.seal(SCOPE, PLACE, PLAIN);
    const made = asked.get;
    await ring.seal(SCOPE, PLACE, PLAIN);
    expect(asked.get).toBe(made);
    time.now += KEY_CACHE.freshFor + 1;
    await ring.seal(SCOPE, PLACE, PLAIN);
    time.now += KEY_CACHE.freshFor;
    await ring.seal(SCOPE, PLACE, PLAIN);
    expect(asked.get).toBe(made + 1);
  });

  test('the one used longest ago goes first when there is no room', async () => {
    const { ring, asked } = setUp();
    for (let index = 0; index < KEY_CACHE.size; index += 1) await ring.seal(`made-up-${index}`, PLACE, 0);
    await ring.seal('made-up-0', PLACE, 0);
    await ring.seal('one more', PLACE, 0);
    const before = asked.get;
    await ring.seal('made-up-0', PLACE, 0);
    await ring.seal('made-up-2', PLACE, 0);
    expect(asked.get).toBe(before);
    await ring.seal('made-up-1', PLACE, 0);
    expect(asked.get).toBe(before + 1);
  });
});
