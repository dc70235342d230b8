import { describe, expect, test } from 'vitest';
import type { StreamMapping } from '../../../infra/local/deployment.ts';
import { StreamPump } from '../../../infra/local/stream-pump.ts';
import type { StreamSource } from '../../../infra/local/stream-source.ts';
import { quietLog } from '../../support/quiet-log.ts';

const arrivalOf = (record: number): string => new Date(record).toISOString();

const MAPPING: StreamMapping = {
  function: 'jianheng-36-kernel-publish',
  table: 'ledger',
  batchSize: 4,
  filters: [],
  bisect: true,
  retries: Number.POSITIVE_INFINITY,
  partial: true,
  onFailure: 'dead',
};

type Call = readonly string[];

/** A stream of numbered records, and a function that does with each batch what the test says. */
function stage({
  records = 0,
  mapping = {},
  answer = () => [],
  keep = async () => {},
}: {
  records?: number;
  mapping?: Partial<StreamMapping>;
  answer?: (batch: Call, call: number) => readonly string[] | 'throws';
  /** What becomes of a position before it is written. */
  keep?: (position: string) => Promise<void>;
}) {
  const all = Array.from({ length: records }, (_, at) => ({
    sequence: String(at + 1),
    arrivedAt: arrivalOf(at + 1),
    record: { n: at + 1, parity: at % 2 ? 'even' : 'odd' },
  }));
  const positions = new Map<string, string>();
  const calls: Call[] = [];
  const done: string[] = [];
  const pages: number[] = [];
  const dead: string[] = [];
  const waits: number[] = [];
  const source: StreamSource = {
    read: async (position = '0', limit) => {
      const found = all.slice(Number(position), Number(position) + limit);
      return { records: found, position: String(Number(position) + found.length), end: Number(position) + found.length === all.length };
    },
  };
  const pump = new StreamPump({
    mapping: { ...MAPPING, ...mapping },
    source,
    functions: {
      invoke: async (_, event) => {
        const batch = (event as { Records: { n: number }[] }).Records.map(({ n }) => String(n));
        calls.push(batch);
        const failed = answer(batch, calls.length);
        if (failed === 'throws') throw new Error('made');
        const first = batch.findIndex((each) => failed.includes(each));
        done.push(...batch.slice(0, first === -1 ? batch.length : first));
        return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
      },
    },
    positions: {
      get: (name) => positions.get(name),
      set: async (name, value) => {
        await keep(value);
        positions.set(name, value);
      },
    },
    giveUp: async (queue, body) => void dead.push(`${queue} ${body}`),
    log: quietLog,
    done: (records) => void pages.push(records),
    wait: async (milliseconds) => {
      waits.push(milliseconds);
      await new Promise((resolve) => setImmediate(resolve));
    },
  });
  const idle = async () => {
    while (!pump.idle) await new Promise((resolve) => setImmediate(resolve));
  };
  return { pump, idle, all, positions, calls, done, pages, dead, waits, position: () => positions.get('stream/jianheng-36-kernel-publish') };
}

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => String(from + at));

