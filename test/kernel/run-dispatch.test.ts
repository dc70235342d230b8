import { describe, expect, test } from 'vitest';
import { dispatch } from '../../functions/kernel/dispatch.ts';
import type { Kernel } from '../../functions/kernel/kernel.ts';
import type { Network, Outgoing } from '../../functions/kernel/ports.ts';
import { PACE, runDispatch } from '../../functions/kernel/run-dispatch.ts';
import { box } from '../support/made-aggregates.ts';
import { buildShelf, openBox, remind } from '../support/made-context.ts';
import { type Made, setUpMade } from '../support/made-kernel.ts';

type Answer = Awaited<ReturnType<Network['post']>>;

/** Boxes as messages, a shelf as a lane: sent once each, and what came of it written by the command that reminds of a box. */
const send = dispatch<{ box: string; shelf: string }, string>({
  name: 'made/send',
  title: '寄出',
  command: remind,
  opens: box,
  lanes: 'made/on-shelf/',
  due: async (views, lane, _, limit) => {
    const { rows } = await views.rows('made/boxes', lane, { limit });
    return rows.map(({ item }) => ({ item: { box: String(item.box), shelf: lane }, once: `${item.box}` }));
  },
  message: async ({ box: name, shelf }) => ({ url: `https://${shelf}.example/`, headers: {}, body: name }),
  outcome: ({ box: name }) => ({ box: name }),
});

/** A network whose every answer waits until it is given. */
class HeldNetwork implements Network {
  readonly waiting: { readonly message: Outgoing; readonly answer: (answer: Answer) => void }[] = [];
  /** Hosts that answer at once. */
  readonly prompt = new Map<string, Answer>();

  check = async () => undefined;
  post = (message: Outgoing): Promise<Answer> => {
    const answer = this.prompt.get(new URL(message.url).hostname);
    return answer ? Promise.resolve(answer) : new Promise((resolve) => this.waiting.push({ message, answer: resolve }));
  };

  to(host: string) {
    return this.waiting.filter(({ message }) => new URL(message.url).hostname === host);
  }
}

/** The kernel with so many things due on each shelf, whatever comes of them. */
const kernelOf = ({ kernel }: Made, shelves: Readonly<Record<string, number>>, network: Network): Kernel => ({
  ...kernel,
  network,
  views: {
    ...kernel.views,
    rows: (...asked) => kernel.views.rows(...asked),
    counters: async (prefix) => Object.entries(shelves).map(([shelf, value]) => ({ counter: `${prefix}${shelf}`, value })),
  },
});

async function setUp(shelves: Readonly<Record<string, number>>) {
  const made = await setUpMade();
  for (const [shelf, count] of Object.entries(shelves)) {
    await made.done(buildShelf, { shelf });
    for (let at = 0; at < count; at += 1) await made.done(openBox, { box: `${shelf}-${at}`, shelf });
  }
  await made.province.settle();
  const network = new HeldNetwork();
  const kernel = kernelOf(made, shelves, network);
  const clock = { at: 0 };
  const steps: (() => void)[] = [];
  const wait = (ms: number) =>
    new Promise<void>((resolve) => {
      steps.push(() => {
        clock.at += ms;
        resolve();
      });
    });
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
  /** Lets whatever can go on go on; then so many looks pass. */
  const look = async (times = 1) => {
    for (let at = 0; at < times; at += 1) {
      for (let settling = 0; settling < 20; settling += 1) await turn();
      for (const step of steps.splice(0)) step();
    }
    for (let settling = 0; settling < 20; settling += 1) await turn();
  };
  const reminded = async () => (await made.commits()).filter(({ stream }) => stream.startsWith('made/reminder/')).map(({ stream }) => stream.slice(14));
  const run = (lingerMs = 0) => runDispatch(kernel, send, { lingerMs, wait, monotonic: () => clock.at });
  return { made, network, clock, look, reminded, run };
}

