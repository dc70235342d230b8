import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { dayOf } from '../../functions/kernel/calendar.ts';
import { command, type DecideContext } from '../../functions/kernel/command.ts';
import type { Kernel } from '../../functions/kernel/kernel.ts';
import { react } from '../../functions/kernel/react.ts';
import { everyKind } from '../../functions/kernel/rights.ts';
import { policyFor } from '../../functions/policy/index.ts';
import { tally } from '../support/made-aggregates.ts';
import { count, moveBox, openBox, printLabels } from '../support/made-context.ts';
import { Counted } from '../support/made-events.ts';
import { post, refusal, setUpMade } from '../support/made-kernel.ts';

/** A rule that keeps what it was told. */
function watching() {
  const told: DecideContext[] = [];
  const watch = command({
    name: 'made/watch',
    title: '看',
    aggregate: tally,
    input: z.strictObject({ tally: z.string(), on: z.string().optional() }),
    who: everyKind,
    key: (input) => input.tally,
    occurredOn: (input) => input.on,
    decide: (_, input, context) => {
      told.push(context);
      return [Counted.of({ tally: input.tally, by: 1 })];
    },
  });
  return { told, watch };
}

describe('a rule is told', () => {
  test.each([
    ['2026-03-04T15:59:59.999Z', '2026-03-04'],
    ['2026-03-04T16:00:00.000Z', '2026-03-05'],
    ['2026-12-31T16:00:00.000Z', '2027-01-01'],
  ])('at %s that today in Shanghai is %s', async (now, today) => {
    const { told, watch } = watching();
    const made = await setUpMade({ now });
    await made.done(watch, { tally: 't' });
    expect(told[0]).toMatchObject({ now, today, occurredOn: today });
    expect((await made.commits('made/tally/t'))[0]).toMatchObject({ occurredOn: today, recordedAt: now });
    expect(dayOf(Date.parse(now))).toBe(today);
  });

  test('who acts, on which stream at which version, and a name of this call that only a repetition of it has', async () => {
    const { told, watch } = watching();
    const made = await setUpMade();
    for (const key of ['k1', 'k2']) await made.done(watch, { tally: 't' }, { key });
    expect(told[0]).toMatchObject({ actor: made.actor('officer'), key: ['t'], version: 0, province: '360000' });
    expect(told[1]?.version).toBe(1);
    expect(told[1]?.callId).not.toBe(told[0]?.callId);
    await made.run(watch, { tally: 't' }, { key: 'k1' });
    expect(told[2]?.callId).toBe(told[0]?.callId);
    expect(told[0]?.pseudonym('person', 'x')).toBe(made.keyRing.pseudonym('person', 'x'));
  });

  test('the rules of the day of the fact, of the province where it has its own, and the commit names them', async () => {
    const { told, watch } = watching();
    const made = await setUpMade({ now: '2026-07-01T02:00:00.000Z' });
    for (const on of ['2021-01-04', '2026-06-30']) await made.done(watch, { tally: 't', on });
    const versions = (await made.commits('made/tally/t')).map(({ policy }) => policy);
    expect(versions[0]).toBe('national/2020-07-01');
    expect(versions[1]).toMatch(/^national\/[\d-]+\+36\/[\d-]+$/);
    for (const { occurredOn, policy } of told) expect(policy).toEqual((policyFor('360000', occurredOn) as { values: unknown }).values);
    expect(told[0]?.policy).not.toEqual(told[1]?.policy);
  });

  test('the policy is asked for by the deployment’s province and the day of the fact', async () => {
    const asked: string[][] = [];
    const made = await setUpMade({
      policyFor: ((province, day) => {
        asked.push([province, day]);
        return policyFor(province, day);
      }) as Kernel['policyFor'],
    });
    await made.done(openBox, { box: '1', shelf: 'a', occurredOn: '2026-03-02' });
    expect(asked.at(-1)).toEqual(['360000', '2026-03-02']);
  });
});

