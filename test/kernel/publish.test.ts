import { describe, expect, test } from 'vitest';
import { cloudEvent } from '../../events/event.ts';
import { LIMITS } from '../../functions/kernel/limits.ts';
import { type Bus, type BusAnswer, type BusEntry, type CommitRecord, Throttled } from '../../functions/kernel/ports.ts';
import { busEntries, entrySize, pack, publish, republish } from '../../functions/kernel/publish.ts';
import { react } from '../../functions/kernel/react.ts';
import { BASIS } from '../support/made-aggregates.ts';
import { count, fill, openBox, printLabels } from '../support/made-context.ts';
import { type Made, setUpMade } from '../support/made-kernel.ts';

/** A bus that keeps what each call brought, and answers as it is told; by default it takes everything. */
function busThat(answer: (entry: BusEntry, call: number, at: number) => BusAnswer | undefined = () => undefined) {
  const puts: (readonly BusEntry[])[] = [];
  const bus: Bus = {
    put: async (entries) => {
      puts.push(entries);
      return entries.map((entry, at) => answer(entry, puts.length, at) ?? { eventId: 'taken' });
    },
  };
  return { puts, bus };
}

const FAILED: BusAnswer = { errorCode: 'InternalFailure', errorMessage: 'try again' };
const records = async (made: Made): Promise<readonly CommitRecord[]> => (await made.ledger.feed(undefined, 1000)).records;
const detailOf = (entry: BusEntry | undefined) => JSON.parse(entry?.detail ?? '{}') as Record<string, unknown>;

async function counted(times: number, options: { now?: string } = {}) {
  const made = await setUpMade(options);
  for (let at = 0; at < times; at += 1) await made.done(count, { tally: `${at}`, by: 1 });
  return { made, batch: (await records(made)).filter(({ stream }) => stream.startsWith('made/tally/')) };
}

describe('on the bus', () => {
  test('nothing appears by a command, nor by a preview or a reaction: only what is read from the ledger is published', async () => {
    const made = await setUpMade();
    await made.done(openBox, { box: '1', shelf: 'a' });
    await react(made.kernel, printLabels, await made.heard('made/box/1'));
    expect(made.province.onBus).toEqual([]);
    await publish(made.kernel, await records(made));
    expect(made.province.onBus.map(({ detailType }) => detailType)).toEqual(['ShelfBuilt', 'BoxOpened', 'LabelPrinted']);
  });

  test('an event is jianheng.<context>, its name, and the CloudEvent under the ledger’s id', async () => {
    const made = await setUpMade();
    const answer = await made.done(openBox, { box: '箱/1', shelf: 'a', occurredOn: '2026-03-02', story: '虚构' });
    const [entry, ...more] = busEntries('360000', (await records(made)).at(-1) as CommitRecord);
    expect(more).toEqual([]);
    expect(entry).toEqual({ source: 'jianheng.made', detailType: 'BoxOpened', detail: expect.any(String), time: '2026-03-04T02:00:00.000Z' });
    expect(detailOf(entry)).toEqual({
      specversion: '1.0',
      id: answer.events[0]?.id,
      source: '/province/360000/made',
      type: 'cn.jianheng.made.BoxOpened.v1',
      subject: answer.stream,
      time: '2026-03-04T02:00:00.000Z',
      datacontenttype: 'application/json',
      data: { box: '箱/1', shelf: 'a', copies: 0, openedOn: '2026-03-02', basis: BASIS },
      correlationid: answer.correlationId,
      causationid: answer.correlationId,
      sequence: '000000000001',
      causationdepth: 0,
      occurredon: '2026-03-02',
    });
    expect(cloudEvent.parse(detailOf(entry))).toEqual(detailOf(entry));
  });

  test('a consequence names the command that wrote it, the correlation of the first, and its depth', async () => {
    const made = await setUpMade();
    const { correlationId } = await made.done(openBox, { box: '1', shelf: 'a' });
    await react(made.kernel, printLabels, await made.heard('made/box/1'));
    const [commit] = await made.commits('made/label/1');
    expect(await made.heard('made/label/1')).toMatchObject({ correlationid: correlationId, causationid: commit?.command.id, causationdepth: 1 });
    expect(commit?.command.id).not.toBe(correlationId);
  });

  test('each event of a commit is an entry of its own, in order; text order of the sequence is order', async () => {
    const made = await setUpMade();
    for (let at = 0; at < 10; at += 1) await made.done(fill, { sack: '1', texts: ['one', 'two'] });
    const sequences = (await records(made))
      .filter(({ stream }) => stream === 'made/sack/1')
      .map((record) => {
        const entries = busEntries('360000', record);
        expect(entries.map((entry) => (detailOf(entry).data as { text: string }).text)).toEqual(['one', 'two']);
        return String(detailOf(entries[0]).sequence);
      });
    expect(sequences.toSorted()).toEqual(sequences);
  });
});

