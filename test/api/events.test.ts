import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commandType, idempotencyKeyOf } from '../../functions/kernel/cloud-events.ts';
import { routesOf } from '../../functions/kernel/http/routes.ts';
import { LIMITS } from '../../functions/kernel/limits.ts';
import { loadDefinitions } from '../../infra/local/load-definitions.ts';
import type { ApiAnswer } from '../support/api.ts';
import { expectProblem } from './expect-problem.ts';
import { HOSTS } from './made-hosts.ts';
import { ACTORS, type ActorName, type MadeProvince, madeProvince, playSlice } from './made-province.ts';
import { ECHO } from './mutations.ts';
import { type Sample, samplesOf } from './samples.ts';

const STRUCTURED = 'application/cloudevents+json';
const BATCHED = 'application/cloudevents-batch+json';

const definitions = await loadDefinitions();
const commands = routesOf(definitions).flatMap((route) => ('command' in route ? [route.command] : []));

let made: MadeProvince;
let samples: Readonly<Record<string, Sample>>;
let sent = 0;

const sourceOf = (who: ActorName) => `/agency/${ACTORS[who].agency}/made-system`;
const nextId = () => {
  sent += 1;
  return `made-event-${sent}`;
};
const eventOf = (who: ActorName, command: string, data: unknown, change: object = {}) => ({
  specversion: '1.0',
  id: nextId(),
  source: sourceOf(who),
  type: commandType(command),
  data,
  ...change,
});

interface Sending {
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: string;
}
const send = async (who: ActorName, body: unknown, { type = STRUCTURED, headers = {}, query = '' }: Sending = {}) => {
  const authorization = `Bearer ${await made.host.token(ACTORS[who])}`;
  return made.request({ method: 'POST', path: '/v1/events', query, headers: { authorization, 'content-type': type, ...headers }, body });
};
const batch = (who: ActorName, events: readonly unknown[]) => send(who, events, { type: BATCHED });

/** The same by the command's own route, under the key that the event has. */
const byRoute = async (who: ActorName, command: string, event: { source: string; id: string; data: unknown }, query = '') => {
  const headers = {
    authorization: `Bearer ${await made.host.token(ACTORS[who])}`,
    'content-type': 'application/json',
    'idempotency-key': idempotencyKeyOf(event),
  };
  return made.request({ method: 'POST', path: `/v1/${command}`, query, headers, body: event.data });
};

const agency = (id: string) => ({ id, name: '虚构单位', kind: 'organ', level: 'city', division: '360800', superior: null, discipline: null });
const registering = (id: string, change: object = {}) => eventOf('operator', 'agencies/register-agency', agency(id), change);
const answered = ({ status, headers, body }: ApiAnswer) => ({ status, etag: headers.etag, type: headers['content-type'], body });