describe('the day of the fact', () => {
  const at = '2026-03-04T15:59:59.000Z';

  test('may be today and no later: a 422 that points at it, and nothing is written', async () => {
    const made = await setUpMade({ now: at });
    const before = made.snapshot();
    const { status, body } = await post(made, 'open-box', { box: '1', shelf: 'a', occurredOn: '2026-03-05' });
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'occurred_in_future', errors: [{ pointer: '/occurredOn' }] });
    expect(made.snapshot()).toEqual(before);
    expect((await post(made, 'open-box', { box: '1', shelf: 'a', occurredOn: '2026-03-04' })).status).toBe(201);
  });

  test('before any rule was in force is a 422; the first day of the first rule is not', async () => {
    const made = await setUpMade();
    expect(await post(made, 'open-box', { box: '1', shelf: 'a', occurredOn: '2020-06-30' })).toMatchObject({ status: 422, body: { code: 'no_rule_in_force' } });
    expect((await post(made, 'open-box', { box: '1', shelf: 'a', occurredOn: '2020-07-01' })).status).toBe(201);
  });

  test('that is no day is a 400', async () => {
    const made = await setUpMade();
    expect(await post(made, 'open-box', { box: '1', shelf: 'a', occurredOn: '2026-02-30' })).toMatchObject({ status: 400, body: { code: 'invalid_body' } });
  });

  test('of a consequence is the event’s, also on a machine whose clock is still in the day before', async () => {
    const made = await setUpMade({ now: '2026-03-04T16:00:01.000Z' });
    await made.done(openBox, { box: '1', shelf: 'a' });
    made.clock.at -= 60_000;
    expect(await react(made.kernel, printLabels, await made.heard('made/box/1'))).toEqual([{ stream: 'made/label/1', outcome: 'done' }]);
    expect((await made.commits('made/label/1'))[0]).toMatchObject({ occurredOn: '2026-03-05', events: [{ data: { printedOn: '2026-03-05' } }] });
  });
});

describe('If-Match', () => {
  const opened = async () => {
    const made = await setUpMade();
    await made.done(openBox, { box: '1', shelf: 'a' });
    return made;
  };
  const move = (made: Awaited<ReturnType<typeof opened>>, ifMatch: string) => post(made, 'move-box', { box: '1', shelf: 'b' }, { 'if-match': ifMatch });

  test.each(['1', '"1"'])('%s fits the version that the stream has', async (given) => {
    expect(await move(await opened(), given)).toMatchObject({ status: 201, body: { version: 2 }, headers: { etag: '"2"' } });
  });

  test.each(['0', '"2"', '999999999'])('%s does not: a 409 that tells the version, and nothing is written', async (given) => {
    const made = await opened();
    const before = made.snapshot();
    expect(await move(made, given)).toMatchObject({ status: 409, body: { code: 'stale_version', detail: expect.stringContaining('第 1 版') } });
    expect(made.snapshot()).toEqual(before);
  });

  test.each(['', 'x', '"1', '1"', 'W/"1"', '*', '-1', '1.0', '"1", "2"', '1234567890'])('“%s” is malformed: a 400', async (given) => {
    expect(await move(await opened(), given)).toMatchObject({ status: 400, body: { code: 'invalid_if_match' } });
  });

  test('0 means that the stream must not exist yet', async () => {
    const made = await setUpMade();
    expect((await made.run(count, { tally: 't', by: 1 }, { ifMatch: 0 })).outcome).toBe('done');
    expect(refusal(await made.run(count, { tally: 't', by: 1 }, { ifMatch: 0 })).code).toBe('stale_version');
  });

  test('holds against a rival between reading and writing too', async () => {
    const made = await opened();
    made.rivals.push(() => made.run(moveBox, { box: '1', shelf: 'c' }));
    expect(refusal(await made.run(moveBox, { box: '1', shelf: 'b' }, { ifMatch: 1 })).code).toBe('stale_version');
  });

  test('a repeated call gets its first answer, not a complaint about the version that it made itself', async () => {
    const made = await opened();
    expect((await move(made, '1')).status).toBe(201);
    expect((await move(made, '1')).status).toBe(200);
  });
});
