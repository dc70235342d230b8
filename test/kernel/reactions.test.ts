import { describe, expect, test } from 'vitest';
import { UnknownVersion } from '../../events/event.ts';
import { command } from '../../functions/kernel/command.ts';
import { define } from '../../functions/kernel/definitions.ts';
import { LIMITS } from '../../functions/kernel/limits.ts';
import { Throttled } from '../../functions/kernel/ports.ts';
import { queueHandler } from '../../functions/kernel/queue-handler.ts';
import { missingOf, owes, react } from '../../functions/kernel/react.ts';
import { type AnyReaction, reaction } from '../../functions/kernel/reaction.ts';
import { receiptOf } from '../../functions/kernel/receipts.ts';
import { label } from '../support/made-aggregates.ts';
import { bounce, bounceOn, buildShelf, makeCopies, makeCopy, moveBox, openBox, PARTS, printLabel, printLabels } from '../support/made-context.ts';
import { BoxMoved, BoxOpened } from '../support/made-events.ts';
import { type MadeOptions, setUpMade } from '../support/made-kernel.ts';

/** A box was opened, and nobody has heard of it yet. */
async function openedBox(input: object = {}, options: MadeOptions = {}) {
  const made = await setUpMade(options);
  await made.done(buildShelf, { shelf: 'unlabelled' });
  await made.done(buildShelf, { shelf: 'forbidden' });
  await made.done(openBox, { box: '1', shelf: 'a', ...input });
  const event = await made.heard('made/box/1');
  const receipts = async () => (await made.ledger.receipts('reaction/')).map(({ key, body }) => [key.slice(`reaction/${event.id}/`.length), body]);
  return { made, event, receipts };
}

describe('a reaction with one target', () => {
  test.each([
    ['a', 'done', 1],
    ['unlabelled', 'nothing', 0],
    ['forbidden', 'refused', 0],
  ])('on shelf %s leaves the receipt %s for (event, reaction, target stream), once', async (shelf, outcome, commits) => {
    const { made, event, receipts } = await openedBox({ shelf });
    for (let delivery = 0; delivery < 3; delivery += 1) expect(await react(made.kernel, printLabels, event)).toEqual([{ stream: 'made/label/1', outcome }]);
    expect(await receipts()).toEqual([['made/print-label:made/label/1', expect.objectContaining({ outcome })]]);
    expect(await made.commits('made/label/1')).toHaveLength(commits);
  });

  test('delivered twice at once takes effect once', async () => {
    const { made, event } = await openedBox();
    await Promise.all([react(made.kernel, printLabels, event), react(made.kernel, printLabels, event)]);
    expect(await made.commits('made/label/1')).toHaveLength(1);
  });

  test('stays refused once it was, also when it would be accepted by now', async () => {
    let says: 'no' | 'yes' = 'no';
    const wavering = command({
      ...printLabel,
      decide: (state, input, context) => printLabel.decide(state, { ...input, shelf: says === 'no' ? 'forbidden' : 'a' }, context),
    });
    const { made, event } = await openedBox();
    const waver: AnyReaction = { ...printLabels, command: wavering };
    expect(await react(made.kernel, waver, event)).toMatchObject([{ outcome: 'refused' }]);
    says = 'yes';
    expect(await react(made.kernel, waver, event)).toMatchObject([{ outcome: 'refused' }]);
    expect(await made.commits('made/label/1')).toEqual([]);
  });

  test('keeps a refusal only if the stream has not moved since it was read; otherwise it is decided again', async () => {
    const picky = command({
      ...printLabel,
      decide: (state, input, context) => printLabel.decide(state, { ...input, shelf: state.printed === 0 ? 'forbidden' : 'a' }, context),
    });
    const { made, event, receipts } = await openedBox();
    const other = { ...event, id: 'e'.repeat(32) };
    made.rivals.push(() => react(made.kernel, printLabels, other));
    expect(await react(made.kernel, { ...printLabels, name: 'made/pick', command: picky } as AnyReaction, event)).toMatchObject([{ outcome: 'done' }]);
    expect((await receipts()).filter(([key]) => String(key).startsWith('made/pick:')).map(([, body]) => (body as { outcome: string }).outcome)).toEqual([
      'done',
    ]);
  });
});

