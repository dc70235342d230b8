import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, expect, test } from 'vitest';
import { bundledFunctions, FunctionEnded } from '../../../../infra/local/aws/bundled-functions.ts';
import { ClockOffset } from '../../../../infra/local/aws/moved-date.ts';
import type { LocalFunction } from '../../../../infra/local/deployment.ts';
import type { Functions } from '../../../../infra/local/functions.ts';

const folder = mkdtempSync(join(tmpdir(), 'made-bundles-'));
afterAll(() => rmSync(folder, { recursive: true }));

const offset = new ClockOffset();
const lines: string[] = [];
const made: Functions[] = [];
afterEach(async () => {
  await Promise.all(made.splice(0).map((functions) => functions.close()));
  lines.length = 0;
});

type Made = { readonly source: string } & Partial<Pick<LocalFunction, 'environment' | 'timeoutMs'>>;

/** Functions of made bundles, each the source of a module. */
function functionsOf(sources: Readonly<Record<string, Made>>): Functions {
  const entries = Object.entries(sources).map(([name, { source, environment = {}, timeoutMs = 20_000 }]): [string, LocalFunction] => {
    const own = join(folder, `${name}-${made.length}`);
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, 'index.mjs'), source);
    return [name, { name, folder: own, handler: 'index.handler', environment, timeoutMs }];
  });
  const functions = bundledFunctions({ functions: new Map(entries), runtime: { AWS_REGION: 'made-1' }, offset, sink: (line) => lines.push(line) });
  made.push(functions);
  return functions;
}

const rejection = (answer: Promise<unknown>): Promise<unknown> =>
  answer.then(
    () => undefined,
    (error: unknown) => error,
  );

test('an event goes in and an answer comes out as JSON carries them', async () => {
  const functions = functionsOf({ echo: { source: 'export const handler = async (event) => ({ event, at: new Date(5), none: undefined });' } });
  expect(await functions.invoke('echo', { a: [1, 'é'], b: undefined })).toStrictEqual({ event: { a: [1, 'é'] }, at: '1970-01-01T00:00:00.005Z' });
});

test('a function that answers nothing answers null', async () => {
  expect(await functionsOf({ nothing: { source: 'export const handler = async () => {};' } }).invoke('nothing', {})).toBeNull();
});

test('what a function throws is told by name and message, and the worker goes on', async () => {
  const source = `class Odd extends Error { name = 'Odd' } let calls = 0; export const handler = async () => { calls += 1; if (calls === 1) throw new Odd('made'); return calls; };`;
  const functions = functionsOf({ throwing: { source } });
  expect(await rejection(functions.invoke('throwing', {}))).toMatchObject({ name: 'Odd', message: 'made' });
  expect(await functions.invoke('throwing', {})).toBe(2);
});

test('what no JSON can carry is an error of the function', async () => {
  const functions = functionsOf({ big: { source: 'export const handler = async () => 1n;' } });
  expect(await rejection(functions.invoke('big', {}))).toMatchObject({ name: 'TypeError' });
});

test('a function or an export that does not exist is thrown back', async () => {
  const functions = functionsOf({ other: { source: 'export const other = 1;' } });
  await expect(functions.invoke('nowhere', {})).rejects.toThrow('there is no function nowhere');
  await expect(functions.invoke('other', {})).rejects.toThrow(/exports no function handler/);
});

test('functions of one environment share a worker, those of another have their own; each sees its environment alone', async () => {
  const source = `globalThis.seen ??= 0; export const handler = async () => [++globalThis.seen, process.env];`;
  const functions = functionsOf({
    a: { source, environment: { PROVINCE: '1', BUS: 'x' } },
    b: { source, environment: { BUS: 'x', PROVINCE: '1' } },
    c: { source, environment: { PROVINCE: '2', BUS: 'x' } },
  });
  expect(await functions.invoke('a', {})).toEqual([1, { PROVINCE: '1', BUS: 'x', AWS_REGION: 'made-1' }]);
  expect(await functions.invoke('b', {})).toEqual([2, { PROVINCE: '1', BUS: 'x', AWS_REGION: 'made-1' }]);
  expect(await functions.invoke('c', {})).toEqual([1, { PROVINCE: '2', BUS: 'x', AWS_REGION: 'made-1' }]);
});

test('invocations run beside one another', async () => {
  const source = `const open = Promise.withResolvers(); export const handler = async (event) => { if (event.last) open.resolve('met'); return open.promise; };`;
  const functions = functionsOf({ meeting: { source } });
  expect(await Promise.all([functions.invoke('meeting', {}), functions.invoke('meeting', { last: true })])).toEqual(['met', 'met']);
});