describe.each(HOSTS)('%s: an event is answered as its command’s own route answers', (_, makeHost) => {
  beforeAll(async () => {
    made = await madeProvince(makeHost);
    samples = samplesOf(await playSlice(made));
  });
  afterAll(() => made.close());

  test.each(commands.map(({ name }) => name))('%s', async (name) => {
    const { who, body } = samples[name] as Sample;
    const before = made.everything();
    const event = eventOf(who, name, body);
    const previewed = await send(who, event, { query: 'preview=true' });
    expect(previewed.status).toBe(200);
    expect(answered(previewed)).toEqual(answered(await byRoute(who, name, event, 'preview=true')));

    const wrong = eventOf(who, name, { ...body, madeUnknownField: ECHO });
    const refused = await send(who, wrong);
    expectProblem(refused, { status: 400, code: 'invalid_body', pointers: ['/madeUnknownField'] });
    expect(answered(refused)).toEqual(answered(await byRoute(who, name, wrong)));

    const { who: lines } = definitions.commands.get(name) as { who: readonly { kind: string; roles: readonly string[] }[] };
    const mayNot = ({ kind, roles }: { kind: string; roles: readonly string[] }) =>
      !lines.some((line) => line.kind === kind && line.roles.some((role) => roles.includes(role)));
    const stranger = (Object.keys(ACTORS) as ActorName[]).find((each) => mayNot(ACTORS[each])) as ActorName;
    const theirs = eventOf(stranger, name, body);
    const forbidden = await send(stranger, theirs);
    expectProblem(forbidden, { status: 403, code: 'forbidden' });
    expect(answered(forbidden)).toEqual(answered(await byRoute(stranger, name, theirs)));
    expect(made.everything() === before, 'something was written').toBe(true);
  });

  test('in binary mode too, where the body is the command’s own', async () => {
    const { data, ...attributes } = eventOf('operator', 'agencies/register-agency', agency('made-binary'));
    const headers = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce-${name}`, value]));
    const answer = await send('operator', data, { type: 'application/json', headers });
    expect(answer).toMatchObject({ status: 201, headers: { etag: '"1"' } });
    expect(answered(await byRoute('operator', 'agencies/register-agency', { ...attributes, data }))).toEqual({ ...answered(answer), status: 200 });
    expect(answered(await send('operator', { ...attributes, data }))).toEqual({ ...answered(answer), status: 200 });
    expectProblem(await send('operator', '{', { type: 'application/json', headers: { ...headers, 'ce-id': nextId() } }), {
      status: 400,
      code: 'malformed_json',
    });
  });

  test('what is given once is given once: by its source and id, whichever way it comes; another body under them is refused', async () => {
    const event = registering('made-once');
    const first = await send('operator', event);
    expect(first.status).toBe(201);
    const after = made.everything();
    const again = await send('operator', { ...event, time: '2026-03-10T01:00:00Z', traceparent: '00-made' });
    expect(answered(again)).toEqual({ ...answered(first), status: 200 });
    expectProblem(await send('operator', { ...event, data: agency('made-twice') }), { status: 409, code: 'idempotency_key_reused' });
    expectProblem(await send('operator', { ...eventOf('operator', 'agencies/revoke-credential', { agency: 'made-provider' }), id: event.id }), {
      status: 409,
      code: 'idempotency_key_reused',
    });
    expect(made.everything() === after, 'something was written').toBe(true);
    expect((await send('operator', { ...event, source: sourceOf('operator').replace('made-system', 'made-other'), data: agency('made-thrice') })).status).toBe(
      201,
    );
  });

  test('what a person does under a delegation or at a version is done so by an event too', async () => {
    expectProblem(await send('operator', registering('made-version'), { headers: { 'if-match': '"7"' } }), { status: 409, code: 'stale_version' });
    expectProblem(await send('operator', registering('made-version'), { headers: { delegation: '0'.repeat(32) } }), {
      status: 403,
      code: 'delegation_unknown',
    });
  });

  test('an event with faults is refused with all of them; nothing is written', async () => {
    const before = made.everything();
    const { source: _source, ...without } = registering('made-faulty');
    const answer = await send('operator', { ...without, specversion: '0.3', id: 'mаde' });
    expectProblem(answer, { status: 400, code: 'invalid_event' });
    expect(answer.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(['/specversion', '/id', '/source']);
    expectProblem(await send('operator', registering('made-faulty', { source: sourceOf('officer') })), {
      status: 403,
      code: 'foreign_source',
      pointers: ['/source'],
    });
    expectProblem(await send('operator', registering('made-faulty', { type: 'cn.jianheng.agencies.AgencyRegistered.v1' })), {
      status: 400,
      code: 'invalid_event',
      pointers: ['/type'],
    });
    for (const system of definitions.commands.values())
      if (system.who === 'system') expectProblem(await send('operator', eventOf('operator', system.name, {})), { status: 400, pointers: ['/type'] });
    expect(made.everything() === before, 'something was written').toBe(true);
  });

  test('a request that is none of ours: 400, 401, 403, 405, 413, 415', async () => {
    const event = registering('made-request');
    for (const type of ['application/json', 'text/plain', 'application/cloudevents+xml', 'application/cloudevents-batch+xml'])
      expectProblem(await send('operator', event, { type }), { status: 415, code: 'unsupported_media_type' });
    for (const text of ['', '{', '{"id":"a","id":"b"}', `{"a":"\\ud800"}`])
      expectProblem(await send('operator', text), { status: 400, code: 'malformed_json' });
    expectProblem(await send('operator', { ...event, data: { name: 'x'.repeat(LIMITS.body) } }), { status: 413, code: 'too_large' });
    expectProblem(await send('operator', event, { headers: { authorization: '' } }), { status: 401, code: 'missing_token' });
    const nobody = await made.host.token({ ...ACTORS.operator, roles: ['system'] });
    expectProblem(await send('operator', event, { headers: { authorization: `Bearer ${nobody}` } }), { status: 403, code: 'invalid_claims' });
    expectProblem(await send('operator', event, { query: 'made=1' }), { status: 400, code: 'unknown_parameter' });
    expectProblem(await made.request({ method: 'GET', path: '/v1/events', headers: { authorization: `Bearer ${await made.host.token(ACTORS.operator)}` } }), {
      status: 405,
    });
  });

  describe('a batch', () => {
    test('is answered item by item, in order; none keeps another from its turn', async () => {
      const events = [
        registering('made-batch-1'),
        registering('made-batch-2', { specversion: '2.0', id: '虚构' }),
        'no event',
        registering('made-health'),
        registering('made-batch-3', { source: '/agency/another' }),
        registering('made-batch-4'),
      ];
      const { status, body } = await batch('operator', events);
      expect(status).toBe(200);
      expect(body.items.map((item: { status: number }) => item.status)).toEqual([201, 400, 400, 409, 403, 201]);
      const [first, second, third, fourth, fifth] = body.items;
      expect(first).toEqual({
        id: (events[0] as { id: string }).id,
        source: sourceOf('operator'),
        status: 201,
        answer: expect.objectContaining({ stream: 'agencies/agency/made-batch-1', version: 1 }),
      });
      expect(second).toMatchObject({
        id: null,
        source: sourceOf('operator'),
        problem: { code: 'invalid_event', errors: [{ pointer: '/specversion' }, { pointer: '/id' }] },
      });
      expect(third).toMatchObject({ id: null, source: null, problem: { code: 'invalid_event', errors: [{ pointer: '' }] } });
      expect(fourth).toMatchObject({ problem: { code: 'already_registered', errors: [{ pointer: '/id' }] } });
      expect(fifth).toMatchObject({ source: '/agency/another', problem: { code: 'foreign_source' } });
    });

    test('finds in a later event what an earlier one did', async () => {
      const { body } = await batch('operator', [
        registering('made-above'),
        { ...registering('made-below'), data: { ...agency('made-below'), superior: 'made-above' } },
      ]);
      expect(body.items.map((item: { status: number }) => item.status)).toEqual([201, 201]);
    });

    test('with an event twice gives it once; with another body under its name refuses that', async () => {
      const event = registering('made-same');
      const { body } = await batch('operator', [event, event, { ...event, data: agency('made-different') }]);
      const [first, second, third] = body.items;
      expect([first.status, second.status]).toEqual([201, 200]);
      expect(second.answer).toEqual(first.answer);
      expect(third).toMatchObject({ id: event.id, status: 409, problem: { code: 'idempotency_key_reused' } });
    });

    test('that is sent again gives every first answer again', async () => {
      const events = [registering('made-again-1'), registering('made-again-2')];
      const first = await batch('operator', events);
      const after = made.everything();
      const again = await batch('operator', events);
      expect(again.body.items).toEqual(first.body.items.map((item: object) => ({ ...item, status: 200 })));
      expect(made.everything() === after, 'something was written').toBe(true);
    });

    test('of none answers none; what is no list is no batch', async () => {
      expect(await batch('operator', [])).toMatchObject({ status: 200, body: { items: [] } });
      expectProblem(await send('operator', registering('made-none'), { type: BATCHED }), { status: 400, code: 'invalid_event' });
    });

    test(`of ${LIMITS.batchEvents} is taken, of one more, of 10,000 and of more than a megabyte refused whole`, async () => {
      const faulty = { specversion: '2.0' };
      const { status, body } = await batch(
        'operator',
        Array.from({ length: LIMITS.batchEvents }, () => faulty),
      );
      expect({ status, items: body.items.length }).toEqual({ status: 200, items: LIMITS.batchEvents });
      const before = made.everything();
      for (const length of [LIMITS.batchEvents + 1, 10_000]) {
        const events = Array.from({ length }, (_, at) => registering(`made-many-${at}`));
        expectProblem(await batch('operator', events), { status: 413, code: 'batch_too_large' });
      }
      const large = { ...agency('made-large'), name: 'x'.repeat(LIMITS.body / 2) };
      const events = Array.from({ length: 20 }, () => ({ ...registering('made-large'), data: large }));
      expectProblem(await batch('operator', events), { status: 413, code: 'batch_too_large' });
      expect(made.everything() === before, 'something was written').toBe(true);
    });
  });
});
