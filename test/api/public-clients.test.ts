import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CloudEvent, CONSTANTS, emitterFor, HTTP, httpTransport, Mode } from 'cloudevents';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commandType } from '../../functions/kernel/cloud-events.ts';
import type { Clock } from '../../functions/kernel/ports.ts';
import { TOLERANCE } from '../../functions/kernel/standard-webhooks.ts';
import { type DynamoDbLocal, startDynamoDbLocal } from '../../infra/local/aws/dynamodb-local.ts';
import type { ApiAnswer } from '../support/api.ts';
import type { Host } from '../support/host.ts';
import { inProcessHost, memoryStores } from '../support/in-process-host.ts';
import { localHost } from '../support/local-host.ts';
import { webhookSecretOf } from '../support/webhook-secret.ts';
import { withDynamoDb } from '../support/with-dynamodb.ts';
import { expectProblem } from './expect-problem.ts';
import { ITEM, SPARE_ITEM } from './made-proficiency.ts';
import { ACTORS, type ActorName, INSTITUTION } from './made-province.ts';

const PROVINCE = '360000';
const START = '2026-03-10T01:00:00.000Z';
const STRUCTURED = 'application/cloudevents+json';
const BATCHED = 'application/cloudevents-batch+json';

/** A host that systems of agencies post to, with what a test sees of it. */
interface Posted extends Host {
  readonly clock: Clock;
  readonly lines: readonly string[];
  /** Absent where there is no HTTP. */
  readonly url?: string;
  /** Folder of all that it keeps on this machine. */
  readonly data?: string;
}

const inMemory = async (): Promise<Posted> => {
  const host = await inProcessHost(PROVINCE, memoryStores(), START);
  return { ...host, lines: host.province.lines };
};
const onSqlite = () => localHost({}, START)(PROVINCE);

let host: Posted;
let sent = 0;

