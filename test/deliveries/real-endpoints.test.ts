import { type CloudEvent, HTTP } from 'cloudevents';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDynamoDbLocal } from '../../infra/local/aws/dynamodb-local.ts';
import type { HostClaims } from '../support/host.ts';
import { type LocalTestHost, localHost } from '../support/local-host.ts';
import { type Receiver, receiver, withStatus } from '../support/receiver.ts';
import { withDynamoDb } from '../support/with-dynamodb.ts';

const START = '2026-03-10T01:00:00.000Z';
const OPERATOR: HostClaims = { agency: 'made-bureau', kind: 'justice-bureau', division: '360000', person: 'made-operator', roles: ['operator'] };
const COURTS = ['made-court-1', 'made-court-2', 'made-court-3'] as const;
const clerk = (agency: string): HostClaims => ({ agency, kind: 'court', division: '360802', person: `${agency}-clerk`, roles: ['clerk'] });
const secretOf = (seed: number) => `whsec_${Buffer.from(Array.from({ length: 32 }, (_, at) => (at * 11 + seed) % 256)).toString('base64')}`;

type Made = Awaited<ReturnType<typeof made>>;

async function made(open: () => Promise<LocalTestHost>) {
  const host = await open();
  let calls = 0;
  const as = async (claims: HostClaims, command: string, body: unknown, expected = 201) => {
    calls += 1;
    const headers = { authorization: `Bearer ${await host.token(claims)}`, 'idempotency-key': `call-${calls}` };
    const answer = await host.api.request({ method: 'POST', path: `/v1/${command}`, headers, body });
    expect(answer.status, JSON.stringify(answer.body)).toBe(expected);
    return answer.body as Record<string, unknown>;
  };
  const ask = async (claims: HostClaims, query: string) => {
    const answer = await host.api.request({ method: 'GET', path: `/v1/${query}`, headers: { authorization: `Bearer ${await host.token(claims)}` } });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return answer.body as { items: Record<string, unknown>[] };
  };
  for (const id of COURTS)
    await as(OPERATOR, 'agencies/register-agency', {
      id,
      name: '虚构法院',
      kind: 'court',
      level: 'county',
      division: '360802',
      superior: null,
      discipline: null,
    });
  const join = (agency: string, to: Receiver, seed: number) =>
    as(clerk(agency), 'deliveries/register-endpoint', { agency, url: to.url, secret: secretOf(seed) });
  /** What was accepted so far has its consequences, and what is due now was tried. */
  const delivered = async () => {
    await host.settle();
    await host.sweep();
    await host.settle();
  };
  return { host, as, ask, join, delivered };
}

const at = (from: string, seconds: number) => new Date(Date.parse(from) + seconds * 1000).toISOString();