describe('a reaction with several targets', () => {
  const LIST = (copies: number) => Array.from({ length: copies }, (_, at) => ({ stream: `made/copy/1/${at + 1}`, input: { box: '1', copy: at + 1 } }));

  test('commits its list first, then one receipt each', async () => {
    const { made, event, receipts } = await openedBox({ copies: 2 });
    made.calls.length = 0;
    await react(made.kernel, makeCopies, event);
    expect(made.calls.filter((call) => call.startsWith('append'))).toEqual(['append -', 'append made/copy/1/1', 'append made/copy/1/2']);
    expect(await receipts()).toEqual([
      ['made/make-copies', { targets: LIST(2) }],
      ['made/make-copies:made/copy/1/1', expect.objectContaining({ outcome: 'done' })],
      ['made/make-copies:made/copy/1/2', expect.objectContaining({ outcome: 'done' })],
    ]);
  });

  test.each([0, 1, 2, 3])('works off the same list the second time, also where the function names %i targets by now', async (now) => {
    const { made, event } = await openedBox({ copies: 2 });
    const failing = { ...made.kernel, ledger: { ...made.kernel.ledger, append: failAfter(made.kernel.ledger.append, 2) } };
    await expect(react(failing, makeCopies, event)).rejects.toThrow(Throttled);
    expect(await made.commits('made/copy/1/2')).toEqual([]);
    const changed: AnyReaction = { ...makeCopies, targets: () => Array.from({ length: now }, (_, at) => ({ box: 'other', copy: at + 1 })) };
    expect(await missingOf(made.kernel, changed, String(event.id))).toEqual(['made/copy/1/2']);
    expect((await react(made.kernel, changed, event)).map(({ stream }) => stream)).toEqual(LIST(2).map(({ stream }) => stream));
    const copies = (await made.commits()).filter(({ stream }) => stream.startsWith('made/copy/')).map(({ stream, version }) => [stream, version]);
    expect(copies).toEqual(LIST(2).map(({ stream }) => [stream, 1]));
  });

  test('that are none leaves an empty list, by which an audit sees that nothing was owed', async () => {
    const { made, event, receipts } = await openedBox({ copies: 0 });
    expect(await missingOf(made.kernel, makeCopies, String(event.id))).toBe('unplanned');
    expect(await react(made.kernel, makeCopies, event)).toEqual([]);
    expect(await receipts()).toEqual([['made/make-copies', { targets: [] }]]);
    expect(await missingOf(made.kernel, makeCopies, String(event.id))).toEqual([]);
  });

  test('that name one stream twice is a fault of the reaction, and nothing is written', async () => {
    const { made, event, receipts } = await openedBox();
    const twice: AnyReaction = { ...makeCopies, targets: () => [1, 1].map((copy) => ({ box: '1', copy })) };
    await expect(react(made.kernel, twice, event)).rejects.toThrow('names one stream twice');
    expect(await receipts()).toEqual([]);
  });
});

const failAfter = <A extends unknown[], R>(call: (...args: A) => Promise<R>, good: number) => {
  let calls = 0;
  return (...args: A): Promise<R> => {
    calls += 1;
    return calls > good ? Promise.reject(new Throttled('made up')) : call(...args);
  };
};

describe('what a reaction is owed', () => {
  test('begins with the day it was introduced, in Shanghai', async () => {
    const from: AnyReaction = { ...printLabels, since: '2026-03-05' };
    expect(owes(from, '2026-03-04T15:59:59.999Z')).toBe(false);
    expect(owes(from, '2026-03-04T16:00:00.000Z')).toBe(true);
    const { made, event, receipts } = await openedBox({}, { now: '2026-03-04T15:59:59.000Z' });
    expect(await react(made.kernel, from, event)).toEqual([]);
    expect(await receipts()).toEqual([]);
    expect(await react(made.kernel, { ...from, since: '2026-03-04' }, event)).toHaveLength(1);
  });

  test.each([
    ['a newer version', { type: 'cn.jianheng.made.BoxOpened.v2' }],
    ['an event that no file declares', { type: 'cn.jianheng.made.BoxBurnt.v1' }],
    ['no version', { type: 'cn.jianheng.made.BoxOpened' }],
    ['a version that is no number', { type: 'cn.jianheng.made.BoxOpened.vx' }],
    ['version 0', { type: 'cn.jianheng.made.BoxOpened.v0' }],
  ])('%s is thrown, to be tried again after the update, and nothing is guessed or written', async (_, change) => {
    const { made, event, receipts } = await openedBox();
    await expect(react(made.kernel, printLabels, { ...event, ...change })).rejects.toThrow(UnknownVersion);
    expect(await receipts()).toEqual([]);
  });

  test.each([
    ['an event that it does not hear', { type: 'cn.jianheng.made.BoxMoved.v1' }],
    ['data that is not the event’s', { data: { box: 1 } }],
    ['no CloudEvent', { specversion: '0.3' }],
  ])('%s is thrown', async (_, change) => {
    const { made, event } = await openedBox();
    await expect(react(made.kernel, printLabels, { ...event, ...change })).rejects.toThrow();
  });

  test('it changes its own context only', () => {
    const elsewhere = { name: 'other/print-label', title: '虚构', hears: [BoxOpened] as const, since: '2026-01-01', command: printLabel };
    expect(() => reaction({ ...elsewhere, targets: () => [] })).toThrow('other/print-label changes another context');
    expect(label.name.split('/')[0]).toBe('made');
  });
});

