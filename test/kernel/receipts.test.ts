import { describe, expect, test } from 'vitest';
import { receiptOf } from '../../functions/kernel/receipts.ts';
import { buildShelf, moveBox, openBox, showBox } from '../support/made-context.ts';
import { accepted, type Made, post, refusal, setUpMade } from '../support/made-kernel.ts';

const BOX = { box: '1', shelf: 'a' };

describe('a command under an idempotency key', () => {
  test('with the same body gets its first answer with 200, and nothing more is written', async () => {
    const made = await setUpMade();
    const first = await post(made, 'open-box', BOX);
    const written = made.snapshot();
    const again = await post(made, 'open-box', BOX);
    expect(first).toMatchObject({ status: 201, body: { stream: 'made/box/1', version: 1, events: [{ type: 'BoxOpened' }] }, headers: { etag: '"1"' } });
    expect(again).toMatchObject({ status: 200, headers: { etag: '"1"' } });
    expect(again.body).toEqual(first.body);
    expect(made.snapshot()).toEqual(written);
  });

  test('gets its first answer also when the stream has moved on since', async () => {
    const made = await setUpMade();
    const first = await post(made, 'open-box', BOX);
    await made.done(moveBox, { box: '1', shelf: 'b' });
    const again = await post(made, 'open-box', BOX);
    expect(again.status).toBe(200);
    expect(again.body).toEqual(first.body);
  });

  test.each([
    ['another body', 'open-box', { ...BOX, copies: 1 }, {}],
    ['another command', 'move-box', { box: '1', shelf: 'a' }, {}],
    ['another If-Match', 'open-box', BOX, { 'if-match': '0' }],
  ])('%s under it is a 409, and nothing is written', async (_, path, body, headers) => {
    const made = await setUpMade();
    await post(made, 'open-box', BOX);
    const written = made.snapshot();
    expect(await post(made, path, body, headers)).toMatchObject({ status: 409, body: { code: 'idempotency_key_reused', title: expect.any(String) } });
    expect(made.snapshot()).toEqual(written);
  });

  test('the order of keys in the body, and what the schema adds by default, make no other body', async () => {
    const made = await setUpMade();
    await post(made, 'open-box', '{"box":"1","shelf":"a"}');
    expect((await post(made, 'open-box', '{"shelf":"a","copies":0,"box":"1"}')).status).toBe(200);
  });

  test('another person of the same agency with the same key makes another call', async () => {
    const made = await setUpMade();
    const [one, other] = [await post(made, 'count', { tally: 't', by: 1 }), await post(made, 'count', { tally: 't', by: 1 }, { authorization: 'colleague' })];
    expect([one.status, other.status]).toEqual([201, 201]);
    expect(other.body.version).toBe(2);
    expect(other.body.correlationId).not.toBe(one.body.correlationId);
  });

  test('the same person at another agency makes another call too, and nobody can read the key off the receipt', async () => {
    const { keyRing, actor } = await setUpMade();
    const officer = actor('officer');
    const key = receiptOf.command(keyRing, officer, 'made-up-key');
    expect(receiptOf.command(keyRing, { ...officer, agency: 'elsewhere' }, 'made-up-key')).not.toBe(key);
    expect(receiptOf.command(keyRing, { ...officer, roles: ['leader'] }, 'made-up-key')).toBe(key);
    expect(key).toMatch(/^command\/[0-9a-f]{32}$/);
  });

  test('parts of agency, person and key cannot be shifted into one another', async () => {
    const { keyRing, actor } = await setUpMade();
    const of = (agency: string, key: string) => receiptOf.command(keyRing, { ...actor('officer'), agency }, key);
    expect(of('a","b', 'c')).not.toBe(of('a', 'b","c'));
  });

  test('two calls of it at once are one: both are told the same', async () => {
    const made = await setUpMade();
    const [one, other] = await Promise.all([made.run(openBox, BOX, { key: 'k' }), made.run(openBox, BOX, { key: 'k' })]);
    expect([one, other].map((outcome) => outcome.outcome === 'done' && outcome.known).sort()).toEqual([false, true]);
    expect(accepted(one)).toEqual(accepted(other));
    expect(await made.commits('made/box/1')).toHaveLength(1);
  });

  test('that found nothing to do is answered without events, and again', async () => {
    const made = await setUpMade();
    await made.done(openBox, BOX);
    const first = await post(made, 'move-box', BOX);
    expect(first).toMatchObject({ status: 201, body: { version: 1, events: [] } });
    expect(made.snapshot().receipts.map(({ body }) => (body as { outcome: string }).outcome)).toContain('nothing');
    await made.done(moveBox, { box: '1', shelf: 'b' });
    expect(await post(made, 'move-box', BOX)).toMatchObject({ status: 200, body: first.body });
    expect(await made.commits('made/box/1')).toHaveLength(2);
  });

  test.each([
    ['400', { 'idempotency-key': '' }, 'missing_idempotency_key'],
    ['400', { 'idempotency-key': 'with space' }, 'invalid_idempotency_key'],
    ['400', { 'idempotency-key': 'x'.repeat(129) }, 'invalid_idempotency_key'],
  ])('without a fit key is a %s: %j', async (status, headers, code) => {
    const made = await setUpMade();
    expect(await post(made, 'open-box', BOX, headers)).toMatchObject({ status: Number(status), body: { code } });
    expect((await post(made, 'open-box', BOX, { 'idempotency-key': 'x'.repeat(128) })).status).toBe(201);
  });
});

