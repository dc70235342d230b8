import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AnyQuery } from '../../functions/kernel/query.ts';
import { loadDefinitions } from '../../infra/local/load-definitions.ts';
import { requestFor } from '../support/api.ts';
import type { HostClaims } from '../support/host.ts';
import { ASKED, type Parameters } from './asked.ts';
import { expectProblem } from './expect-problem.ts';
import { HOSTS } from './made-hosts.ts';
import { ACTORS, type ActorName, INSTITUTION, type MadeProvince, madeProvince, OTHER_INSTITUTION, type Played, playSlice } from './made-province.ts';
import { ECHO } from './mutations.ts';

const definitions = await loadDefinitions();
const queries = [...definitions.queries.values()];

let made: MadeProvince;
let played: Played;
let before: string;

const askedOf = ({ name }: AnyQuery) => {
  const found = ASKED[name];
  if (!found) throw new Error(`${name} is not in the table: say how it is asked`);
  return { who: ACTORS[found.who], parameters: found.parameters(played), other: ACTORS[found.other] };
};

const ask = async (
  query: AnyQuery,
  parameters: Parameters,
  { claims, token, method = 'GET', more }: { claims?: HostClaims; token?: string; method?: string; more?: string } = {},
) => {
  const request = requestFor(query, parameters);
  const answer = await made.request({
    ...request,
    query: [request.query, more].filter(Boolean).join('&'),
    method,
    headers: { authorization: token ?? `Bearer ${await made.host.token(claims ?? askedOf(query).who)}` },
  });
  expect(made.everything() === before, 'something was written').toBe(true);
  return answer;
};

test('the table says of every query how it is asked, and of no other', () => {
  expect(Object.keys(ASKED).sort()).toEqual(queries.map(({ name }) => name).sort());
});

/** Listings that are the same for everyone. */
const PUBLIC: readonly string[] = ['agencies/directory', 'registry/roster'];

const shapeOf = ({ parameters }: AnyQuery) => (parameters as unknown as { shape: object }).shape;

