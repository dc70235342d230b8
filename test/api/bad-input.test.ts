import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AnyCommand } from '../../functions/kernel/command.ts';
import { routesOf } from '../../functions/kernel/http/routes.ts';
import { ROLES_OF } from '../../functions/kernel/identity.ts';
import { LIMITS } from '../../functions/kernel/limits.ts';
import { loadDefinitions } from '../../infra/local/load-definitions.ts';
import type { ApiRequest } from '../support/api.ts';
import type { HostClaims } from '../support/host.ts';
import { expectProblem } from './expect-problem.ts';
import { HOSTS, type MakeMadeHost } from './made-hosts.ts';
import { ACTORS, type MadeProvince, madeProvince, playSlice } from './made-province.ts';
import { at, ECHO, mutationsOf } from './mutations.ts';
import { type Sample, samplesOf } from './samples.ts';

const definitions = await loadDefinitions();
const commands = routesOf(definitions).flatMap((route) => ('command' in route ? [route.command] : []));

let made: MadeProvince;
let samples: Readonly<Record<string, Sample>>;
let keys = 0;
/** {@link MadeProvince.everything}, as it was found last. */
let before: string;
/** By claims; the clock stands still. */
const tokens = new Map<HostClaims, Promise<string>>();

async function setUp(makeHost: MakeMadeHost): Promise<void> {
  made = await madeProvince(makeHost);
  samples = samplesOf(await playSlice(made));
  before = made.everything();
  tokens.clear();
}

function tokenOf(claims: HostClaims): Promise<string> {
  const known = tokens.get(claims) ?? made.host.token(claims);
  tokens.set(claims, known);
  return known;
}

const sampleOf = ({ name }: AnyCommand): Sample => {
  const found = samples[name];
  if (!found) throw new Error(`${name} has no sample: write one in samples.ts`);
  return found;
};

interface Sending {
  readonly claims?: HostClaims;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly body?: unknown;
  readonly method?: string;
}

async function requestOf(command: AnyCommand, sending: Sending = {}): Promise<ApiRequest> {
  const sample = sampleOf(command);
  const { claims, token, headers = {}, query = '', method = 'POST' } = sending;
  keys += 1;
  return {
    method,
    path: `/v1/${command.name}`,
    query,
    headers: {
      authorization: token ?? `Bearer ${await tokenOf(claims ?? ACTORS[sample.who])}`,
      'content-type': 'application/json',
      'idempotency-key': `bad-${keys}`,
      ...headers,
    },
    body: 'body' in sending ? sending.body : sample.body,
  };
}

type Expected = Parameters<typeof expectProblem>[1];

/** Sent, refused as expected, and nothing anywhere has changed. */
async function refused(command: AnyCommand, sending: Sending, expected: Expected): Promise<void> {
  expectProblem(await made.request(await requestOf(command, sending)), expected);
  expectNothingWritten();
}

/** Since it was last asked. */
function expectNothingWritten(): void {
  const after = made.everything();
  const same = after === before;
  before = after;
  expect(same, 'something was written').toBe(true);
}