const tests = (open: () => Promise<LocalTestHost>) => () => {
  let world: Made;
  const receivers: Receiver[] = [];
  const listen = async (...given: Parameters<typeof receiver>) => {
    const found = await receiver(...given);
    receivers.push(found);
    return found;
  };
  beforeAll(async () => {
    world = await made(open);
  }, 120_000);
  afterAll(async () => {
    await world?.host.close();
    for (const each of receivers) await each.close();
  });

  test('a notice is a CloudEvent that the public SDK reads, under a signature that the public library verifies', async () => {
    const { host, ask, join, delivered } = world;
    const court = await listen();
    await join(COURTS[0], court, 1);
    await court.has(1);
    await delivered();
    const [{ headers, body }] = court.received as [Receiver['received'][number]];
    // The library knows no other clock than the machine's, and this host's was moved.
    const signature = new Webhook(secretOf(1)).sign(headers['webhook-id'] as string, new Date(Number(headers['webhook-timestamp']) * 1000), body);
    expect(headers['webhook-signature']).toBe(signature);
    const event = HTTP.toEvent({ headers, body }) as CloudEvent<Record<string, unknown>>;
    expect(event.validate()).toBe(true);
    expect(event).toMatchObject({ id: headers['webhook-id'], type: 'cn.jianheng.notifications.NoticeSent.v1', source: '/province/360000/notifications' });
    const inbox = await ask(clerk(COURTS[0]), 'notifications/inbox');
    expect(inbox.items[0]).toMatchObject(event.data as Record<string, unknown>);
    expect(Object.keys(JSON.parse(body)).sort()).toEqual(['data', 'datacontenttype', 'id', 'source', 'specversion', 'subject', 'time', 'type']);
    const { items } = await ask(clerk(COURTS[0]), 'deliveries/log');
    expect(items).toMatchObject([{ event: 'NoticeSent', status: 'delivered', attempts: 1, nextDueAt: null, log: [{ status: 204, fault: null }] }]);
    expect(JSON.stringify([items, inbox, host.lines])).not.toContain(secretOf(1).slice(6));
  });

  test('one that fails is tried again by the ladder, under the same id and with the same bytes, until it is taken', async () => {
    const { host, as, ask, join, delivered } = world;
    const court = await listen(withStatus(429, { 'retry-after': '3600' }));
    await join(COURTS[1], court, 2);
    await delivered();
    expect(court.received).toHaveLength(1);
    let { items } = await ask(clerk(COURTS[1]), 'deliveries/log');
    const [first] = items as [{ nextDueAt: string; about: string }];
    expect(first).toMatchObject({ status: 'due', attempts: 1, log: [{ status: 429, fault: 'answered-otherwise' }] });
    await as(clerk(COURTS[1]), 'deliveries/redeliver', { agency: COURTS[1], about: first.about }, 409);

    court.answer = withStatus(500);
    await host.setClock(at(first.nextDueAt, 1));
    await delivered();
    ({ items } = await ask(clerk(COURTS[1]), 'deliveries/log'));
    const [second] = items as [{ nextDueAt: string }];
    expect(Date.parse(second.nextDueAt) - Date.parse(first.nextDueAt)).toBeGreaterThanOrEqual(270_000);

    court.answer = withStatus(204);
    await host.setClock(at(second.nextDueAt, 1));
    await delivered();
    ({ items } = await ask(clerk(COURTS[1]), 'deliveries/log'));
    expect(items).toMatchObject([{ status: 'delivered', attempts: 3 }]);
    expect(new Set(court.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(court.received.map(({ body }) => body)).size).toBe(1);
  });

  test('a secret is rotated: for a day two signatures stand side by side, then the new one alone', async () => {
    const { host, as, delivered } = world;
    const [court] = receivers as [Receiver];
    const signatures = () => court.received.at(-1)?.headers['webhook-signature']?.split(' ') ?? [];
    const verifiedBy = (seed: number) => {
      const { headers, body } = court.received.at(-1) as Receiver['received'][number];
      const own = new Webhook(secretOf(seed)).sign(headers['webhook-id'] as string, new Date(Number(headers['webhook-timestamp']) * 1000), body);
      return signatures().includes(own);
    };
    await as(clerk(COURTS[0]), 'deliveries/rotate-endpoint-secret', { agency: COURTS[0], secret: secretOf(9) });
    await delivered();
    expect([signatures().length, verifiedBy(1), verifiedBy(9)]).toEqual([2, true, true]);
    await host.setClock(at(new Date(host.clock.now()).toISOString(), 25 * 3600));
    await as(clerk(COURTS[0]), 'deliveries/ping-endpoint', { agency: COURTS[0] });
    await delivered();
    expect([signatures().length, verifiedBy(1), verifiedBy(9)]).toEqual([1, false, true]);
    expect(JSON.parse(court.received.at(-1)?.body ?? '').type).toBe('cn.jianheng.deliveries.EndpointPinged.v1');
  });

  test('a dead endpoint and one that never ends its answer delay a healthy one by nothing', async () => {
    const { as, delivered } = world;
    const [healthy, slow] = receivers as [Receiver, Receiver];
    const held: (() => void)[] = [];
    slow.answer = (response) => {
      held.push(() => response.destroy());
    };
    await as(clerk(COURTS[2]), 'deliveries/register-endpoint', { agency: COURTS[2], url: 'http://127.0.0.1:9/', secret: secretOf(3) });
    const before = { healthy: healthy.received.length, slow: slow.received.length };
    for (let round = 0; round < 6; round += 1) for (const agency of [COURTS[1], COURTS[2]]) await as(clerk(agency), 'deliveries/ping-endpoint', { agency });
    await slow.has(before.slow + 1);
    await as(clerk(COURTS[0]), 'deliveries/ping-endpoint', { agency: COURTS[0] });
    await healthy.has(before.healthy + 1);
    // Not one message to the slow one has come to its end, and no more than its lane takes are on their way.
    expect(held.length).toBe(slow.received.length - before.slow);
    expect(held.length).toBeLessThanOrEqual(4);
    slow.answer = withStatus(204);
    for (const release of held) release();
    await delivered();
  });

  test('an endpoint that is gone is disabled at once, its agency told, and enabled again it gets what is asked for', async () => {
    const { as, ask, delivered } = world;
    const court = receivers[1] as Receiver;
    court.answer = withStatus(410);
    await as(clerk(COURTS[1]), 'deliveries/rotate-endpoint-secret', { agency: COURTS[1], secret: secretOf(8) });
    await delivered();
    expect((await ask(clerk(COURTS[1]), 'deliveries/endpoint')).items).toMatchObject([{ disabled: 'gone' }]);
    const [told] = (await ask(clerk(COURTS[1]), 'notifications/inbox')).items as [{ event: string; purpose: string }];
    expect(told).toMatchObject({ event: 'EndpointDisabled', purpose: expect.stringContaining('410') });
    const [missed] = (await ask(clerk(COURTS[1]), 'deliveries/log?show=undelivered')).items as [{ about: string; status: string }];
    expect(missed.status).toBe('given-up');
    await as(clerk(COURTS[1]), 'deliveries/ping-endpoint', { agency: COURTS[1] }, 422);
    court.answer = withStatus(204);
    await as(clerk(COURTS[1]), 'deliveries/enable-endpoint', { agency: COURTS[1] });
    await as(clerk(COURTS[1]), 'deliveries/redeliver', { agency: COURTS[1], about: missed.about });
    await delivered();
    expect(court.received.map(({ body }) => JSON.parse(body).subject)).toContain(missed.about);
    expect((await ask(clerk(COURTS[1]), 'deliveries/log?show=undelivered')).items.filter(({ about }) => about === missed.about)).toEqual([]);
  });

  test('a redirect is not followed, and an answer without end is cut off', async () => {
    const { as, ask, delivered } = world;
    const [elsewhere, court] = receivers as [Receiver, Receiver];
    const before = elsewhere.received.length;
    court.answer = withStatus(307, { location: elsewhere.url });
    await as(clerk(COURTS[1]), 'deliveries/ping-endpoint', { agency: COURTS[1] });
    await delivered();
    let sent = 0;
    const cut = new Promise<void>((resolve) => {
      court.answer = (response) => {
        response.writeHead(200).on('close', resolve);
        const more = () => {
          while (!response.destroyed && response.write(Buffer.alloc(64 * 1024))) sent += 64;
          if (!response.destroyed) response.once('drain', more);
        };
        more();
      };
    });
    await as(clerk(COURTS[1]), 'deliveries/ping-endpoint', { agency: COURTS[1] });
    await delivered();
    await cut;
    const { items } = await ask(clerk(COURTS[1]), 'deliveries/log');
    expect(items.slice(0, 2)).toMatchObject([
      { status: 'delivered', log: [{ status: 200 }] },
      { status: 'given-up', log: [{ status: 307, fault: 'redirected' }] },
    ]);
    expect(elsewhere.received).toHaveLength(before);
    // Kilobytes that the socket's buffers took before it was cut.
    expect(sent).toBeLessThan(20 * 1024);
  });
};

describe(
  'endpoints of agencies, from the host on SQLite',
  tests(() => localHost({}, START)('360000')),
);

withDynamoDb('endpoints of agencies, from the deployed bundles on DynamoDB Local', () => {
  let stop = async () => {};
  afterAll(() => stop());
  describe(
    'endpoints of agencies, from the deployed bundles on DynamoDB Local',
    tests(async () => {
      const server = await startDynamoDbLocal({});
      stop = () => server.stop();
      return localHost({ dynamodb: async () => server.endpoint }, START)('360000');
    }),
  );
});
