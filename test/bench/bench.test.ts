import { expect, test } from 'vitest';
import { bench } from './bench.ts';
import { lineOf } from './rounds.ts';

test('every measure tells its lines, each with a median between its least and its greatest', async () => {
  const told: string[] = [];
  const { machine, lines } = await bench([], { seconds: 0.001, rounds: 1, events: 20, acts: 3 }, (line) => told.push(line));
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
  for (const kind of ['command', 'query', 'reaction', 'schedule', 'publish', 'project']) {
    for (const what of ['size', 'load', 'load-to-empty', 'load-to-bare-sdk']) expect(names).toContain(`bundles/${kind}/${what}`);
  }
  expect(names).toContain('bundles/synth-of-every-province');
  for (const { name, median, min, max } of lines) {
    expect(min, name).toBeGreaterThan(0);
    expect(median, name).toBeGreaterThanOrEqual(min);
    expect(max, name).toBeGreaterThanOrEqual(median);
    expect(told.some((line) => line.startsWith(name))).toBe(true);
  }
});

test('a measure that nobody knows is refused by name', async () => {
  await expect(bench(['comands'], {}, () => undefined)).rejects.toThrow('comands is none of commands, simulation, fold, parts, bundles');
});

test('a line tells the middle of an odd number of samples, the mean of the two in the middle of an even one', () => {
  expect(lineOf('odd', 'µs', [9, 1, 4])).toEqual({ name: 'odd', unit: 'µs', median: 4, min: 1, max: 9 });
  expect(lineOf('even', 'µs', [9, 1, 4, 5])).toEqual({ name: 'even', unit: 'µs', median: 4.5, min: 1, max: 9 });
  expect(() => lineOf('none', 'µs', [])).toThrow(RangeError);
});