describe('packing', () => {
  const entry = (size: number): BusEntry => {
    const frame = { source: 'jianheng.made', detailType: 'Filled', detail: '', time: '2026-03-04T02:00:00.000Z' };
    return { ...frame, detail: 'x'.repeat(size - entrySize(frame)) };
  };
  const sizes = (all: readonly number[]) => pack(all.map((size, index) => ({ entry: entry(size), index }))).map((chunk) => chunk.map(({ index }) => index));

  test('an entry counts 14 for its time, and the bytes of source, type and detail', () => {
    expect(entrySize({ source: 'ab', detailType: 'cde', detail: '案', time: 'not counted' })).toBe(14 + 2 + 3 + 3);
  });

  test('ten entries are one call, eleven are two', () => {
    expect(sizes(Array(10).fill(100))).toHaveLength(1);
    expect(sizes(Array(11).fill(100)).map((chunk) => chunk.length)).toEqual([10, 1]);
  });

  test('256 KB are one call, a byte more are two', () => {
    const half = LIMITS.busBytes / 2;
    expect(sizes([half, half])).toEqual([[0, 1]]);
    expect(sizes([half, half + 1])).toEqual([[0], [1]]);
    expect(sizes([half, half + 1, half - 1, 100])).toEqual([[0], [1, 2], [3]]);
  });

  test('nothing is no call', async () => {
    const { puts, bus } = busThat();
    expect(await publish({ bus, province: '360000' }, [])).toEqual([]);
    expect(puts).toEqual([]);
  });

  test('a batch goes out whole, in order, within both bounds', async () => {
    const made = await setUpMade();
    for (let at = 0; at < 3; at += 1) await made.done(fill, { sack: '1', sizes: [50_000, 50_000, 50_000] });
    for (let at = 0; at < 12; at += 1) await made.done(count, { tally: 't', by: 1 });
    const { puts, bus } = busThat();
    const batch = (await records(made)).slice(1);
    expect(await publish({ bus, province: '360000' }, batch)).toEqual([]);
    for (const put of puts) {
      expect(put.length).toBeLessThanOrEqual(10);
      expect(put.reduce((sum, each) => sum + entrySize(each), 0)).toBeLessThanOrEqual(LIMITS.busBytes);
    }
    expect(puts.flat().map(({ detail }) => detail)).toEqual(batch.flatMap((record) => busEntries('360000', record)).map(({ detail }) => detail));
  });
});

describe('failures', () => {
  test('every entry of every answer is looked at: the records that failed come back, and only these', async () => {
    const { made, batch } = await counted(13);
    const { bus } = busThat((_, call, at) => ((call === 1 && (at === 0 || at === 9)) || (call === 2 && at === 2) ? FAILED : undefined));
    expect(await publish({ bus, province: made.kernel.province }, batch)).toEqual([0, 9, 12]);
  });

  test('an entry that got no answer at all has failed', async () => {
    const { batch } = await counted(3);
    const bus: Bus = { put: async (entries) => entries.slice(1).map(() => ({ eventId: 'taken' })) };
    expect(await publish({ bus, province: '360000' }, batch)).toEqual([2]);
  });

  test('one failed event of a commit fails the commit once', async () => {
    const made = await setUpMade();
    await made.done(fill, { sack: '1', texts: ['one', 'two', 'three'] });
    const { bus } = busThat((_, __, at) => (at > 0 ? FAILED : undefined));
    expect(await publish({ bus, province: '360000' }, (await records(made)).slice(1))).toEqual([0]);
  });

  test('a bus that asks to wait is heard: the whole batch comes again', async () => {
    const { batch } = await counted(2);
    const bus: Bus = { put: () => Promise.reject(new Throttled('made up')) };
    await expect(publish({ bus, province: '360000' }, batch)).rejects.toThrow(Throttled);
  });

  test('ids and everything else survive a retry', async () => {
    const { batch } = await counted(2);
    const { puts, bus } = busThat((_, call) => (call === 1 ? FAILED : undefined));
    const failed = await publish({ bus, province: '360000' }, batch);
    await publish(
      { bus, province: '360000' },
      failed.map((index) => batch[index] as CommitRecord),
    );
    expect(puts[1]).toEqual(puts[0]);
  });
});

describe('from the ledger’s own feed', () => {
  test('everything since a day goes out again under its id, what is older does not', async () => {
    const { made } = await counted(2, { now: '2026-03-04T15:59:59.000Z' });
    made.clock.at = Date.parse('2026-03-04T16:00:00.000Z');
    const { events } = await made.done(count, { tally: 'later', by: 1 });
    const { puts, bus } = busThat();
    const all = { bus, province: '360000', ledger: made.kernel.ledger };
    expect(await republish(all, '2026-03-05')).toBe(1);
    expect(puts.flat().map((entry) => detailOf(entry).id)).toEqual([events[0]?.id]);
    expect(await republish(all, '2026-03-04')).toBe(4);
    expect(await republish(all, '2026-03-06')).toBe(0);
  });

  test('pages, and tries what failed again, and only that', async () => {
    const { made } = await counted(205);
    const { puts, bus } = busThat((_, call, at) => (call === 1 && at === 3 ? FAILED : undefined));
    expect(await republish({ bus, province: '360000', ledger: made.kernel.ledger }, '2026-03-04')).toBe(206);
    const ids = puts.flat().map((entry) => detailOf(entry).id);
    expect(ids).toHaveLength(207);
    expect(new Set(ids).size).toBe(206);
  });

  test('an entry that keeps failing is told of, not passed over', async () => {
    const { made } = await counted(1);
    const { puts, bus } = busThat(() => FAILED);
    await expect(republish({ bus, province: '360000', ledger: made.kernel.ledger }, '2026-03-04')).rejects.toThrow(Throttled);
    expect(puts.length).toBeLessThan(20);
  });
});