describe('a dispatch', () => {
  test('sends what is due and writes what came of it, once', async () => {
    const { network, run, reminded } = await setUp({ one: 3 });
    network.prompt.set('one.example', { status: 204 });
    expect(await run()).toBe(3);
    expect((await reminded()).sort()).toEqual(['one-0', 'one-1', 'one-2']);
  });

  test('a receiver that never answers holds up its own lane alone, and no more than its lane takes', async () => {
    const { network, run, look, reminded } = await setUp({ slow: 20, quick: 9 });
    network.prompt.set('quick.example', { status: 204 });
    const running = run();
    await look(3);
    expect((await reminded()).filter((name) => name.startsWith('quick'))).toHaveLength(9);
    expect(network.to('slow.example')).toHaveLength(PACE.abreast);
    expect((await reminded()).filter((name) => name.startsWith('slow'))).toEqual([]);
    for (const { answer } of network.waiting.splice(0)) answer({ fault: 'no-answer' });
    await look(2);
    await running;
  });

  test('what becomes due while another lane is held is sent at the next look', async () => {
    const { made, network, run, look, reminded } = await setUp({ slow: 1, quick: 1 });
    network.prompt.set('quick.example', { status: 204 });
    const running = run();
    await look();
    await made.done(openBox, { box: 'quick-later', shelf: 'quick' });
    await made.province.settle();
    await look();
    expect(await reminded()).toContain('quick-later');
    for (const { answer } of network.waiting.splice(0)) answer({ status: 204 });
    await look();
    await running;
  });

  test('one that refuses gets one message at a time, and none for a while after a few', async () => {
    const { network, run, look, clock } = await setUp({ dead: 20 });
    const running = run(PACE.runMs);
    await look();
    expect(network.waiting).toHaveLength(PACE.abreast);
    for (const { answer } of network.waiting.splice(0)) answer({ fault: 'not-connected' });
    await look(Math.floor(PACE.restMs / PACE.lookMs) - 3);
    expect(network.waiting).toEqual([]);
    await look(5);
    expect(network.waiting.length).toBeGreaterThan(0);
    for (const { answer } of network.waiting.splice(0)) answer({ fault: 'not-connected' });
    while (clock.at <= PACE.runMs) {
      await look();
      for (const { answer } of network.waiting.splice(0)) answer({ fault: 'not-connected' });
    }
    await running;
  });

  test('lingers for its time, begins nothing after it, and ends with what is in work', async () => {
    const { made, network, run, look, reminded, clock } = await setUp({ one: 1 });
    const running = run(PACE.runMs);
    await look();
    expect(network.waiting).toHaveLength(1);
    await look(PACE.runMs / PACE.lookMs);
    expect(clock.at).toBeGreaterThanOrEqual(PACE.runMs);
    await made.done(openBox, { box: 'one-late', shelf: 'one' });
    await made.province.settle();
    await look();
    expect(network.waiting).toHaveLength(1);
    network.waiting.splice(0).map(({ answer }) => answer({ status: 204 }));
    await look();
    expect(await running).toBe(1);
    expect(await reminded()).toEqual(['one-0']);
  });

  test('what cannot be made or written is logged and rests, and holds up no other lane', async () => {
    const { made, network, look, reminded } = await setUp({ broken: 2, quick: 2 });
    network.prompt.set('quick.example', { status: 204 });
    const broken = {
      ...send,
      message: async (item: never, context: never) =>
        (item as { shelf: string }).shelf === 'broken' ? Promise.reject(new Error('made')) : send.message(item, context),
    };
    const kernel = kernelOf(made, { broken: 2, quick: 2 }, network);
    const running = runDispatch(kernel, broken as typeof send, { monotonic: () => 0 });
    await look();
    expect(await running).toBe(2);
    expect((await reminded()).sort()).toEqual(['quick-0', 'quick-1']);
    expect(made.province.lines.join('\n')).toContain('dispatch-failed');
  });
});