describe('causation', () => {
  test(`takes ${LIMITS.causation} steps from the first command and no more`, async () => {
    const made = await setUpMade();
    await made.done(bounce, { ball: 'b', left: LIMITS.causation });
    await made.province.settle();
    expect((await made.commits('made/ball/b')).map(({ depth }) => depth)).toEqual(Array.from({ length: LIMITS.causation + 1 }, (_, at) => at));

    await made.done(bounce, { ball: 'endless', left: 1000 });
    await expect(made.province.settle()).rejects.toThrow('made/bounce-on failed');
    expect(await made.commits('made/ball/endless')).toHaveLength(LIMITS.causation + 1);
    const last = await made.heard('made/ball/endless', LIMITS.causation + 1);
    await expect(react(made.kernel, bounceOn, last)).rejects.toThrow(`more than ${LIMITS.causation} steps`);
  });
});

describe('any order', () => {
  test('events of one stream heard in every order, each twice, come to the same', async () => {
    const onMove = reaction({
      name: 'made/on-move',
      title: '虚构',
      hears: [BoxOpened, BoxMoved],
      since: '2026-01-01',
      command: makeCopy,
      targets: ({ version, data }) => [{ box: data.box, copy: version }],
    });
    const definitions = define({ ...PARTS, reactions: [onMove] });
    const outcomes = new Set<string>();
    for (const order of [
      [1, 2, 3],
      [3, 2, 1],
      [2, 3, 1, 2],
      [3, 3, 1, 2, 1],
    ]) {
      const { made } = await openedBox({}, { definitions });
      for (const shelf of ['b', 'c']) await made.done(moveBox, { box: '1', shelf });
      for (const version of order) await react(made.kernel, onMove, await made.heard('made/box/1', version));
      const streams = (await made.commits()).filter(({ stream }) => stream.startsWith('made/copy/')).map(({ stream, version }) => `${stream}@${version}`);
      outcomes.add(streams.toSorted().join());
    }
    expect([...outcomes]).toEqual(['made/copy/1/1@1,made/copy/1/2@1,made/copy/1/3@1']);
  });
});

describe('a batch of a queue', () => {
  test('names exactly the messages that failed; the others are done', async () => {
    const { made, event } = await openedBox();
    const message = (messageId: string, body: unknown) => ({ messageId, body: typeof body === 'string' ? body : JSON.stringify(body) });
    const Records = [
      message('broken', '{'),
      message('good', { detail: event }),
      message('newer', { detail: { ...event, type: 'cn.jianheng.made.BoxOpened.v9' } }),
      message('again', { detail: event }),
      message('empty', {}),
    ];
    const answer = await queueHandler(made.kernel, printLabels)({ Records } as never);
    expect(answer).toEqual({ batchItemFailures: ['broken', 'newer', 'empty'].map((itemIdentifier) => ({ itemIdentifier })) });
    expect(await made.commits('made/label/1')).toHaveLength(1);
    expect(made.province.lines.filter((line) => line.includes('message-failed'))).toHaveLength(3);
  });

  test('that was done whole reports no failure', async () => {
    const { made, event } = await openedBox();
    expect(await queueHandler(made.kernel, printLabels)({ Records: [{ messageId: '1', body: JSON.stringify({ detail: event }) }] } as never)).toEqual({
      batchItemFailures: [],
    });
  });
});

describe('keys of receipts', () => {
  test('a reaction’s receipts are never found under the prefix of another', () => {
    const key = receiptOf.reaction('e', 'made/print-label', 'made/label/1');
    expect(key.startsWith(receiptOf.ofReaction('e', 'made/print-label'))).toBe(true);
    expect(key.startsWith(receiptOf.ofReaction('e', 'made/print'))).toBe(false);
    expect(receiptOf.targets('e', 'made/print').startsWith(receiptOf.ofReaction('e', 'made/print'))).toBe(false);
  });
});