test('a module that could not start is started anew the next time', async () => {
  const source = `globalThis.starts = (globalThis.starts ?? 0) + 1; if (globalThis.starts < 3) throw new Error('start ' + globalThis.starts); export const handler = async () => globalThis.starts;`;
  const functions = functionsOf({ starting: { source } });
  await expect(functions.invoke('starting', {})).rejects.toThrow('start 1');
  await expect(functions.invoke('starting', {})).rejects.toThrow('start 2');
  expect(await functions.invoke('starting', {})).toBe(3);
});

test('a worker that dies rejects what it had in work, and another takes what comes', async () => {
  const source = `let calls = 0; export const handler = (event) => { calls += 1; if (event.die) setImmediate(() => { throw new Error('secret'); }); return event.stay ? new Promise(() => {}) : calls; };`;
  const functions = functionsOf({ dying: { source } });
  expect(await functions.invoke('dying', {})).toBe(1);
  const both = await Promise.all([rejection(functions.invoke('dying', { stay: true })), rejection(functions.invoke('dying', { stay: true, die: true }))]);
  expect(both).toEqual([expect.any(FunctionEnded), expect.any(FunctionEnded)]);
  expect(await functions.invoke('dying', {})).toBe(1);
  expect(lines.join()).toContain('worker-died');
  expect(lines.join()).not.toContain('secret');
});

test('who overruns its time is rejected, also when it holds its thread; the others finish, and a fresh worker takes what comes', async () => {
  const slow = { timeoutMs: 50, source: 'globalThis.used ??= 0; globalThis.used += 1; export const handler = () => new Promise(() => {});' };
  const holding = { timeoutMs: 50, source: 'export const handler = () => { for (;;); };' };
  const source = `globalThis.used ??= 0; export const handler = async (event) => { if (event.wait) do await new Promise((resolve) => setTimeout(resolve, 200)); while (globalThis.used === 0); return globalThis.used; };`;
  const functions = functionsOf({ slow, holding, other: { source } });
  const waiting = functions.invoke('other', { wait: true });
  expect(await rejection(functions.invoke('slow', {}))).toMatchObject({ name: 'FunctionEnded', message: 'slow did not answer within 50 ms' });
  expect(await functions.invoke('other', {})).toBe(0);
  expect(await waiting).toBe(1);
  expect(await rejection(functions.invoke('holding', {}))).toBeInstanceOf(FunctionEnded);
  expect(await functions.invoke('other', {})).toBe(0);
});

test('each line that a function writes reaches the sink', async () => {
  const source = `export const handler = async () => { process.stdout.write('one\\ntw'); process.stdout.write('o\\n'); console.error('three'); };`;
  await functionsOf({ writing: { source } }).invoke('writing', {});
  while (lines.length < 3) await pause(5);
  expect(lines.toSorted()).toEqual(['one', 'three', 'two']);
});

test('after close nothing is in work any more', async () => {
  const functions = functionsOf({ staying: { source: 'export const handler = () => new Promise(() => {});' } });
  const answer = rejection(functions.invoke('staying', {}));
  await functions.close();
  expect(await answer).toBeInstanceOf(FunctionEnded);
});

test('the clock is moved in every form in which it is asked, and nothing else of dates', async () => {
  const source = `export const handler = async () => {
    class Later extends Date {}
    const date = new Date();
    return {
      now: [Date.now(), date.getTime(), new Later().getTime(), Date.parse(Date()) + 999],
      given: [new Date(5).getTime(), new Date(2026, 0, 2).getDate(), Date.parse('1970-01-01T00:00:01Z'), Date.UTC(1970, 0, 1), new Date(new Date(7)).getTime()],
      kind: [date instanceof Date, date.constructor === Date, new Later() instanceof Later, structuredClone(date) instanceof Date, Date.length, Date.name, typeof Date()],
      later: new Later(9).getTime(),
    };
  };`;
  const functions = functionsOf({ dates: { source } });
  for (const ms of [0, 86_400_000, -3_600_000]) {
    offset.ms = ms;
    const before = Date.now() + ms;
    const { now, given, kind, later } = (await functions.invoke('dates', {})) as { now: number[]; given: unknown[]; kind: unknown[]; later: number };
    for (const each of now) {
      expect(each).toBeGreaterThanOrEqual(before);
      expect(each).toBeLessThanOrEqual(Date.now() + ms + 999);
    }
    expect(given).toEqual([5, 2, 1000, 0, 7]);
    expect(kind).toEqual([true, true, true, true, 7, 'Date', 'string']);
    expect(later).toBe(9);
  }
  offset.ms = 0;
});