/** A command that must be accepted, given by a person. */
async function post(who: ActorName, command: string, body: object): Promise<ApiAnswer> {
  sent += 1;
  const headers = { authorization: `Bearer ${await host.token(ACTORS[who])}`, 'idempotency-key': `made-${sent}`, 'content-type': 'application/json' };
  const answer = await host.api.request({ method: 'POST', path: `/v1/${command}`, headers, body });
  if (answer.status >= 300) throw new Error(`${command}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer;
}

const agency = (id: string, kind = 'organ') => ({ id, name: '虚构单位', kind, level: 'city', division: '360800', superior: null, discipline: null });
/** Any body of a round that a provider opens. */
const round = (item: string, year = 2025) => ({ year, item, institutions: [INSTITUTION], openedOn: '2026-03-09' });
const event = (source: string, command: string, data: object) => {
  sent += 1;
  return { specversion: '1.0', id: `made-${sent}`, source, type: commandType(command), data };
};
const byProvider = (data: object = round(ITEM)) => event('/agency/made-provider/made-system', 'proficiency/open-round', data);

/** Who posts, and what those who do may name. */
async function setUp(): Promise<void> {
  const bureau = { kind: 'justice-bureau', discipline: 'made-discipline' };
  await post('operator', 'agencies/register-agency', agency('made-discipline', 'discipline'));
  await post('operator', 'agencies/register-agency', { ...agency('made-city-bureau'), ...bureau });
  for (const id of ['made-provider', 'made-other-provider', 'made-third-provider']) await post('operator', 'agencies/register-agency', agency(id, 'provider'));
  await post('registrar', 'registry/register-institution', {
    uscc: INSTITUTION,
    name: '虚构鉴定所',
    division: '360802',
    supervisedBy: 'made-city-bureau',
    scopes: [ITEM, SPARE_ITEM],
  });
}

const SECRETS: string[] = [];
/** A secret that stands nowhere else. */
const newSecret = (): string => {
  const secret = webhookSecretOf(`虚构密钥${SECRETS.length}`);
  SECRETS.push(secret);
  return secret;
};
const register = async (id: string): Promise<string> => {
  const secret = newSecret();
  answers.push(await post('operator', 'agencies/register-credential', { agency: id, secret }));
  return secret;
};
const answers: ApiAnswer[] = [];

interface Sending {
  readonly secrets: readonly string[];
  /** Seconds by which the signer's clock is ahead. */
  readonly ahead?: number;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What is sent in the place of what was signed. */
  readonly instead?: unknown;
  readonly query?: string;
}

/** Headers of the public library. */
function signedBy(secrets: readonly string[], body: string, ahead = 0): Record<string, string> {
  const at = new Date(host.clock.now() + ahead * 1000);
  const id = 'msg_made';
  const signature = secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' ');
  return { 'webhook-id': id, 'webhook-timestamp': String(Math.floor(at.getTime() / 1000)), 'webhook-signature': signature };
}

async function send(body: unknown, { secrets, ahead, type = STRUCTURED, headers = {}, instead, query = '' }: Sending): Promise<ApiAnswer> {
  const text = JSON.stringify(body);
  const all = { 'content-type': type, ...signedBy(secrets, text, ahead), ...headers };
  const answer = await host.api.request({
    method: 'POST',
    path: '/v1/signed-events',
    query,
    headers: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== '')),
    body: instead === undefined ? text : JSON.stringify(instead),
  });
  answers.push(answer);
  return answer;
}

const INVALID = { status: 401, code: 'invalid_signature' };

function signedEvents(): void {
  let secret: string;
  let opened: ReturnType<typeof byProvider>;
  let first: ApiAnswer;

  /** What was accepted first is answered again, so that a good signature can be told from a bad one by that alone. */
  const passes = async (sending: Sending) => expect(await send(opened, sending)).toMatchObject({ status: 200, body: first.body });

  test('signed with the registered secret, an event gives its command as the agency, without a token', async () => {
    secret = await register('made-provider');
    opened = byProvider();
    first = await send(opened, { secrets: [secret] });
    expect(first).toMatchObject({ status: 201, headers: { etag: '"1"' }, body: { version: 1, events: [{ type: 'ProficiencyRoundOpened' }] } });
    await host.settle();
    const headers = { authorization: `Bearer ${await host.token(ACTORS.provider)}` };
    const { body } = await host.api.request({ method: 'GET', path: '/v1/proficiency/rounds', headers });
    expect(body.items).toMatchObject([{ provider: 'made-provider', item: ITEM, year: 2025 }]);
  });

  test('the agency is told that a secret stands for it, and again when another does', async () => {
    const headers = { authorization: `Bearer ${await host.token(ACTORS.provider)}` };
    const { body } = await host.api.request({ method: 'GET', path: '/v1/notifications/inbox', query: 'show=all', headers });
    expect(body.items.map(({ purpose }: { purpose: string }) => purpose)).toEqual(['已为本单位登记系统接入凭证']);
    answers.push({ status: 200, headers: {}, body });
  });

  test('signed and sent once more it has the first answer; so has the very same request, replayed within the tolerance', async () => {
    await passes({ secrets: [secret] });
    const text = JSON.stringify(opened);
    const headers = { 'content-type': STRUCTURED, ...signedBy([secret], text) };
    const replay = () => host.api.request({ method: 'POST', path: '/v1/signed-events', headers, body: text });
    expect([await replay(), await replay()]).toMatchObject([
      { status: 200, body: first.body },
      { status: 200, body: first.body },
    ]);
  });

  test('a batch is signed as a whole and answered item by item; who signs for another is refused there', async () => {
    const foreign = event('/agency/made-other-provider', 'proficiency/open-round', round(SPARE_ITEM));
    const { status, body } = await send([byProvider(round(SPARE_ITEM)), foreign, opened], { secrets: [secret], type: BATCHED });
    expect(status).toBe(200);
    expect(body.items.map((item: { status: number; problem?: { code: string } }) => [item.status, item.problem?.code])).toEqual([
      [201, undefined],
      [403, 'foreign_source'],
      [200, undefined],
    ]);
  });

  test('a clock may differ by the tolerance, either way, and by no more', async () => {
    for (const ahead of [-TOLERANCE + 20, TOLERANCE - 20]) await passes({ secrets: [secret], ahead });
    expectProblem(await send(opened, { secrets: [secret], ahead: -TOLERANCE - 20 }), { status: 401, code: 'signature_too_old' });
    expectProblem(await send(opened, { secrets: [secret], ahead: TOLERANCE + 20 }), { status: 401, code: 'signature_too_new' });
    for (const ahead of [-TOLERANCE - 20, TOLERANCE + 20]) expectProblem(await send(opened, { secrets: [newSecret()], ahead }), INVALID);
  });

  test('whatever is wrong with a signature has one and the same answer, whoever it says it is of', async () => {
    const of = (source: string) => ({ ...opened, source });
    const good = signedBy([secret], JSON.stringify(opened));
    const wrong: readonly (readonly [string, ApiAnswer])[] = [
      ['another secret', await send(opened, { secrets: [newSecret()] })],
      ['a body that was changed after signing', await send(opened, { secrets: [secret], instead: { ...opened, subject: 'made' } })],
      ['a source that was changed after signing', await send(opened, { secrets: [secret], instead: of('/agency/made-third-provider') })],
      ['another id', await send(opened, { secrets: [secret], headers: { 'webhook-id': 'msg_other' } })],
      ['another second', await send(opened, { secrets: [secret], headers: { 'webhook-timestamp': String(Number(good['webhook-timestamp']) - 1) } })],
      ['no number of seconds', await send(opened, { secrets: [secret], headers: { 'webhook-timestamp': 'made' } })],
      ['another version', await send(opened, { secrets: [secret], headers: { 'webhook-signature': String(good['webhook-signature']).replace('v1,', 'v2,') } })],
      ['no signature at all', await send(opened, { secrets: [secret], headers: { 'webhook-signature': 'v1,' } })],
      ['an agency without a credential', await send(of('/agency/made-third-provider'), { secrets: [secret] })],
      ['an agency that nobody knows', await send(of('/agency/made-nobody'), { secrets: [secret] })],
      ['a source that is none', await send(of('made'), { secrets: [secret] })],
      ['no event', await send(null, { secrets: [secret] })],
      ['a batch of none', await send([], { secrets: [secret], type: BATCHED })],
    ];
    const [[, one] = ['', undefined]] = wrong;
    for (const [what, answer] of wrong) {
      expectProblem(answer, INVALID);
      expect({ what, body: answer.body }).toEqual({ what, body: one?.body });
      expect(answer.headers['www-authenticate']).toBe('Standard-Webhooks realm="jianheng"');
    }
  });

  test('without one of its headers there is no signature', async () => {
    for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature'])
      expectProblem(await send(opened, { secrets: [secret], headers: { [name]: '' } }), { status: 401, code: 'missing_signature' });
    const headers = { 'content-type': STRUCTURED, authorization: `Bearer ${await host.token(ACTORS.provider)}` };
    const answer = await host.api.request({ method: 'POST', path: '/v1/signed-events', headers, body: opened });
    expectProblem(answer, { status: 401, code: 'missing_signature' });
  });

  test('what the signature does not cover is refused, or has no effect', async () => {
    const { data, ...attributes } = byProvider();
    const headers = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce-${name}`, value]));
    const binary = await send(data, { secrets: [secret], type: 'application/json', headers });
    expectProblem(binary, { status: 415, code: 'unsupported_media_type' });
    expect(binary.body.detail).toContain('签名只包括请求体');
    expectProblem(await send(opened, { secrets: [secret], type: 'application/json' }), { status: 415, code: 'unsupported_media_type' });
    expectProblem(await send(opened, { secrets: [secret], query: 'preview=true' }), { status: 400, code: 'unknown_parameter' });
    const unsigned = { authorization: `Bearer ${await host.token(ACTORS.operator)}`, 'idempotency-key': 'made', 'if-match': '"7"', delegation: '0'.repeat(32) };
    await passes({ secrets: [secret], headers: unsigned });
  });

  test('a system has the rights of its kind’s clerk and no more, and nothing that is to be done in person', async () => {
    const source = '/agency/made-provider';
    expectProblem(await send(event(source, 'agencies/register-agency', agency('made')), { secrets: [secret] }), { status: 403, code: 'forbidden' });
    for (const command of ['agencies/delegate', 'interference/report-interference', 'notifications/disclose-reply'])
      expectProblem(await send(event(source, command, {}), { secrets: [secret] }), { status: 403, code: 'personal_token_required' });
    expectProblem(await send(event(source, 'proficiency/open-round', {}), { secrets: [secret] }), { status: 400, code: 'invalid_body', pointers: ['/year'] });
  });

  test('an institution’s system acts as one of its staff', async () => {
    const own = await register(INSTITUTION);
    const source = `/agency/${INSTITUTION}`;
    const answer = await send(event(source, 'commissions/archive-case', { case: '（2026）虚构鉴字第8号' }), { secrets: [own] });
    expectProblem(answer, { status: 404, code: 'not_found', pointers: ['/case'] });
    expectProblem(await send(event(source, 'commissions/open-case', {}), { secrets: [secret] }), INVALID);
    await expect(post('operator', 'agencies/register-credential', { agency: 'made-city-bureau', secret: newSecret() })).rejects.toThrow(/422/);
  });

  test('after a further secret was registered both are good for a day, then the further one alone', async () => {
    const next = await register('made-provider');
    for (const secrets of [[secret], [next], [secret, next], [next, newSecret()]]) await passes({ secrets });
    await host.setClock(new Date(host.clock.now() + 23 * 3_600_000).toISOString());
    for (const secrets of [[secret], [next]]) await passes({ secrets });
    await host.setClock(new Date(host.clock.now() + 2 * 3_600_000).toISOString());
    await passes({ secrets: [next] });
    await passes({ secrets: [secret, next] });
    expectProblem(await send(opened, { secrets: [secret] }), INVALID);
    secret = next;
  });

  test('after it was revoked none is good; one that is registered later is, and those before it stay bad', async () => {
    await post('operator', 'agencies/revoke-credential', { agency: 'made-provider' });
    expectProblem(await send(opened, { secrets: [secret] }), INVALID);
    const anew = await register('made-provider');
    await passes({ secrets: [anew] });
    expectProblem(await send(opened, { secrets: [secret] }), INVALID);
  });

  test('no secret stands in any answer, in any line of the log, or in clear in any file', async () => {
    await host.settle();
    const files = host.data === undefined ? [] : filesIn(host.data);
    if (host.data !== undefined) expect(files.length).toBeGreaterThan(0);
    const texts = [JSON.stringify(answers), host.lines.join('\n'), ...files];
    expect(texts.some((text) => text.includes('ProficiencyRoundOpened'))).toBe(true);
    expect(SECRETS.length).toBeGreaterThan(5);
    for (const each of SECRETS) {
      const base64 = each.slice('whsec_'.length);
      const bytes = Buffer.from(base64, 'base64');
      for (const form of [base64.slice(0, -1), bytes.toString('hex'), bytes.toString('latin1')]) expect(texts.some((text) => text.includes(form))).toBe(false);
    }
  });
}