describe.each(HOSTS)('%s', (_, makeHost) => {
  beforeAll(() => setUp(makeHost));
  afterAll(() => made.close());

  describe('the samples', () => {
    test('there is one for every command that an agency may give, and none beside them', () => {
      expect(Object.keys(samples).sort()).toEqual(commands.map(({ name }) => name).sort());
    });

    // A province of its own for each is dear over HTTP, where a preview decides the same; the scenarios write over HTTP.
    test.each(commands)('$name: its sample is accepted as it stands', async (command) => {
      if (made.host.wire) {
        expect(await made.request({ ...(await requestOf(command)), query: 'preview=true' })).toMatchObject({ status: 200 });
        return;
      }
      const own = await madeProvince(makeHost);
      const sample = samplesOf(await playSlice(own))[command.name] as Sample;
      expect((await own.post(sample.who, command.name, sample.body)).status).toBe(201);
      await own.close();
    });
  });

  describe.each(commands)('$name', (command) => {
    test('a body that a schema refuses, at every field: 400 with the pointer', async () => {
      const { body } = sampleOf(command);
      for (const mutation of mutationsOf(command.input, body)) {
        await refused(command, { body: JSON.stringify(mutation.body) }, { status: 400, code: 'invalid_body', pointers: mutation.pointers }).catch((cause) => {
          throw new Error(`${mutation.name}: ${cause.message}`, { cause });
        });
      }
    });

    test('a body that is no JSON of ours: 400, 413, 415', async () => {
      const text = JSON.stringify(sampleOf(command).body);
      for (const body of ['', ' ', '{', `${text}}`, 'undefined', "{'a':1}", `\ufeff${text}`, text.slice(0, -1), '{"a":NaN}', `${text}\n${text}`]) {
        await refused(command, { body }, { status: 400, code: 'malformed_json' });
      }
      const [key] = Object.keys(sampleOf(command).body);
      await refused(command, { body: `{"${key}":1,${text.slice(1)}` }, { status: 400, code: 'malformed_json', pointers: [`/${key}`] });
      await refused(command, { body: `{"a":${'['.repeat(LIMITS.depth + 1)}${']'.repeat(LIMITS.depth + 1)}}` }, { status: 400, code: 'malformed_json' });
      await refused(command, { body: `{"a":${'['.repeat(60_000)}${']'.repeat(60_000)}}` }, { status: 400, code: 'malformed_json' });
      await refused(command, { body: `{"__proto__":{},${text.slice(1)}` }, { status: 400, code: 'malformed_json' });
      await refused(command, { body: '{"a":"\\ud800"}' }, { status: 400, code: 'malformed_json', pointers: ['/a'] });
      await refused(command, { body: `"${'x'.repeat(LIMITS.body)}"` }, { status: 413, code: 'too_large' });
      for (const body of ['null', '[]', '"text"', '1', 'true']) await refused(command, { body }, { status: 400, code: 'invalid_body' });
      for (const type of ['', 'text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=gbk', 'application/jsonx', 'multipart/form-data']) {
        await refused(command, { headers: { 'content-type': type } }, { status: 415, code: 'unsupported_media_type' });
      }
    });

    test('codes with a wrong check character, unknown ids, what is another’s: 400, 404, 403', async () => {
      const { body, wrongCodes = [], unknown, stranger } = sampleOf(command);
      for (const [pointer, value] of wrongCodes)
        await refused(command, { body: JSON.stringify(at(body, pointer, value)) }, { status: 400, pointers: [pointer] });
      for (const [pointer, value] of unknown) {
        await refused(command, { body: JSON.stringify(at(body, pointer, value)) }, { status: 404, code: 'not_found', pointers: [pointer] }).catch((cause) => {
          throw new Error(`${pointer}: ${cause.message}`, { cause });
        });
      }
      if (stranger) await refused(command, { claims: ACTORS[stranger.who] }, { status: stranger.status });
    });

    test('no token, an expired, forged, unsigned or HMAC-confused one, one of another issuer or audience: 401', async () => {
      const { issuer } = made.host;
      const claims = { ...ACTORS[sampleOf(command).who] };
      const tokens: readonly (readonly [code: string, header: string])[] = [
        ['missing_token', ''],
        ['malformed_token', ECHO],
        ['malformed_token', 'Bearer a.b'],
        ['malformed_token', `Basic ${Buffer.from('a:b').toString('base64')}`],
        ['expired_token', `Bearer ${await issuer.expired(claims)}`],
        ['invalid_token', `Bearer ${await issuer.forged(claims)}`],
        ['invalid_token', `Bearer ${issuer.unsigned(claims)}`],
        ['invalid_token', `Bearer ${await issuer.hmacConfused(claims)}`],
        ['invalid_token', `Bearer ${await issuer.sign({ ...claims, iss: 'https://made.example' })}`],
        ['invalid_token', `Bearer ${await issuer.sign({ ...claims, aud: 'another' })}`],
        ['invalid_token', `Bearer ${await issuer.sign({ ...claims, exp: undefined })}`],
      ];
      for (const [code, token] of tokens) await refused(command, { token }, { status: 401, code });
    });

    test('claims that name no possible actor, and every kind and role that the table of rights does not list: 403', async () => {
      const own = ACTORS[sampleOf(command).who];
      for (const wrong of [
        { agency: 'system' },
        { agency: '' },
        { kind: 'made-kind' },
        { division: '36' },
        { person: '' },
        { roles: [] },
        { roles: ['system'] },
      ]) {
        await refused(command, { claims: { ...own, ...wrong } as HostClaims }, { status: 403, code: 'invalid_claims' });
      }
      const who = command.who as readonly { kind: string; roles: readonly string[] }[];
      for (const [kind, roles] of Object.entries(ROLES_OF)) {
        for (const role of roles) {
          if (who.some((line) => line.kind === kind && line.roles.includes(role))) continue;
          await refused(command, { claims: { ...own, kind, roles: [role] } }, { status: 403, code: 'forbidden' });
        }
      }
    });

    test('a key used with another body, a stale or malformed If-Match, a malformed key, an unknown parameter: 409, 400', async () => {
      await refused(command, { headers: { 'idempotency-key': sampleOf(command).usedKey } }, { status: 409, code: 'idempotency_key_reused' });
      await refused(command, { headers: { 'if-match': '"99"' } }, { status: 409, code: 'stale_version' });
      for (const ifMatch of ['', '*', ECHO, 'W/"1"', '-1', '1.5', '12345678901']) {
        await refused(command, { headers: { 'if-match': ifMatch } }, { status: 400, code: 'invalid_if_match' });
      }
      // A header's value ends before the blanks behind it, and can hold no end of a line.
      const missing = made.host.wire ? ['', ' '] : [''];
      const unsayable = made.host.wire ? [] : [' ', `${ECHO}\n`];
      for (const key of missing) await refused(command, { headers: { 'idempotency-key': key } }, { status: 400, code: 'missing_idempotency_key' });
      for (const key of ['虚构键', 'a b', 'x'.repeat(129), ...unsayable]) {
        await refused(command, { headers: { 'idempotency-key': key } }, { status: 400, code: 'invalid_idempotency_key' });
      }
      for (const query of ['made=1', `${encodeURIComponent(ECHO)}=1`, 'preview=true&preview=true', '__proto__=1', 'preview=true&made=1']) {
        await refused(command, { query }, { status: 400, code: 'unknown_parameter' });
      }
    });

    test('another method: 405 with what is allowed; a path beside it: 404', async () => {
      for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) {
        const answer = await made.request({ ...(await requestOf(command)), method });
        expectProblem(answer, { status: 405, code: 'method_not_allowed' });
        expect(answer.headers.allow).toBe('POST');
      }
      for (const path of [`/v1/${command.name}/`, `/v2/${command.name}`, `/v1/${command.name}/${ECHO}`, `/v1//${command.name}`]) {
        expectProblem(await made.request({ ...(await requestOf(command)), path }), { status: 404, code: 'unknown_route' });
      }
    });

    test('a preview writes nothing, accepted or refused', async () => {
      const answer = await made.request(await requestOf(command, { query: 'preview=true' }));
      expect({ status: answer.status, code: answer.body.code }).toEqual({ status: 200, code: undefined });
      expect(answer.body.steps.length).toBeGreaterThan(0);
      expectNothingWritten();
    });
  });
});
