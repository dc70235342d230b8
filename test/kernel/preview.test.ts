import { describe, expect, test } from 'vitest';
import { command } from '../../functions/kernel/command.ts';
import { define } from '../../functions/kernel/definitions.ts';
import { LIMITS } from '../../functions/kernel/limits.ts';
import type { Json } from '../../functions/kernel/ports.ts';
import type { Preview } from '../../functions/kernel/preview.ts';
import { reaction } from '../../functions/kernel/reaction.ts';
import { bounce, bounceOn, buildShelf, closeShelf, copyOfLabel, moveBox, openBox, PARTS, printLabel } from '../support/made-context.ts';
import { BallBounced, LabelPrinted } from '../support/made-events.ts';
import { type Made, post, setUpMade } from '../support/made-kernel.ts';

const MARK = '虚构的具体情况';

const definitions = define({ ...PARTS, reactions: [...PARTS.reactions, copyOfLabel] });

const previewed = (made: Made, path: string, body: unknown, headers = {}) => post(made, path, body, headers, 'preview=true');
const steps = (answer: { body: Preview }) => answer.body.steps;

describe('a preview', () => {
  test('tells what would be written and the whole tree that would follow', async () => {
    const made = await setUpMade({ definitions });
    const answer = await previewed(made, 'open-box', { box: '1', shelf: 'a', copies: 2 });
    expect(answer.status).toBe(200);
    expect(steps(answer).map(({ command, after, stream, events }) => [command, after, stream, events.map(({ type }) => type).join()])).toEqual([
      ['made/open-box', -1, 'made/box/1', 'BoxOpened'],
      ['made/print-label', 0, 'made/label/1', 'LabelPrinted'],
      ['made/make-copy', 0, 'made/copy/1/1', 'CopyMade'],
      ['made/make-copy', 0, 'made/copy/1/2', 'CopyMade'],
      ['made/make-copy', 1, 'made/copy/1/99', 'CopyMade'],
    ]);
  });

  test.each<[string, Json]>([
    ['open-box', { box: '1', shelf: 'a', copies: 3 }],
    ['open-box', { box: '1', shelf: 'unlabelled' }],
    ['open-box', { box: '1', shelf: 'forbidden', copies: 1, story: MARK }],
    ['whisper-box', { box: '1', shelf: 'a', story: MARK }],
    ['bounce', { ball: 'b', left: 5 }],
  ])('of %s %j equals what then happens: commands, streams, types and data', async (path, body) => {
    const made = await setUpMade({ definitions });
    for (const shelf of ['unlabelled', 'forbidden']) await made.done(buildShelf, { shelf });
    const before = (await made.commits()).length;
    const foreseen = steps(await previewed(made, path, body)).map(({ command, stream, events }) => ({ command, stream, events }));
    expect((await post(made, path, body)).status).toBe(201);
    await made.province.settle();
    const happened = (await made.commits()).slice(before).map(({ command, stream, events }) => ({
      command: command.name,
      stream,
      events: events.map(({ name, data }) => ({ type: name, data })),
    }));
    const inOrder = (list: readonly object[]) => list.map((each) => JSON.stringify(each)).toSorted();
    expect(inOrder(foreseen)).toEqual(inOrder(happened));
    expect(foreseen.length).toBeGreaterThan(0);
  });

  test.each<[string, Json]>([
    ['open-box', { box: '2', shelf: 'a', copies: 2, story: MARK }],
    ['whisper-box', { box: '2', shelf: 'a', story: MARK }],
    ['show-box', { box: '1', purpose: '办理' }],
    ['move-box', { box: '1', shelf: 'a' }],
    ['open-box', { box: '1', shelf: 'a' }],
    ['open-box', { box: '2', shelf: 'none' }],
  ])('of %s %j writes nothing at all: no commit, receipt, row, counter or data key', async (path, body) => {
    const made = await setUpMade({ definitions });
    await made.done(openBox, { box: '1', shelf: 'a', story: MARK });
    await made.province.settle();
    const before = made.snapshot();
    const onBus = made.province.onBus.length;
    const keysAsked = made.dataKeys.asked.get;
    made.calls.length = 0;
    await previewed(made, path, body);
    expect(made.snapshot()).toEqual(before);
    expect(made.calls.filter((call) => call.startsWith('append'))).toEqual([]);
    expect(made.province.onBus).toHaveLength(onBus);
    expect(made.dataKeys.asked.get).toBe(keysAsked);
  });

  test('takes nothing from the command itself: under the same key it is accepted afterwards', async () => {
    const made = await setUpMade({ definitions });
    for (let time = 0; time < 2; time += 1) expect((await previewed(made, 'open-box', { box: '1', shelf: 'a' })).status).toBe(200);
    expect((await post(made, 'open-box', { box: '1', shelf: 'a' })).status).toBe(201);
  });

  test('withholds what is restricted, also from who may have it disclosed', async () => {
    const made = await setUpMade({ definitions });
    const open = await previewed(made, 'open-box', { box: '2', shelf: 'a', story: MARK });
    await made.done(openBox, { box: '1', shelf: 'a', story: MARK });
    const show = await previewed(made, 'show-box', { box: '1', purpose: '办理' });
    const whisper = await previewed(made, 'whisper-box', { box: '3', shelf: 'a', story: MARK });
    for (const { status, body } of [open, show, whisper]) {
      expect(status).toBe(200);
      expect(JSON.stringify(body)).not.toContain(MARK);
      expect(JSON.stringify(body)).not.toContain(made.actor('officer').person);
      expect(body).not.toHaveProperty('disclosed');
    }
  });

  test('refuses what the command would refuse, with the same problem', async () => {
    const made = await setUpMade({ definitions });
    await made.done(buildShelf, { shelf: 'shut' });
    await made.done(closeShelf, { shelf: 'shut' });
    for (const [path, body, headers] of [
      ['open-box', { box: '1', shelf: 'shut' }, {}],
      ['open-box', { box: '1', shelf: 'none' }, {}],
      ['open-box', { box: '1', shelf: 'a' }, { 'if-match': '3' }],
      ['open-box', { box: '1', shelf: 'a' }, { authorization: 'clerk' }],
      ['open-box', { box: 1 }, {}],
    ] as const) {
      const foreseen = await previewed(made, path, body, headers);
      expect(foreseen).toEqual(await post(made, path, body, headers));
      expect(foreseen.status).toBeGreaterThanOrEqual(400);
    }
  });

  test('of a call that was accepted before tells that nothing would be written; of another body under its key, 409', async () => {
    const made = await setUpMade({ definitions });
    await post(made, 'open-box', { box: '1', shelf: 'a' });
    expect(steps(await previewed(made, 'open-box', { box: '1', shelf: 'a' }))).toEqual([]);
    expect((await previewed(made, 'open-box', { box: '1', shelf: 'a', copies: 1 })).status).toBe(409);
  });

  test('of a call that was accepted before and would be accepted again tells that nothing would be written', async () => {
    const made = await setUpMade({ definitions });
    const counted = { tally: 't', by: 1 };
    expect(steps(await previewed(made, 'count', counted))).toHaveLength(1);
    await post(made, 'count', counted);
    expect(steps(await previewed(made, 'count', counted))).toEqual([]);
  });

  test('is decided on what the preview itself would have written: what happens once is told once', async () => {
    const printOnce = command({
      ...printLabel,
      name: 'made/print-once',
      decide: ({ printed }, { box }, { occurredOn }) => (printed > 0 ? [] : [LabelPrinted.of({ box, printedOn: occurredOn })]),
    });
    const labelBall = reaction({
      name: 'made/label-ball',
      title: '虚构',
      hears: [BallBounced],
      since: '2026-01-01',
      command: printOnce,
      targets: ({ data }) => [{ box: data.ball, shelf: 'a' }],
    });
    const made = await setUpMade({ definitions: define({ ...PARTS, reactions: [bounceOn, labelBall] }) });
    const foreseen = steps(await previewed(made, 'bounce', { ball: 'b', left: 3 }));
    expect(foreseen.filter(({ command: name }) => name === 'made/print-once')).toHaveLength(1);
    expect(foreseen).toHaveLength(5);
  });

  test('is decided again where a rival wrote meanwhile', async () => {
    const made = await setUpMade({ definitions });
    await made.done(openBox, { box: '1', shelf: 'a' });
    const { head } = made.kernel.ledger;
    let rivals = 1;
    const slowHead: typeof head = async (stream) => {
      const read = await head(stream);
      if (stream === 'made/box/1' && rivals-- > 0) await made.run(moveBox, { box: '1', shelf: 'b' });
      return read;
    };
    Object.assign(made.kernel.ledger, { head: slowHead });
    expect(steps(await previewed(made, 'move-box', { box: '1', shelf: 'b' }))).toEqual([]);
    expect(await made.commits('made/box/1')).toHaveLength(2);
  });

  test('reads below what was written above: consequences are decided on the state that the command would leave', async () => {
    const made = await setUpMade({ definitions });
    const foreseen = steps(await previewed(made, 'bounce', { ball: 'b', left: 2 }));
    expect(foreseen.map(({ stream, after, events }) => [stream, after, events[0]?.data])).toEqual([
      ['made/ball/b', -1, { ball: 'b', left: 2 }],
      ['made/ball/b', 0, { ball: 'b', left: 1 }],
      ['made/ball/b', 1, { ball: 'b', left: 0 }],
    ]);
    expect(await made.commits('made/ball/b')).toEqual([]);
    await made.done(bounce, { ball: 'b', left: 0 });
  });

  test('ends: consequences without end are told as far as they would really go', async () => {
    const made = await setUpMade({ definitions });
    const { status, body } = await previewed(made, 'bounce', { ball: 'b', left: 1_000_000 });
    expect(status).toBe(200);
    expect(body.steps).toHaveLength(LIMITS.causation + 1);
    expect(body.complete).toBe(true);
  });

  test.each([
    [LIMITS.previewSteps - 2, true],
    [LIMITS.previewSteps - 1, false],
  ])('of %i copies, a box and a label says whether it is complete: %s', async (copies, complete) => {
    const made = await setUpMade();
    const { status, body } = await previewed(made, 'open-box', { box: '1', shelf: 'a', copies });
    expect(status).toBe(200);
    expect(body.steps).toHaveLength(LIMITS.previewSteps);
    expect(body.complete).toBe(complete);
  });

  test('asked for by another word than true writes nothing either: a 400', async () => {
    const made = await setUpMade({ definitions });
    expect(await post(made, 'open-box', { box: '1', shelf: 'a' }, {}, 'previw=true')).toMatchObject({ status: 400, body: { code: 'unknown_parameter' } });
    expect(await post(made, 'open-box', { box: '1', shelf: 'a' }, {}, 'preview=maybe')).toMatchObject({ status: 400, body: { code: 'unknown_parameter' } });
    expect(await made.commits('made/box/1')).toEqual([]);
    expect((await post(made, 'open-box', { box: '1', shelf: 'a' }, {}, 'preview=false')).status).toBe(201);
  });
});
