import { describe, expect, test } from 'vitest';
import { LIMITS } from '../../functions/kernel/limits.ts';
import { type Append, type LedgerStore, LimitExceeded } from '../../functions/kernel/ports.ts';
import { commit, receipt, write } from './samples.ts';

const CASE = 'interference/record/case-1';

/** The part of the ledger's contract that is about what it refuses. */
export function ledgerLimitsContract(name: string, makeStore: () => LedgerStore | Promise<LedgerStore>): void {
  describe(`${name}: ledger store, limits`, () => {
    const bytes = (size: number) => new Uint8Array(size).fill(0x20);
    /** `size` bytes of UTF-8, begun with a character of three. */
    const text = (size: number) => `鉴${'x'.repeat(size - 3)}`;
    /** A string whose JSON has that size. */
    const body = (size: number) => text(size - 2);
    const many = (count: number, size = 5) => Array.from({ length: count }, (_, at) => receipt(`r${at}`, body(size)));

    test.each<[keyof typeof LIMITS, string, (size: number) => Append]>([
      ['state', 'a state', (size) => write({ commit: commit(CASE, 1, { state: text(size) }) })],
      ['commit', 'bytes and state together', (size) => write({ commit: commit(CASE, 1, { bytes: bytes(size - 1000), state: text(1000) }) })],
      ['receipt', "a receipt's body", (size) => write({ commit: commit(CASE), receipts: [receipt('r0', body(size))] })],
      ['name', "a stream's name", (size) => write({ commit: commit(text(size)), receipts: many(1) })],
      ['name', "a receipt's key", (size) => write({ commit: commit(CASE), receipts: [receipt('r0'), receipt(text(size))] })],
      ['name', "a guarded stream's name", (size) => write({ commit: commit(CASE), receipts: many(1), guards: [{ stream: text(size), version: 0 }] })],
      ['items', 'commit and receipts', (size) => write({ commit: commit(CASE), receipts: many(size - 2) })],
      ['items', 'receipts alone', (size) => write({ receipts: many(size) })],
      ['items', 'with guards', (size) => write({ receipts: many(1), guards: Array.from({ length: size - 1 }, (_, at) => ({ stream: `g${at}`, version: 0 })) })],
      [
        'write',
        'all together',
        (size) => {
          const rest = size - 60 * 50_000 - many(60).reduce((sum, { key }) => sum + key.length, 0) - CASE.length;
          return write({ receipts: many(60, 50_000), commit: commit(CASE, 1, { bytes: bytes(rest - 100), state: text(100) }) });
        },
      ],
    ])('%s, of %s: taken to the last, refused beyond with nothing written', async (what, _, sized) => {
      const store = await makeStore();
      const beyond = sized(LIMITS[what] + 1);
      const refusal = await store.append(beyond).catch((cause: unknown) => cause);
      expect(refusal).toBeInstanceOf(LimitExceeded);
      expect(refusal).toMatchObject({ what, limit: LIMITS[what], actual: LIMITS[what] + 1 });
      for (const one of beyond.receipts.slice(-2)) expect(await store.receipt(one.key)).toBeUndefined();
      expect(await store.head(beyond.commit?.stream ?? CASE)).toBeUndefined();

      const most = sized(LIMITS[what]);
      expect(await store.append(most)).toEqual({ ok: true });
      expect(await store.head(most.commit?.stream ?? CASE)).toEqual(most.commit);
      for (const one of most.receipts) expect(await store.receipt(one.key)).toEqual(one);
    });

    test.each([
      ['an empty name', ''],
      ['half a surrogate pair', 'a\ud83d'],
    ])('%s is thrown back', async (_, wrong) => {
      const store = await makeStore();
      await expect(store.append(write({ commit: commit(wrong) }))).rejects.toThrow(TypeError);
      await expect(store.append(write({ receipts: [receipt(wrong)] }))).rejects.toThrow(TypeError);
      await expect(store.append(write({ receipts: [receipt('r')], guards: [{ stream: wrong, version: 0 }] }))).rejects.toThrow(TypeError);
      expect([await store.head(wrong), await store.receipt(wrong), await store.receipt('r')]).toEqual([undefined, undefined, undefined]);
    });

    test('what no name can be is looked for in vain', async () => {
      const store = await makeStore();
      const long = text(2 * LIMITS.name);
      expect([await store.head(long), await store.read(long), await store.receipt(long), await store.receipts(`${long}:`)]).toEqual([
        undefined,
        [],
        undefined,
        [],
      ]);
    });

    test.each([-1, 0.5, Number.NaN])('a guard at version %s is thrown back', async (version) => {
      const store = await makeStore();
      await expect(store.append(write({ receipts: [receipt('r')], guards: [{ stream: CASE, version }] }))).rejects.toThrow(TypeError);
      expect(await store.receipt('r')).toBeUndefined();
    });
  });
}