describe('after a refusal', () => {
  /** Gives the box away, and with it the right to move it. */
  const giveAway = { ...moveBox, who: showBox.who };

  test('by which an accepted call has itself lost the right, it gets its first answer under the same key', async () => {
    const made = await setUpMade();
    await made.done(openBox, BOX);
    const call = { key: 'give-away' };
    const first = await made.done(giveAway, { box: '1', shelf: 'lost' }, call);
    const written = made.snapshot();
    expect(await made.run(giveAway, { box: '1', shelf: 'lost' }, call)).toEqual({ outcome: 'done', answer: first, known: true });
    expect(made.snapshot()).toEqual(written);
  });

  test.each([
    ['another key', { key: 'another' }, 'lost'],
    ['another body', { key: 'give-away' }, 'b'],
    ['another person', { key: 'give-away', as: 'colleague' }, 'lost'],
    ['another role', { key: 'give-away', as: 'appraiser' }, 'lost'],
  ] as const)('by which the right is lost, %s is forbidden as before', async (_, call, shelf) => {
    const made = await setUpMade();
    await made.done(openBox, BOX);
    await made.done(giveAway, { box: '1', shelf: 'lost' }, { key: 'give-away' });
    expect(refusal(await made.run(giveAway, { box: '1', shelf }, call))).toMatchObject({ refused: 'forbidden' });
  });

  test('an agency may try again under the same key and be accepted; no receipt was kept', async () => {
    const made = await setUpMade();
    const before = made.snapshot();
    expect(refusal(await made.run(openBox, { box: '1', shelf: 'new' }, { key: 'k' }))).toMatchObject({ refused: 'not-found', pointer: '/shelf' });
    expect(made.snapshot()).toEqual(before);
    await made.done(buildShelf, { shelf: 'new' });
    expect(await made.run(openBox, { box: '1', shelf: 'new' }, { key: 'k' })).toMatchObject({ outcome: 'done', known: false });
  });
});

describe('an answer with restricted parts', () => {
  const MARK = '虚构的具体情况';
  const show = { box: '1', purpose: '办理' };
  const opened = async (): Promise<Made> => {
    const made = await setUpMade();
    await made.done(openBox, { ...BOX, story: MARK });
    return made;
  };

  test('is told to who may, leaves an event, and lies in no store', async () => {
    const made = await opened();
    const { status, body } = await post(made, 'show-box', show);
    expect(status).toBe(201);
    expect(body.disclosed).toEqual([{ name: 'BoxOpened', story: MARK }]);
    await made.province.settle();
    expect(JSON.stringify(made.snapshot())).not.toContain(MARK);
    expect(made.province.lines.join('\n')).not.toContain(MARK);
    expect((await made.commits('made/box/1')).at(-1)).toMatchObject({ actor: { agency: 'made-bureau' }, events: [{ name: 'BoxShown', data: show }] });
  });

  test('is told again to who may under the same key, and no second event says so', async () => {
    const made = await opened();
    const first = await post(made, 'show-box', show);
    expect(await post(made, 'show-box', show)).toMatchObject({ status: 200, body: first.body });
    expect(await made.commits('made/box/1')).toHaveLength(2);
  });

  test('is told no more to who has lost the right', async () => {
    const made = await opened();
    await post(made, 'show-box', show);
    await made.done(moveBox, { box: '1', shelf: 'lost' });
    const again = await post(made, 'show-box', show);
    expect(again).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(JSON.stringify(again.body)).not.toContain(MARK);
  });

  test('is not told when the right was lost between reading and writing', async () => {
    const made = await opened();
    made.rivals.push(() => made.run(moveBox, { box: '1', shelf: 'lost' }));
    const outcome = await made.run(showBox, show);
    expect(refusal(outcome)).toMatchObject({ refused: 'forbidden' });
    expect(JSON.stringify(outcome)).not.toContain(MARK);
    expect((await made.commits('made/box/1')).map(({ command }) => command.name)).toEqual(['made/open-box', 'made/move-box']);
  });
});