/** Bytes of every file, one character each. */
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile())
    .map((file) => readFileSync(file, 'latin1'));

function publicSdk(): void {
  const source = '/agency/made-province-bureau/made-system';
  const registering = (id: string) => new CloudEvent({ ...event(source, 'agencies/register-agency', agency(id)), time: '2026-03-10T01:00:00Z', made: 'x' });
  const told = (answer: unknown) => JSON.parse((answer as { body: string }).body);
  const authorized = async () => ({ headers: { authorization: `Bearer ${await host.token(ACTORS.operator)}` } });
  const transport = () => httpTransport(`${host.url}/v1/events`);

  test.each([
    ['structured', Mode.STRUCTURED],
    ['binary', Mode.BINARY],
  ])('%s: emitted twice, it is given once', async (name, mode) => {
    const emit = emitterFor(transport(), { binding: HTTP, mode });
    const made = registering(`made-sdk-${name}`);
    const first = told(await emit(made, await authorized()));
    expect(first).toMatchObject({ stream: `agencies/agency/made-sdk-${name}`, version: 1, events: [{ type: 'AgencyRegistered' }] });
    expect(told(await emit(made, await authorized()))).toEqual(first);
    const other = name === 'binary' ? Mode.STRUCTURED : Mode.BINARY;
    expect(told(await emitterFor(transport(), { binding: HTTP, mode: other })(made, await authorized()))).toEqual(first);
    expect(told(await emit(made.cloneWith({ data: agency('made-sdk-other') }), await authorized()))).toMatchObject({ code: 'idempotency_key_reused' });
  });

  test('a batch that the SDK itself would read is answered item by item', async () => {
    const events = [registering('made-sdk-1'), registering('made-sdk-2')];
    const message = { headers: { 'content-type': CONSTANTS.MIME_CE_BATCH }, body: JSON.stringify(events) };
    expect(HTTP.toEvent(message)).toHaveLength(2);
    const { items } = told(await transport()(message, await authorized()));
    expect(items.map((item: { id: string; status: number }) => [item.id, item.status])).toEqual(events.map(({ id }) => [id, 201]));
  });

  test('what the SDK lets through and we do not is refused with its pointers', async () => {
    const emit = emitterFor(transport(), { binding: HTTP, mode: Mode.STRUCTURED });
    const made = registering('made-sdk-faulty').cloneWith({ id: 'mаde', source: '/agency/made-nobody' });
    expect(told(await emit(made, await authorized()))).toMatchObject({ status: 400, errors: [{ pointer: '/id' }, { pointer: '/source' }] });
  });
}

const describeHost = (name: string, make: () => Promise<Posted>, wire: boolean) =>
  describe(name, () => {
    beforeAll(async () => {
      SECRETS.length = 0;
      answers.length = 0;
      host = await make();
      await setUp();
    }, 120_000);
    afterAll(() => host.close());
    describe('events signed by the public library of Standard Webhooks', signedEvents);
    if (wire) describe('events of the public SDK of CloudEvents', publicSdk);
  });

describeHost('in this process', inMemory, false);
describeHost('over HTTP, SQLite', onSqlite, true);
withDynamoDb('events over the bundles that are deployed', () => {
  let server: DynamoDbLocal;
  afterAll(() => server?.stop());
  describeHost(
    'over HTTP, DynamoDB Local',
    async () => {
      server = await startDynamoDbLocal();
      return localHost({ dynamodb: async () => server.endpoint }, START)(PROVINCE);
    },
    true,
  );
});