describe('a pump on a change stream', () => {
  test('hands over batches of the mapping size in order, and keeps its place', async () => {
    const { pump, idle, calls, position } = stage({ records: 9 });
    pump.wake();
    await idle();
    expect(calls).toEqual([numbers(1, 4), numbers(5, 8), ['9']]);
    await pump.stop();
    expect(position()).toBe('9');
  });

  test('goes on from its place, and reads what came while it worked', async () => {
    const { pump, idle, calls, all } = stage({ records: 2 });
    pump.wake();
    await idle();
    all.push({ sequence: '3', arrivedAt: arrivalOf(3), record: { n: 3, parity: 'odd' } });
    pump.wake();
    pump.wake();
    await idle();
    expect(calls).toEqual([['1', '2'], ['3']]);
  });

  test('writes its place together with the work on what comes next, after the write before, and when it is stopped', async () => {
    const writes: (() => void)[] = [];
    const { pump, calls, position } = stage({ records: 12, keep: () => new Promise((resolve) => writes.push(resolve)) });
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    pump.wake();
    await turn();
    expect([calls, position()]).toEqual([[numbers(1, 4), numbers(5, 8)], undefined]);
    writes[0]?.();
    await turn();
    expect([calls.length, pump.idle, position()]).toEqual([3, true, '4']);
    writes[1]?.();
    const stopped = pump.stop();
    await turn();
    expect(position()).toBe('8');
    writes[2]?.();
    await stopped;
    expect(position()).toBe('12');
  });

  test('goes on from the place that is durable where a later one could not be written', async () => {
    let writes = 0;
    const { pump, idle, calls, position } = stage({
      records: 12,
      keep: async () => {
        writes += 1;
        if (writes === 1) throw new Error('made');
      },
    });
    pump.wake();
    await idle();
    await pump.stop();
    expect(calls).toEqual([numbers(1, 4), numbers(5, 8), numbers(1, 4), numbers(5, 8), numbers(9, 12)]);
    expect(position()).toBe('12');
  });

  test('passes over what no filter of the mapping matches', async () => {
    const { pump, idle, calls, pages, position } = stage({ records: 6, mapping: { filters: [{ parity: ['even'] }] } });
    pump.wake();
    await idle();
    expect(calls).toEqual([['2', '4'], ['6']]);
    expect(pages).toEqual([4, 2]);
    await pump.stop();
    expect(position()).toBe('6');
  });

  test('delivers again from the first failure that the function names, and only from there', async () => {
    const { pump, idle, calls, done } = stage({ records: 4, answer: (_, call) => (call === 1 ? ['3', '4'] : []) });
    pump.wake();
    await idle();
    expect(calls).toEqual([numbers(1, 4), ['3', '4']]);
    expect(done).toEqual(numbers(1, 4));
  });

  test('halves a batch whose call threw until the record stands alone, and nothing behind it overtakes', async () => {
    let broken = true;
    const { pump, idle, done, waits } = stage({ records: 4, answer: (batch) => (broken && batch.includes('3') ? 'throws' : []) });
    pump.wake();
    for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(done).toEqual(['1', '2']);
    broken = false;
    await idle();
    expect(done).toEqual(numbers(1, 4));
    expect(waits.slice(-3)).toEqual([...waits.slice(-3)].sort((a, b) => a - b));
    expect(waits[0]).toBe(50);
    expect(Math.max(...waits)).toBeLessThanOrEqual(10_000);
  });

  test('does not halve where the mapping does not say so', async () => {
    const { pump, idle, calls } = stage({ records: 4, mapping: { bisect: false }, answer: (_, call) => (call === 1 ? 'throws' : []) });
    pump.wake();
    await idle();
    expect(calls).toEqual([numbers(1, 4), numbers(1, 4)]);
  });

  test('gives up a record after the retries, tells the failure destination where it lies, and goes on behind it', async () => {
    const { pump, idle, calls, done, dead } = stage({ records: 3, mapping: { retries: 2 }, answer: (batch) => (batch.includes('2') ? ['2'] : []) });
    pump.wake();
    await idle();
    expect(done).toEqual(['1', '3']);
    expect(calls.filter((batch) => batch.includes('2'))).toEqual([numbers(1, 3), ['2', '3'], ['2']]);
    expect(dead).toHaveLength(1);
    expect(JSON.parse(dead[0]?.slice('dead '.length) ?? '')).toMatchObject({
      DDBStreamBatchInfo: {
        startSequenceNumber: '2',
        endSequenceNumber: '2',
        approximateArrivalOfFirstRecord: arrivalOf(2),
        approximateArrivalOfLastRecord: arrivalOf(2),
        batchSize: 1,
      },
    });
  });

  test('gives up the whole batch where it may not be halved', async () => {
    const { pump, idle, dead } = stage({ records: 3, mapping: { retries: 0, bisect: false }, answer: () => 'throws' });
    pump.wake();
    await idle();
    expect(JSON.parse(dead[0]?.slice('dead '.length) ?? '')).toMatchObject({
      DDBStreamBatchInfo: {
        startSequenceNumber: '1',
        endSequenceNumber: '3',
        approximateArrivalOfFirstRecord: arrivalOf(1),
        approximateArrivalOfLastRecord: arrivalOf(3),
        batchSize: 3,
      },
    });
  });

  test('stops between two tries, without moving past what failed', async () => {
    const { pump, position } = stage({ records: 3, answer: () => 'throws' });
    pump.wake();
    await new Promise((resolve) => setImmediate(resolve));
    await pump.stop();
    expect(position()).toBeUndefined();
  });
});