describe.each(HOSTS)('%s', (_, makeHost) => {
  beforeAll(async () => {
    made = await madeProvince(makeHost);
    played = await playSlice(made);
    before = made.everything();
  });
  afterAll(() => made.close());

  describe.each(queries.filter((query) => 'cursor' in shapeOf(query)))('the listing $name', (query) => {
    test('asked rightly, it answers; page by page all of it, each item once', async () => {
      const { parameters } = askedOf(query);
      const whole = await ask(query, { ...parameters, limit: '200' });
      expect(whole).toMatchObject({ status: 200, body: { items: expect.any(Array), next: null } });
      expect(whole.body.items.length).toBeGreaterThan(0);
      const pages: unknown[] = [];
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const { status, body } = await ask(query, { ...parameters, limit: '1', ...(cursor === undefined ? {} : { cursor }) });
        expect(status).toBe(200);
        pages.push(...body.items);
        cursor = body.next;
      }
      expect(pages).toEqual(whole.body.items);
    });

    test('a limit out of its range: 400', async () => {
      const { parameters } = askedOf(query);
      for (const limit of ['0', '1001', '-1', 'abc', '1.5', '', '1e9', 'NaN', ECHO, '99999999999999999999']) {
        expectProblem(await ask(query, { ...parameters, limit }), { status: 400, pointers: ['/limit'] });
      }
    });

    test('a cursor that no page of this listing gave: 400, never somebody else’s rows', async () => {
      const { parameters, other } = askedOf(query);
      const { body } = await ask(query, { ...parameters, limit: '1' });
      const foreign = [
        '',
        'a',
        ECHO,
        'AAAA',
        Buffer.from('2026-03-10').toString('base64url'),
        Buffer.from([0xff, 0xfe]).toString('base64url'),
        '.',
        '..',
        '%00',
        '\0',
      ];
      for (const cursor of foreign) expectProblem(await ask(query, { ...parameters, cursor }), { status: 400, pointers: ['/cursor'] });
      const next = body.next as string | null;
      if (next === null) return;
      for (const cursor of [`${next}x`, next.slice(0, -1), `x${next}`, `${next}=`])
        expectProblem(await ask(query, { ...parameters, cursor }), { status: 400, code: 'invalid_cursor' });
      if (!PUBLIC.includes(query.name)) {
        const answer = await ask(query, { ...parameters, cursor: next }, { claims: other });
        expectProblem(answer);
        expect([400, 403]).toContain(answer.status);
      }
    });
  });

  describe.each(queries)('$name', (query) => {
    test('unknown parameters, one given twice: 400', async () => {
      const { parameters } = askedOf(query);
      for (const more of ['made=1', `${ECHO}=1`, 'limit=1&limit=1', 'cursor=a&cursor=b', '__proto__=1', 'constructor=1', 'correlationId=a']) {
        expectProblem(await ask(query, parameters, { more }), { status: 400, code: 'unknown_parameter' });
      }
    });

    test('every parameter with a value that no schema takes: 400 with the pointer', async () => {
      const { parameters } = askedOf(query);
      for (const name of Object.keys(shapeOf(query))) {
        expectProblem(await ask(query, { ...parameters, [name]: ECHO.repeat(200) }), { status: 400, pointers: [`/${name}`] });
      }
      for (const name of Object.keys(parameters)) {
        const { [name]: _, ...rest } = parameters;
        const answer = await ask(query, rest);
        if (answer.status !== 200) expectProblem(answer);
      }
    });

    test('a token that is none, kind and role that the table does not list, another method', async () => {
      const { issuer } = made.host;
      const { who, parameters } = askedOf(query);
      expectProblem(await ask(query, parameters, { token: '' }), { status: 401, code: 'missing_token' });
      for (const token of [
        await issuer.expired({ ...who }),
        await issuer.forged({ ...who }),
        issuer.unsigned({ ...who }),
        await issuer.hmacConfused({ ...who }),
      ]) {
        expectProblem(await ask(query, parameters, { token: `Bearer ${token}` }), { status: 401 });
      }
      for (const claims of Object.values(ACTORS)) {
        const listed = query.who.some(({ kind, roles }) => kind === claims.kind && roles.some((role) => claims.roles.includes(role)));
        if (!listed) expectProblem(await ask(query, parameters, { claims }), { status: 403, code: 'forbidden' });
      }
      const answer = await ask(query, parameters, { method: 'POST' });
      expectProblem(answer, { status: 405 });
      expect(answer.headers.allow).toBe('GET');
    });
  });

  describe('what is another agency’s', () => {
    const items = async (name: string, who: ActorName, parameters: Parameters = {}) => {
      const { status, body } = await ask(definitions.queries.get(name) as AnyQuery, parameters, { claims: ACTORS[who] });
      return { status, items: body.items };
    };

    test('stands in no listing of one’s own', async () => {
      for (const [name, who] of [
        ['interference/circulars', 'otherHead'],
        ['interference/circulars', 'otherOfficer'],
        ['interference/missing-rows', 'otherHead'],
        ['interference/missing-rows', 'provinceOfficer'],
        ['interference/records', 'otherHead'],
        ['interference/reports', 'otherHead'],
        ['interference/reports', 'otherOfficer'],
        ['agencies/delegations', 'otherOfficer'],
        ['sanctions/orders', 'otherHead'],
        ['sanctions/orders', 'provinceOfficer'],
        ['deadlines/agenda', 'superiorClerk'],
        ['notifications/inbox', 'superiorClerk'],
        ['notifications/sent', 'clerk'],
        ['notifications/sent', 'otherHead'],
        ['registry/cancellations', 'otherHead'],
        ['registry/cancellations', 'otherOfficer'],
      ] as const) {
        expect({ name, who, ...(await items(name, who)) }).toEqual({ name, who, status: 200, items: [] });
      }
    });

    test('statistics: a bureau of whom it supervises, a province’s of all, a head of his own; a circular: who issued it and whom it names', async () => {
      const asked = async (name: string, who: ActorName, parameters: Parameters = {}) => {
        const { status, body } = await ask(definitions.queries.get(name) as AnyQuery, parameters, { claims: ACTORS[who] });
        return { name, who, status, lines: (body.items ?? body.lines ?? []).map(({ institution }: { institution: string }) => institution) };
      };
      const name = 'interference/statistics';
      const all = [INSTITUTION, OTHER_INSTITUTION].toSorted();
      expect(await asked(name, 'officer')).toMatchObject({ status: 200, lines: [INSTITUTION] });
      expect(await asked(name, 'otherOfficer')).toMatchObject({ status: 200, lines: [OTHER_INSTITUTION] });
      expect(await asked(name, 'provinceOfficer')).toMatchObject({ status: 200, lines: all });
      expect(await asked(name, 'provinceOfficer', { institution: INSTITUTION })).toMatchObject({ status: 200, lines: [INSTITUTION] });
      expect(await asked(name, 'head', { institution: INSTITUTION })).toMatchObject({ status: 200, lines: [INSTITUTION] });
      for (const [who, institution, status] of [
        ['officer', OTHER_INSTITUTION, 403],
        ['officer', 'made-nobody', 404],
        ['head', OTHER_INSTITUTION, 403],
        ['appraiser', INSTITUTION, 403],
        ['clerk', INSTITUTION, 403],
      ] as const) {
        expect(await asked(name, who, { institution })).toMatchObject({ who, status, lines: [] });
      }
      const { circular } = played;
      for (const who of ['officer', 'head'] as const)
        expect(await asked('interference/circular', who, { circular })).toMatchObject({ who, status: 200, lines: [INSTITUTION] });
      for (const [who, status] of [
        ['otherHead', 404],
        ['otherOfficer', 404],
        ['provinceOfficer', 404],
        ['appraiser', 403],
      ] as const) {
        expect(await asked('interference/circular', who, { circular })).toMatchObject({ who, status, lines: [] });
      }
    });

    test('an integrity file: its subject, its institution for what arose there, a bureau; nobody else', async () => {
      const file = { kind: 'appraiser', id: played.person };
      expect((await items('integrity/file', 'colleague', file)).items).toHaveLength(3);
      expect((await items('integrity/file', 'head', file)).items).toHaveLength(3);
      expect(await items('integrity/file', 'otherHead', file)).toEqual({ status: 200, items: [] });
      for (const [who, asked] of [
        ['appraiser', file],
        ['stranger', file],
        ['otherHead', { kind: 'institution', id: INSTITUTION }],
        ['head', { kind: 'institution', id: OTHER_INSTITUTION }],
        ['clerk', file],
        ['operator', file],
        ['officer', { kind: 'appraiser' }],
      ] as const) {
        expect({ who, ...(await items('integrity/file', who, asked)) }).toMatchObject({ who, status: 403 });
      }
    });
  });
});
