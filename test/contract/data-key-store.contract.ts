import { describe, expect, test } from 'vitest';
import type { DataKeyStore } from '../../functions/kernel/seal.ts';

/** What every implementation of {@link DataKeyStore} keeps to; `makeStore` gives an empty one. */
export function dataKeyStoreContract(name: string, makeStore: () => DataKeyStore | Promise<DataKeyStore>): void {
  describe(`${name}: data key store`, () => {
    test('a scope that was never named has no key', async () => {
      expect(await (await makeStore()).get('case-1')).toBeUndefined();
    });

    test('the first key put stays', async () => {
      const store = await makeStore();
      await store.putIfAbsent('case-1', 'first');
      await store.putIfAbsent('case-1', 'second');
      await store.putIfAbsent('case-2', 'other');
      expect(await store.get('case-1')).toEqual({ wrapped: 'first' });
      expect(await store.get('case-2')).toEqual({ wrapped: 'other' });
    });

    test('of many that put a key at once all read the same afterwards', async () => {
      const store = await makeStore();
      const read = await Promise.all(
        Array.from({ length: 20 }, async (_, at) => {
          await store.putIfAbsent('case-1', `key-${at}`);
          return store.get('case-1');
        }),
      );
      expect(new Set(read.map((entry) => JSON.stringify(entry))).size).toBe(1);
      expect(read[0]).toHaveProperty('wrapped');
    });

    test('a destroyed key is gone for ever, and no other with it', async () => {
      const store = await makeStore();
      await store.putIfAbsent('case-1', 'first');
      await store.putIfAbsent('case-2', 'other');
      await store.destroy('case-1');
      expect(await store.get('case-1')).toBe('destroyed');
      await store.putIfAbsent('case-1', 'again');
      expect(await store.get('case-1')).toBe('destroyed');
      await store.destroy('case-1');
      expect(await store.get('case-1')).toBe('destroyed');
      expect(await store.get('case-2')).toEqual({ wrapped: 'other' });
    });

    test('a scope can be barred before it ever had a key', async () => {
      const store = await makeStore();
      await store.destroy('case-1');
      await store.putIfAbsent('case-1', 'late');
      expect(await store.get('case-1')).toBe('destroyed');
    });
  });
}
