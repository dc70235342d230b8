import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { withDynamoDb } from '../support/with-dynamodb.ts';
import { bench } from './bench.ts';
import { Connection } from './connection.ts';
import { lineOf, quantile } from './rounds.ts';
import { Watch } from './watch.ts';

/** Each as short as it can be. */
const SMALL = { seconds: 0.001, rounds: 1, events: 20, acts: 3, institutions: 3 };
/** All but those that need a database beside, or that bundle and synthesize every province. */
const ALONE = ['commands', 'simulation', 'fold', 'parts', 'http', 'latency', 'round', 'roster', 'lanes'];

test('every measure tells its lines, each with a median between its least and its greatest', { timeout: 300_000 }, async () => {
  const told: string[] = [];
  const { machine, changed, lines } = await bench(ALONE, SMALL, (line) => told.push(line));
  expect(machine).toMatchObject({ cores: expect.any(Number), node: process.versions.node, settings: 'journal_mode=wal synchronous=2 fullfsync=1' });
  const names = lines.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const order of ['open-case', 'sign-row']) {
    for (const inFlight of [1, 8, 32]) {
      for (const what of ['kernel', 'kernel-process-time', 'single', 'grouped', 'ratio-to-single', 'ratio-to-grouped'])
        expect(names).toContain(`commands/${order}/${inFlight}/${what}`);
    }
    for (const part of ['parse-input', 'canonicalize', 'sha256', 'json-parse']) expect(names).toContain(`parts/${order}/${part}`);
  }
  for (const faults of ['all-faults', 'no-faults']) {
    for (const what of ['process-time-of-a-seed', 'commands', 'commits', 'seeds']) expect(names).toContain(`simulation/${faults}/${what}`);
  }
  for (const how of ['state-beside-the-head', 'every-event/total', 'every-event/per-event', 'in-memory/total', 'in-memory/per-event']) {
    expect(names).toContain(`fold/${how}`);
  }
  for (const part of ['seal/known-scope', 'seal/new-scope', 'open', 'pseudonym']) expect(names).toContain(`parts/${part}`);
  for (const load of ['open-case', 'find-breach']) {
    for (const connections of [1, 8, 32]) {
      for (const what of ['accepted', 'host-process-time', 'settled', 'rest', 'answer-p50', 'answer-p99', 'empty-gateway', 'single', 'grouped'])
        expect(names).toContain(`http/${load}/${connections}/${what}`);
      for (const floor of ['empty-gateway', 'single', 'grouped']) expect(names).toContain(`http/${load}/${connections}/ratio-to-${floor}`);
    }
    for (const what of ['answer', 'last-consequence']) for (const share of ['p50', 'p99']) expect(names).toContain(`latency/${load}/${what}-${share}`);
  }
  for (const step of ['import', 'views', 'settle', 'whole']) {
    for (const size of ['few', 'many']) for (const what of ['results', 'process-time']) expect(names).toContain(`round/${size}/${step}/${what}`);
    expect(names).toContain(`round/cost-of-many-to-few/${step}`);
  }
  for (const size of ['few', 'many']) expect(names).toContain(`round/${size}/commits-of-a-result`);
  for (const day of ['today', 'long-gone']) for (const what of ['whole', 'page-p50', 'page-p99']) expect(names).toContain(`roster/${day}/${what}`);
  for (const what of ['alone', 'beside-a-held-and-a-dead-one', 'ratio-to-alone']) expect(names).toContain(`lanes/${what}`);
  expect(told).toContain('round/many is one sample, and the ratio to it with it');
  expect(changed).toEqual({ http: expect.stringContaining('throttle'), latency: expect.stringContaining('throttle') });
  for (const { name, median, min, max } of lines) {
    if (name.endsWith('/settled')) expect(max, name).toBeLessThanOrEqual(1);
    else if (!name.endsWith('/rest')) expect(min, name).toBeGreaterThan(0);
    expect(median, name).toBeGreaterThanOrEqual(min);
    expect(max, name).toBeGreaterThanOrEqual(median);
    expect(told.some((line) => line.startsWith(name))).toBe(true);
  }
});

