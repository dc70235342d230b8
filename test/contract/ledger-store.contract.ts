import { describe, expect, test } from 'vitest';
import type { Append, Clock, LedgerStore } from '../../functions/kernel/ports.ts';
import { ledgerFeedContract } from './ledger-feed.contract.ts';
import { ledgerLimitsContract } from './ledger-limits.contract.ts';
import { AWKWARD, commit, grow, inByteOrder, names, receipt, tail, write } from './samples.ts';

const CASE = 'interference/record/case-1';
const INSTITUTION = 'registry/institution/made-up-1';
const OK = { ok: true };

/**
 * What every implementation of {@link LedgerStore} keeps to; `makeStore` gives an empty one. Told a clock, it is one that may be written and
 * followed at once; told none, the samples' time is over and nothing is held back.
 */
export function ledgerStoreContract(name: string, makeStore: (clock?: Clock) => LedgerStore | Promise<LedgerStore>): void {
  describe(`${name}: ledger store, streams`, () => {
    test('a stream that was never written has no head and nothing to read', async () => {
      const store = await makeStore();
      expect(await store.head(CASE)).toBeUndefined();
      expect(await store.read(CASE)).toEqual([]);
    });

    test('a commit comes back as it was written, bytes that are no UTF-8 included', async () => {
      const store = await makeStore();
      const written = commit(CASE, 1, { bytes: Uint8Array.from({ length: 512 }, (_, at) => at % 256), state: '{"text":"鉴衡 😀"}', fingerprint: 'ff' });
      expect(await store.append(write({ commit: written }))).toEqual(OK);
      expect(await store.head(CASE)).toEqual(written);
      expect(await store.read(CASE)).toEqual([written]);
    });

    test('the head is the newest commit, and reading pages through the versions in order', async () => {
      const store = await makeStore();
      await grow(store, CASE, 12);
      await grow(store, `${CASE}0`, 2);
      expect((await store.head(CASE))?.version).toBe(12);
      const versions = async (options: { after?: number; limit?: number }) => (await store.read(CASE, options)).map(({ version }) => version);
      expect(await versions({})).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
      expect(await versions({ limit: 3 })).toEqual([1, 2, 3]);
      expect(await versions({ after: 9 })).toEqual([10, 11, 12]);
      expect(await versions({ after: 9, limit: 2 })).toEqual([10, 11]);
      expect(await versions({ after: 12 })).toEqual([]);
      await expect(store.read(CASE, { limit: 0 })).rejects.toThrow(RangeError);
    });

    test('names that look alike are streams of their own', async () => {
      const store = await makeStore();
      for (const stream of AWKWARD) expect(await store.append(write({ commit: commit(stream) }))).toEqual(OK);
      for (const stream of AWKWARD) expect(names(await store.read(stream))).toEqual([`${stream}@1`]);
    });

    test.each([
      ['a first commit that is not version 1', 0, 2],
      ['version 0', 0, 0],
      ['a version that leaves a gap', 3, 5],
      ['the version of the head', 3, 3],
      ['a version long taken', 3, 1],
    ])('%s is refused and leaves nothing', async (_, head, version) => {
      const store = await makeStore();
      await grow(store, CASE, head);
      const refused = commit(CASE, version, { state: '"refused"' });
      expect(await store.append(write({ commit: refused, receipts: [receipt('r')] }))).toEqual({ ok: false, conflict: 'version', at: CASE });
      expect((await store.read(CASE)).map((found) => found.version)).toEqual(Array.from({ length: head }, (__, at) => at + 1));
      expect((await store.head(CASE))?.state).not.toBe('"refused"');
      expect(await store.receipt('r')).toBeUndefined();
    });

    test('of two appends of one version exactly one wins', async () => {
      const store = await makeStore();
      const outcomes = await Promise.all(['"a"', '"b"'].map((state) => store.append(write({ commit: commit(CASE, 1, { state }) }))));
      expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
      expect(outcomes).toContainEqual({ ok: false, conflict: 'version', at: CASE });
      expect((await store.head(CASE))?.state).toBe(outcomes[0]?.ok ? '"a"' : '"b"');
    });

    test('thirty increments at once, each tried again when it lost, land once each', async () => {
      const store = await makeStore();
      const increment = async () => {
        for (;;) {
          const head = await store.head(CASE);
          const outcome = await store.append(write({ commit: commit(CASE, (head?.version ?? 0) + 1, { state: String(Number(head?.state ?? 0) + 1) }) }));
          if (outcome.ok) return;
        }
      };
      await Promise.all(Array.from({ length: 30 }, increment));
      expect((await store.read(CASE)).map(({ state }) => Number(state))).toEqual(Array.from({ length: 30 }, (_, at) => at + 1));
    });

    test('what one caller does wrong does not touch the appends beside it', async () => {
      const store = await makeStore();
      const outcomes = await Promise.all(
        ['a', 'b', 'c', 'd'].map((stream, at) => store.append(write({ commit: commit(stream, at === 1 ? 7 : 1), guards: [{ stream: 'x', version: 0 }] }))),
      );
      expect(outcomes.map(({ ok }) => ok)).toEqual([true, false, true, true]);
    });

    test('an append of nothing is thrown back', async () => {
      const store = await makeStore();
      await expect(store.append(write({}))).rejects.toThrow(TypeError);
      await expect(store.append(write({ guards: [{ stream: CASE, version: 0 }] }))).rejects.toThrow(TypeError);
    });

    test('the caller cannot change what is stored', async () => {
      const store = await makeStore();
      const bytes = Buffer.from('as it was');
      const body = { list: ['as it was'] };
      const asked: Append = { commit: commit(CASE, 1, { bytes }), receipts: [receipt('r:1', body)], guards: [] };
      const answer = store.append(asked);
      bytes.fill(0);
      body.list[0] = 'changed';
      expect(await answer).toEqual(OK);
      const read = [await store.head(CASE), ...(await store.read(CASE)), ...(await tail(store, 1)).records];
      for (const found of read) {
        expect(Buffer.from(found?.bytes ?? []).toString()).toBe('as it was');
        found?.bytes.fill(0);
      }
      const found = [await store.receipt('r:1'), ...(await store.receipts('r:'))].map((known) => known?.body as typeof body);
      for (const known of found) known.list[0] = 'changed';
      expect(Buffer.from((await store.head(CASE))?.bytes ?? []).toString()).toBe('as it was');
      expect(found).toHaveLength(2);
      expect((await store.receipt('r:1'))?.body).toEqual({ list: ['as it was'] });
    });
  });

  describe(`${name}: ledger store, receipts and guards`, () => {
    test('a receipt may come alone, and any JSON is its body', async () => {
      const store = await makeStore();
      const bodies = [null, false, 0, -1.5, '', '鉴衡 😀 \ud800', [], [1, [2]], {}, { a: { b: null } }];
      for (const [at, body] of bodies.entries()) expect(await store.append(write({ receipts: [receipt(`r${at}`, body)] }))).toEqual(OK);
      for (const [at, body] of bodies.entries()) expect(await store.receipt(`r${at}`)).toEqual({ key: `r${at}`, body });
      expect(await store.receipt('other')).toBeUndefined();
    });

    test('a known receipt is told first, whatever else stands against the append', async () => {
      const store = await makeStore();
      await store.append(write({ commit: commit(CASE), receipts: [receipt('known', 'first')] }));
      const again = write({
        commit: commit(CASE, 9),
        receipts: [receipt('new'), receipt('known', 'other')],
        guards: [{ stream: CASE, version: 0 }],
      });
      expect(await store.append(again)).toEqual({ ok: false, conflict: 'receipt', at: 'known' });
      expect(await store.receipt('known')).toEqual(receipt('known', 'first'));
      expect(await store.receipt('new')).toBeUndefined();
    });

    test('of several known receipts the first given is told', async () => {
      const store = await makeStore();
      await store.append(write({ receipts: [receipt('a'), receipt('b')] }));
      expect(await store.append(write({ receipts: [receipt('b'), receipt('a')] }))).toEqual({ ok: false, conflict: 'receipt', at: 'b' });
    });

    test('a taken version is told before a guard', async () => {
      const store = await makeStore();
      await grow(store, CASE, 1);
      await grow(store, INSTITUTION, 1);
      const refused = write({ commit: commit(CASE), guards: [{ stream: INSTITUTION, version: 0 }] });
      expect(await store.append(refused)).toEqual({ ok: false, conflict: 'version', at: CASE });
    });

    test('of ten appends with one receipt, each to a stream of its own, exactly one happens', async () => {
      const store = await makeStore();
      const streams = Array.from({ length: 10 }, (_, at) => `${CASE}/${at}`);
      const outcomes = await Promise.all(streams.map((stream) => store.append(write({ commit: commit(stream), receipts: [receipt('once', stream)] }))));
      expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
      const heads = await Promise.all(streams.map((stream) => store.head(stream)));
      expect(heads.flatMap((head) => head?.stream ?? [])).toEqual([(await store.receipt('once'))?.body]);
    });

    test('a key twice in one append is thrown back', async () => {
      const store = await makeStore();
      await expect(store.append(write({ receipts: [receipt('a', 1), receipt('a', 2)] }))).rejects.toThrow(TypeError);
      expect(await store.receipt('a')).toBeUndefined();
    });

    test.each([
      ['holds on a stream that was never written', 0, 0, true],
      ['holds at the version of the head', 2, 2, true],
      ['holds above the head', 2, 5, true],
      ['is violated below the head', 2, 1, false],
      ['is violated by the first commit', 1, 0, false],
    ])('a guard %s', async (_, head, version, holds) => {
      const store = await makeStore();
      await grow(store, INSTITUTION, head);
      const guards = [
        { stream: 'registry/institution/absent', version: 0 },
        { stream: INSTITUTION, version },
      ];
      const outcome = await store.append(write({ commit: commit(CASE), receipts: [receipt('r')], guards }));
      expect(outcome).toEqual(holds ? OK : { ok: false, conflict: 'guard', at: INSTITUTION });
      expect((await store.head(CASE))?.version).toBe(holds ? 1 : undefined);
      expect(await store.receipt('r')).toEqual(holds ? receipt('r') : undefined);
      expect(names((await tail(store, head + (holds ? 1 : 0))).records)).not.toContain(holds ? '' : `${CASE}@1`);
    });

    test('a guard also protects a receipt that comes alone', async () => {
      const store = await makeStore();
      await grow(store, INSTITUTION, 1);
      const guarded = (version: number) => store.append(write({ receipts: [receipt('r')], guards: [{ stream: INSTITUTION, version }] }));
      expect(await guarded(0)).toEqual({ ok: false, conflict: 'guard', at: INSTITUTION });
      expect(await store.receipt('r')).toBeUndefined();
      expect(await guarded(1)).toEqual(OK);
    });

    test('guards may name the stream that is written, and a stream twice', async () => {
      const store = await makeStore();
      await grow(store, CASE, 2);
      await grow(store, INSTITUTION, 1);
      const guards = [
        { stream: CASE, version: 2 },
        { stream: CASE, version: 3 },
        { stream: INSTITUTION, version: 1 },
        { stream: INSTITUTION, version: 4 },
      ];
      expect(await store.append(write({ commit: commit(CASE, 3), guards }))).toEqual(OK);
      const narrower = [...guards.slice(1), { stream: INSTITUTION, version: 0 }];
      expect(await store.append(write({ commit: commit(CASE, 4), guards: narrower }))).toEqual({ ok: false, conflict: 'guard', at: INSTITUTION });
      expect(await store.append(write({ commit: commit(CASE, 4), guards }))).toEqual({ ok: false, conflict: 'guard', at: CASE });
    });

    test('of an append and a move of the stream it guards, at once, the guard is never overrun', async () => {
      const store = await makeStore();
      for (let round = 1; round <= 10; round += 1) {
        const stream = `${CASE}/${round}`;
        const [guarded, moved] = await Promise.all([
          store.append(write({ commit: commit(stream), guards: [{ stream: INSTITUTION, version: round - 1 }] })),
          store.append(write({ commit: commit(INSTITUTION, round), guards: [{ stream, version: 0 }] })),
        ]);
        expect([guarded.ok, moved.ok].filter(Boolean)).toHaveLength(1);
        if (!moved.ok) await store.append(write({ commit: commit(INSTITUTION, round) }));
      }
    });

    test('receipts come by prefix, taken literally, in order of the bytes of their keys', async () => {
      const store = await makeStore();
      const kinds = [
        AWKWARD,
        AWKWARD.map((name) => `${name}:`),
        AWKWARD.map((name) => `${name}:x`),
        AWKWARD.flatMap((name) => [`all:${name}`, `all:${name}:`]),
      ];
      for (const keys of kinds) await store.append(write({ receipts: keys.map((key) => receipt(key, { of: key })) }));
      for (const prefix of ['none:', 'all:', ...AWKWARD.map((name) => `${name}:`)]) {
        const expected = inByteOrder(kinds.flat().filter((key) => key.startsWith(prefix))).map((key) => receipt(key, { of: key }));
        expect(await store.receipts(prefix)).toEqual(expected);
      }
    });

    test('receipts by prefix are complete however many pages the store needs', async () => {
      const store = await makeStore();
      const keys = Array.from({ length: 60 }, (_, at) => `event-1:${String(at).padStart(3, '0')}`);
      await Promise.all(['event-0:000', 'event-2:000', ...keys].map((key) => store.append(write({ receipts: [receipt(key, 'x'.repeat(40_000))] }))));
      expect((await store.receipts('event-1:')).map(({ key }) => key)).toEqual(keys);
    });
  });

  ledgerFeedContract(name, makeStore);
  ledgerLimitsContract(name, makeStore);
}
