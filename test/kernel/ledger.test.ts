import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { describe, expect, test } from 'vitest';
import { commitsOf, decodeCommit, foldCommit, load, verifyChain } from '../../functions/kernel/ledger.ts';
import type { CommitRecord } from '../../functions/kernel/ports.ts';
import { SqliteLedgerStore } from '../../infra/local/sqlite/sqlite-ledger-store.ts';
import { temporaryDatabase, temporaryFile } from '../infra/local/sqlite/temporary-database.ts';
import { MemoryLedgerStore } from '../simulation/memory-store.ts';
import { BASIS, tally } from '../support/made-aggregates.ts';
import { count, openBox, printLabels } from '../support/made-context.ts';
import { setUpMade } from '../support/made-kernel.ts';

const HEX32 = /^[0-9a-f]{32}$/;

/** A tally counted three times, by which a chain has three commits. */
async function threeCommits(ledger = new MemoryLedgerStore()) {
  const made = await setUpMade({ ledger });
  for (const by of [1, 2, 3]) await made.done(count, { tally: 't', by });
  return { made, records: (await ledger.read('made/tally/t')) as CommitRecord[] };
}

describe('a commit', () => {
  test('says what was decided, by whom, when, for what, and on what it rested', async () => {
    const made = await setUpMade();
    await made.done(count, { tally: 'all', by: 1 });
    const answer = await made.done(openBox, { box: '1', shelf: 'a', occurredOn: '2026-03-02' });
    const [commit] = await made.commits('made/box/1');
    expect(commit).toEqual({
      stream: 'made/box/1',
      version: 1,
      previous: '',
      command: { name: 'made/open-box', id: expect.stringMatching(HEX32) },
      actor: { agency: 'made-bureau', kind: 'justice-bureau', roles: ['officer'], person: made.actor('officer').person },
      correlationId: answer.correlationId,
      depth: 0,
      occurredOn: '2026-03-02',
      recordedAt: '2026-03-04T02:00:00.000Z',
      policy: expect.stringMatching(/^national\//),
      facts: [
        { stream: 'made/shelf/a', version: 1, guarded: true },
        { stream: 'made/tally/all', version: 1, guarded: false },
      ],
      events: [
        {
          id: answer.events[0]?.id,
          name: 'BoxOpened',
          version: 1,
          data: { box: '1', shelf: 'a', copies: 0, openedOn: '2026-03-02', basis: BASIS },
        },
      ],
    });
    expect(commit?.actor.person).toMatch(HEX32);
    expect(JSON.stringify(commit)).not.toContain('made-up-officer');
  });

  test('that an event brought about names it, the correlation and one step more', async () => {
    const made = await setUpMade();
    const answer = await made.done(openBox, { box: '1', shelf: 'a', occurredOn: '2026-03-02' });
    await made.province.settle();
    const [commit] = await made.commits('made/label/1');
    expect(commit).toMatchObject({
      command: { name: printLabels.command.name },
      actor: { agency: 'system', kind: 'system', roles: ['system'] },
      correlationId: answer.correlationId,
      causationId: answer.events[0]?.id,
      depth: 1,
      occurredOn: '2026-03-02',
    });
  });

  test('is RFC 8785 JSON in bytes, whose SHA-256 is the hash; the state lies beside it', async () => {
    const { records } = await threeCommits();
    for (const record of records) {
      const text = Buffer.from(record.bytes).toString('utf8');
      expect(text).toBe(canonicalize(JSON.parse(text)));
      expect(record).toMatchObject({ alg: 'sha256', hash: createHash('sha256').update(record.bytes).digest('hex') });
      expect(decodeCommit(record).recordedAt).toBe(record.recordedAt);
      expect(text).not.toContain('count":');
    }
    expect(records.map(({ state }) => JSON.parse(state))).toEqual([{ count: 1 }, { count: 3 }, { count: 6 }]);
  });

  test('hashes the one before', async () => {
    const { records } = await threeCommits();
    expect(records.map((record) => decodeCommit(record).previous)).toEqual(['', records[0]?.hash, records[1]?.hash]);
  });
});

describe('verifying a chain', () => {
  const verify = (records: readonly CommitRecord[]) =>
    verifyChain({ read: async (_, { after = 0 } = {}) => records.filter(({ version }) => version > after) }, 'made/tally/t');
  const rewritten = (record: CommitRecord, change: (commit: Record<string, unknown>) => void): CommitRecord => {
    const commit = decodeCommit(record) as unknown as Record<string, unknown>;
    change(commit);
    const bytes = Buffer.from(canonicalize(commit) ?? '');
    return { ...record, bytes, hash: createHash('sha256').update(bytes).digest('hex') };
  };
  const altered = (record: CommitRecord, at: number, by: number): CommitRecord => ({
    ...record,
    bytes: record.bytes.map((byte, index) => (index === at ? byte ^ by : byte)),
  });

  test('as written it holds, on memory and on a file opened again', async () => {
    expect(await verify((await threeCommits()).records)).toBeUndefined();
    const file = temporaryFile();
    const database = temporaryDatabase(file);
    const made = await setUpMade({ ledger: new SqliteLedgerStore(database) });
    for (const by of [1, 2, 3]) await made.done(count, { tally: 't', by });
    database.close();
    const reopened = new SqliteLedgerStore(temporaryDatabase(file));
    expect(await reopened.read('made/tally/t')).toHaveLength(3);
    expect(await verifyChain(reopened, 'made/tally/t')).toBeUndefined();
  });

  test.each<[string, (records: CommitRecord[]) => CommitRecord[], { version: number; fault: string }]>([
    ['a missing commit', ([one, , three]) => [one, three] as CommitRecord[], { version: 2, fault: 'gap' }],
    ['a missing first commit', ([, two, three]) => [two, three] as CommitRecord[], { version: 1, fault: 'gap' }],
    ['one altered bit', ([one, two, three]) => [one, altered(two as CommitRecord, 40, 1), three] as CommitRecord[], { version: 2, fault: 'hash' }],
    ['bytes that are no JSON any more', ([one, two]) => [one, altered(two as CommitRecord, 0, 255)] as CommitRecord[], { version: 2, fault: 'hash' }],
    ['another hash', ([one, two]) => [one, { ...two, hash: one?.hash }] as CommitRecord[], { version: 2, fault: 'hash' }],
    [
      'a commit rewritten with a fitting hash: the next one stands on what was there before',
      ([one, two, three]) => [rewritten(one as CommitRecord, (commit) => Object.assign(commit, { policy: 'forged' })), two, three] as CommitRecord[],
      { version: 2, fault: 'previous' },
    ],
    [
      'a commit of another stream',
      ([one]) => [rewritten(one as CommitRecord, (commit) => Object.assign(commit, { stream: 'made/tally/other' }))],
      { version: 1, fault: 'place' },
    ],
    [
      'a commit of another version',
      ([one]) => [rewritten(one as CommitRecord, (commit) => Object.assign(commit, { version: 2 }))],
      { version: 1, fault: 'place' },
    ],
  ])('%s is found', async (_, tamper, found) => {
    const { records } = await threeCommits();
    expect(await verify(tamper(records))).toEqual({ stream: 'made/tally/t', ...found });
  });

  test('the state beside a commit is a convenience: another one breaks no chain', async () => {
    const { records } = await threeCommits();
    expect(await verify(records.map((record) => ({ ...record, state: '{"count":999}', fingerprint: 'other' })))).toBeUndefined();
  });
});

describe('loading', () => {
  test('is exactly one read of the newest commit when the same code folded its state', async () => {
    const { made } = await threeCommits();
    made.calls.length = 0;
    const loaded = await load(made.kernel.ledger, tally, 'folded-by-the-first-code', 'made/tally/t');
    expect(loaded).toMatchObject({ version: 3, state: { count: 6 } });
    expect(made.calls).toEqual(['head made/tally/t']);
  });

  test('trusts the state under its own fingerprint only: another one folds again from the events', async () => {
    const { records } = await threeCommits();
    const head = { ...(records[2] as CommitRecord), state: '{"count":999}' };
    const ledger = { head: async () => head, read: async (_: string, { after = 0 } = {}) => [...records.slice(0, 2), head].slice(after) };
    expect((await load(ledger, tally, 'folded-by-the-first-code', 'made/tally/t')).state).toEqual({ count: 999 });
    expect((await load(ledger, tally, 'folded-by-newer-code', 'made/tally/t')).state).toEqual({ count: 6 });
  });

  test('folds a stream of more than one page whole, and only up to the commit asked for', async () => {
    const made = await setUpMade();
    for (let at = 0; at < 501; at += 1) await made.done(count, { tally: 'long', by: 1 });
    expect((await load(made.ledger, tally, 'other', 'made/tally/long')).state).toEqual({ count: 501 });
    const versions: number[] = [];
    for await (const { version } of commitsOf(made.ledger, 'made/tally/long', 499)) versions.push(version);
    expect(versions).toEqual([500, 501]);
  });

  test('a stream without a commit has the initial state at version 0', async () => {
    const made = await setUpMade();
    expect(await load(made.ledger, tally, 'any', 'made/tally/none')).toEqual({ stream: 'made/tally/none', version: 0, hash: '', state: { count: 0 } });
  });

  test('an event that the aggregate does not know is an error: the ledger is read whole or not at all', async () => {
    const { made } = await threeCommits();
    const [commit] = await made.commits('made/shelf/a');
    expect(() => foldCommit(tally, tally.initial, commit as never)).toThrow('made/tally does not know ShelfBuilt');
  });
});

describe('what a command costs', () => {
  test('one read a stream and one write', async () => {
    const made = await setUpMade();
    await made.done(openBox, { box: '1', shelf: 'a' });
    expect(made.calls.toSorted()).toEqual(['append made/box/1', 'head made/box/1', 'head made/shelf/a', 'head made/tally/all']);
  });
});