withDynamoDb('the figures on DynamoDB Local', () => {
  test('the measure on DynamoDB tells what commands cost, and their rates beside bare transactions', { timeout: 240_000 }, async () => {
    const { lines, skipped } = await bench(['dynamodb'], SMALL, () => undefined);
    expect(skipped).toEqual({});
    const found = new Map(lines.map(({ name, median }) => [name, median]));
    expect(found.size).toBe(lines.length);
    for (const command of ['open-case', 'sign-row', 'report-interference', 'find-breach']) {
      const cost = (what: string) => found.get(`dynamodb/${command}/${what}`) ?? 0;
      expect(cost('requests')).toBe(cost('reads') + cost('writes'));
      for (const what of ['reads', 'writes', 'read-units', 'write-units']) expect(cost(what), `${command} ${what}`).toBeGreaterThan(0);
    }
    for (const inFlight of [1, 8, 32]) {
      expect(found.get(`dynamodb/bare/${inFlight}`)).toBeGreaterThan(0);
      for (const way of ['commands', 'with-reactions'])
        for (const load of ['open-case', 'find-breach'])
          for (const what of ['rate', 'ratio-to-bare']) expect(found.get(`dynamodb/${way}/${load}/${inFlight}/${what}`)).toBeGreaterThan(0);
    }
  });
});

test('a measure that nobody knows is refused by name', async () => {
  await expect(bench(['comands'], {}, () => undefined)).rejects.toThrow(
    'comands is none of commands, simulation, fold, parts, bundles, http, latency, round, roster, lanes, dynamodb',
  );
});

test('a line tells the middle of an odd number of samples, the mean of the two in the middle of an even one', () => {
  expect(lineOf('odd', 'µs', [9, 1, 4])).toEqual({ name: 'odd', unit: 'µs', median: 4, min: 1, max: 9 });
  expect(lineOf('even', 'µs', [9, 1, 4, 5])).toEqual({ name: 'even', unit: 'µs', median: 4.5, min: 1, max: 9 });
  expect(() => lineOf('none', 'µs', [])).toThrow(RangeError);
});

test('a quantile is the value below which that share of the samples lies', () => {
  const values = Array.from({ length: 100 }, (_, at) => 99 - at);
  expect([quantile(values, 0.5), quantile(values, 0.99), quantile([7], 0.99)]).toEqual([50, 99, 7]);
  expect(() => quantile([], 0.5)).toThrow(RangeError);
});

test('what was settled at the last answer is told from what came after it', async () => {
  const watch = new Watch();
  const { invoke } = watch.around({ invoke: async () => ({ batchItemFailures: [] }), close: async () => undefined });
  const message = (correlationid: string) => ({ body: JSON.stringify({ detail: { correlationid } }) });
  watch.begin(true);
  await invoke('reaction', { Records: [message('one'), message('two')] });
  await invoke('command', {});
  expect(watch.seen).toMatchObject({ deliveries: 2, doneAtLastAnswer: 2, rest: 0, failed: 0 });
  const before = new Map(watch.seen.lastOf);
  await invoke('reaction', { Records: [message('two')] });
  const { deliveries, doneAtLastAnswer, rest, lastOf } = watch.seen;
  expect({ deliveries, doneAtLastAnswer }).toEqual({ deliveries: 3, doneAtLastAnswer: 2 });
  expect(rest).toBeGreaterThan(0);
  expect(new Map(lastOf).get('one')).toBe(before.get('one'));
  expect(new Map(lastOf).get('two')).toBeGreaterThan(before.get('two') as number);
  watch.begin(false);
  expect(watch.seen).toMatchObject({ deliveries: 0, doneAtLastAnswer: 0, lastOf: [] });
});

test('an answer may come in pieces', async () => {
  const pieces = ['HTTP/1.1 201 Created\r\ncontent-', 'length: 4\r\n\r', '\n{"a', '"'];
  const server = createServer((socket) => {
    socket.on('data', async (chunk) => {
      if (String(chunk) !== 'first') socket.destroy();
      else {
        for (const piece of pieces) {
          socket.write(piece);
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const connection = await Connection.open((server.address() as { port: number }).port);
  const { status, body } = await connection.send('first');
  expect({ status, body: String(body) }).toEqual({ status: 201, body: '{"a"' });
  await expect(connection.send('second')).rejects.toThrow('the connection was closed');
  server.close();
});
