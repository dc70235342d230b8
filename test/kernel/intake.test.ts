import { describe, expect, test } from 'vitest';
import type { PostedTypes } from '../../functions/kernel/cloud-events.ts';
import { type CommandPort, intakeHandler } from '../../functions/kernel/http/intake-handler.ts';
import type { HttpEvent } from '../../functions/kernel/http/middleware.ts';
import { LIMITS } from '../../functions/kernel/limits.ts';
import { makeLog } from '../../functions/kernel/log.ts';
import { Throttled } from '../../functions/kernel/ports.ts';
import { httpEvent } from '../support/api.ts';
import { PEOPLE } from '../support/made-kernel.ts';
import { SetClock } from '../support/province.ts';

const TYPES: PostedTypes = { 'cn.jianheng.made.put-on.v1': { command: 'made/put-on' }, 'cn.jianheng.made.take-off.v1': { command: 'made/take-off' } };
const event = (id: string, change: object = {}) => ({
  specversion: '1.0',
  id,
  source: '/agency/made-bureau',
  type: 'cn.jianheng.made.put-on.v1',
  data: { made: id },
  ...change,
});

/** The handler before commands that answer as a test has them. */
function intake(give: (at: number, clock: SetClock) => ReturnType<CommandPort>) {
  const clock = new SetClock('2026-03-10T01:00:00.000Z');
  const lines: string[] = [];
  const given: [string, HttpEvent][] = [];
  const handler = intakeHandler({
    clock,
    log: makeLog({ sink: (line) => lines.push(line), clock }),
    types: TYPES,
    give: async (command, handed) => {
      given.push([command, handed]);
      return give(given.length, clock);
    },
  });
  const send = async (body: unknown, headers: Record<string, string> = {}) => {
    const type = Array.isArray(body) ? 'application/cloudevents-batch+json' : 'application/cloudevents+json';
    const answer = await handler(httpEvent('POST', '/v1/events', '', { 'content-type': type, ...headers }, JSON.stringify(body), PEOPLE.officer));
    return { status: answer.statusCode, headers: answer.headers, body: JSON.parse(answer.body ?? '') };
  };
  return { send, given, lines };
}

const done = async () => ({ statusCode: 201, headers: { etag: '"1"' }, body: '{"made":true}' });
const statuses = (body: { items: { status: number }[] }) => body.items.map(({ status }) => status);

describe('what a command’s function is handed', () => {
  test('is the event that the gateway would have handed it: who acts, the key, the body', async () => {
    const { send, given } = intake(done);
    await send(event('a'), { delegation: 'made', 'idempotency-key': 'of the client' });
    const [[command, handed] = []] = given;
    expect(command).toBe('made/put-on');
    expect(handed).toMatchObject({
      rawPath: '/v1/made/put-on',
      routeKey: 'POST /v1/made/put-on',
      headers: { 'content-type': 'application/json', delegation: 'made', 'idempotency-key': expect.stringMatching(/^ce-[0-9a-f]{40}$/) },
      requestContext: { authorizer: { jwt: { claims: PEOPLE.officer } } },
      body: '{"made":"a"}',
      isBase64Encoded: false,
    });
  });

  test('its answer goes out as it is', async () => {
    expect(
      await intake(async () => ({ statusCode: 422, headers: { 'content-type': 'application/problem+json' }, body: '{"code":"made"}' })).send(event('a')),
    ).toEqual({
      status: 422,
      headers: { 'content-type': 'application/problem+json' },
      body: { code: 'made' },
    });
  });

  test('a body that came as base64 is read like any other', async () => {
    const { given } = intake(done);
    const clock = new SetClock(0);
    const handler = intakeHandler({
      clock,
      log: makeLog({ sink: () => {}, clock }),
      types: TYPES,
      give: async (command, handed) => {
        given.push([command, handed]);
        return done();
      },
    });
    const base64 = Buffer.from(JSON.stringify(event('a', { data: { made: '虚构' } }))).toString('base64');
    const request = httpEvent('POST', '/v1/events', '', { 'content-type': 'application/cloudevents+json' }, base64, PEOPLE.officer);
    expect(await handler({ ...request, isBase64Encoded: true })).toMatchObject({ statusCode: 201 });
    expect(given[0]?.[1].body).toBe('{"made":"虚构"}');
  });
});

describe('when a command’s function does not answer', () => {
  test('a single event is to be sent again: 429 or 503, and the fault is in the log', async () => {
    const busy = intake(async () => {
      throw new Throttled('made');
    });
    expect(await busy.send(event('a'))).toMatchObject({ status: 429, headers: { 'retry-after': '1' }, body: { code: 'throttled', retryAfter: 1 } });
    const failing = intake(async () => {
      throw new TypeError('made');
    });
    expect(await failing.send(event('a'))).toMatchObject({ status: 503, body: { code: 'unavailable', retryAfter: 1 } });
    expect(failing.lines.some((line) => line.includes('request-failed') && line.includes('TypeError'))).toBe(true);
  });

  test('so is that event of a batch, and the others have their turn', async () => {
    const { send, lines } = intake(async (at) => {
      if (at === 1) throw new Throttled('made');
      if (at === 2) throw new TypeError('made');
      return done();
    });
    const { status, body } = await send([event('a'), event('b', { type: 'cn.jianheng.made.take-off.v1' }), event('c')]);
    expect(status).toBe(200);
    expect(statuses(body)).toEqual([429, 503, 201]);
    expect(body.items).toMatchObject([{ problem: { retryAfter: 1 } }, { problem: { retryAfter: 1 } }, { answer: { made: true } }]);
    expect(lines.filter((line) => line.includes('request-failed')).map((line) => JSON.parse(line).command)).toEqual(['made/take-off']);
  });
});

describe('a batch that would take longer than the gateway waits', () => {
  test('is answered in time: what was not begun is to be sent again', async () => {
    const { send, given } = intake(async (_, clock) => {
      clock.at += 3_000;
      return done();
    });
    const { body } = await send(['a', 'b', 'c', 'd', 'e'].map((id) => event(id)));
    expect(statuses(body)).toEqual([201, 201, 201, 503, 503]);
    expect(body.items[3]).toMatchObject({ id: 'd', problem: { code: 'unavailable', retryAfter: 1 } });
    expect(given).toHaveLength(3);
  });

  test('is told of its faults all the same', async () => {
    const { send } = intake(async (_, clock) => {
      clock.at += 10_000;
      return done();
    });
    const { body } = await send([event('a'), event('虚构'), event('c')]);
    expect(statuses(body)).toEqual([201, 400, 503]);
  });

  test('so is one whose answers would be larger than a function’s answer may be', async () => {
    const large = JSON.stringify({ made: 'x'.repeat(LIMITS.batchAnswers / 2) });
    const { send } = intake(async () => ({ statusCode: 200, body: large }));
    expect(statuses((await send(['a', 'b', 'c'].map((id) => event(id)))).body)).toEqual([200, 200, 503]);
  });
});

test('a batch’s answers are JSON, also of what would rather be read as a page', async () => {
  const { send, given } = intake(done);
  await send([event('a')], { accept: 'text/html' });
  await send(event('b'), { accept: 'text/html' });
  expect(given.map(([, { headers }]) => headers.accept)).toEqual([undefined, 'text/html']);
});
