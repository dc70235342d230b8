import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AnyCommand, Right } from '../../functions/kernel/command.ts';
import { routesOf } from '../../functions/kernel/http/routes.ts';
import { agencyKind, ROLES_OF } from '../../functions/kernel/identity.ts';
import type { AnyQuery } from '../../functions/kernel/query.ts';
import { reachOf } from '../../functions/kernel/rights.ts';
import type { Reach } from '../../functions/kernel/words.ts';
import { loadDefinitions } from '../../infra/local/load-definitions.ts';
import { type ApiAnswer, requestFor } from '../support/api.ts';
import type { HostClaims } from '../support/host.ts';
import { ASKED } from './asked.ts';
import { ACTORS, type ActorName, INSTITUTION, type MadeProvince, madeProvince, type Played, playSlice } from './made-province.ts';
import { at } from './mutations.ts';
import { type Cell, cellsOf, MATRIX } from './rights-matrix.ts';
import { type Sample, samplesOf } from './samples.ts';

const definitions = await loadDefinitions();
const declared = new Map<string, AnyCommand | AnyQuery>([...definitions.commands, ...definitions.queries]);
const routes = new Map(routesOf(definitions).map((route) => ['command' in route ? route.command.name : route.query.name, route]));
const matrix = cellsOf(MATRIX);
const names = [...declared.keys()].sort();

/** Further agencies that the sample concerns, by one of theirs who deals with it. */
const ALSO: Readonly<Record<string, readonly ActorName[]>> = {
  'integrity/file': ['colleague'],
  'agencies/revoke-delegation': ['leader'],
  'deliveries/register-endpoint': ['superiorClerk'],
  'deliveries/rotate-endpoint-secret': ['clerk'],
  'deliveries/disable-endpoint': ['clerk'],
  'deliveries/enable-endpoint': ['healthClerk'],
  'deliveries/ping-endpoint': ['clerk'],
  'deliveries/redeliver': ['clerk'],
  'interference/circular': ['head'],
  'interference/circulars': ['head'],
  'interference/disclose-record': ['head'],
  'interference/disclose-report': ['head'],
  'interference/missing-rows': ['head'],
  'interference/statistics': ['head'],
  'notifications/disclose-reply': ['leader'],
  'notifications/reply-to-notice': ['provinceOfficer', 'discipline', 'healthClerk'],
  'proficiency/chart': ['head'],
  'proficiency/history': ['head'],
  'registry/cancellations': ['officer', 'head'],
  'registry/decision': ['officer', 'head'],
  'registry/disclose-hearing': ['registrar', 'head'],
  'sanctions/order': ['head'],
  'notifications/sign-for-notice': ['healthClerk', 'provinceOfficer', 'discipline'],
};

/** Lines that name different agencies of one kind: who is of the one that each relation names. */
const NAMED_APART: Readonly<Record<string, Readonly<Record<string, ActorName>>>> = {
  'deliveries/register-endpoint': { 端点所属单位: 'superiorClerk' },
  'deliveries/enable-endpoint': { 端点所属单位: 'healthClerk' },
  ...Object.fromEntries(
    ['rotate-endpoint-secret', 'disable-endpoint', 'ping-endpoint', 'redeliver'].map((name) => [`deliveries/${name}`, { 端点所属单位: 'clerk' as const }]),
  ),
  'registry/disclose-hearing': { 登记该鉴定机构的司法行政机关: 'registrar', 申请注销的司法行政机关: 'officer' },
};

/** What is named is named by who asks, so that others of the agency find nothing. */
const NAMED_BY_ONESELF: readonly string[] = [
  'proficiency/close-round',
  'proficiency/enrol-institutions',
  'proficiency/record-result',
  'interference/withdraw-report',
];

const missing = (name: string): string =>
  `${name} has no line in MATRIX of test/api/rights-matrix.ts. Add one by the law and the README of ${name.split('/')[0]}, not by the code, such as\n` +
  `${name} | institution head,staff @province =agency 本案鉴定机构的人员`;

test('every command and query has a line of the matrix, every line a command or query', () => {
  expect(names.filter((name) => !matrix.has(name)).map(missing)).toEqual([]);
  expect([...matrix.keys()].filter((name) => !declared.has(name))).toEqual([]);
  expect(Object.keys(ALSO).filter((name) => !matrix.has(name))).toEqual([]);
});

describe('the declaration says, cell by cell, what the matrix says', () => {
  const told = ({ kind, role, reach, relation = '不限', unseen }: Omit<Cell, 'scope'>) => `${kind} ${role} ${reach} ${relation}${unseen ? ' 404' : ''}`;

  test.each(names)('%s', (name) => {
    const { who } = declared.get(name) ?? {};
    const lines = who === 'system' ? [] : (who as readonly Right<unknown, unknown, unknown>[]);
    const cells = lines.flatMap((line) =>
      line.roles.map((role) =>
        told({ kind: line.kind, role, reach: reachOf(line), relation: line.relation?.title, unseen: line.relation?.unseen !== undefined }),
      ),
    );
    expect(cells.sort()).toEqual((matrix.get(name) ?? []).map(told).sort());
    expect(
      lines.filter(({ relation }) => relation?.ownViews).every(({ kind }) => matrix.get(name)?.some((cell) => cell.kind === kind && cell.scope === 'own')),
    ).toBe(true);
  });
});

const shapeOf = ({ input }: AnyCommand): object => (input as unknown as { shape?: object }).shape ?? {};

/** Of the province itself, of the city that the samples lie in, of another city, of another province, of the whole country. */
const DIVISIONS = ['360000', '360800', '360100', '310000', '100000'] as const;
const REACHED: Readonly<Record<Reach, readonly string[]>> = {
  anywhere: DIVISIONS,
  province: ['360000', '360800', '360100'],
  'province-level': ['360000'],
  'own-division': ['360000', '360800'],
};

/** Who asks: what of him the sample concerns. */
interface Asker extends HostClaims {
  readonly concerned: 'nothing' | 'agency' | 'person';
}

type Expected = 'allowed' | 'own' | 'forbidden' | 'unseen';

function expectedOf(name: string, cells: readonly Cell[], { kind, roles, division, agency, concerned }: Asker): Expected {
  const fitting = cells.filter((cell) => cell.kind === kind && roles.includes(cell.role) && REACHED[cell.reach].includes(division));
  const named = ({ relation = '' }: Cell) => {
    const who = NAMED_APART[name]?.[relation];
    return concerned !== 'nothing' && (who === undefined || ACTORS[who].agency === agency);
  };
  const holds = (cell: Cell) => cell.scope === 'any' || (cell.scope === 'agency' && named(cell)) || (cell.scope === 'person' && concerned === 'person');
  if (fitting.some(holds)) return 'allowed';
  if (fitting.some(({ scope }) => scope === 'own')) return 'own';
  return fitting.some(({ unseen }) => unseen) ? 'unseen' : 'forbidden';
}

/** Everyone who could ask: every kind, role and division; of the agency concerned, as the person concerned and another, and of another agency. */
const askersOf = (concerned: readonly HostClaims[]): readonly Asker[] =>
  agencyKind.options.flatMap((kind) =>
    ROLES_OF[kind].flatMap((role) =>
      DIVISIONS.flatMap((division): Asker[] => {
        const asker = { kind, division, roles: [role] };
        return [
          { ...asker, agency: `made-any-${kind}`, person: `made-any-${role}`, concerned: 'nothing' },
          ...concerned
            .filter((claims) => claims.kind === kind)
            .flatMap(({ agency, person, roles }): Asker[] => [
              { ...asker, agency, person: `made-any-${role}`, concerned: 'agency' },
              ...(roles.includes(role) ? [{ ...asker, agency, person, concerned: 'person' as const }] : []),
            ]),
        ];
      }),
    ),
  );

describe('the API answers, cell by cell, as the matrix says', () => {
  let made: MadeProvince;
  let played: Played;
  let samples: Readonly<Record<string, Sample>>;
  let before: string;
  let sent = 0;
  const tokens = new Map<string, Promise<string>>();
  beforeAll(async () => {
    made = await madeProvince();
    played = await playSlice(made);
    samples = samplesOf(played);
    before = made.everything();
  });
  afterAll(() => made.close());

  const authorization = async ({ concerned: _, ...claims }: Asker): Promise<string> => {
    const name = JSON.stringify(claims);
    const token = tokens.get(name) ?? made.host.token(claims);
    tokens.set(name, token);
    return `Bearer ${await token}`;
  };

  /** How a command or query is asked as everyone asks it here, for what there is and for what there is not. */
  function askingOf(name: string) {
    const asked = ASKED[name];
    const query = definitions.queries.get(name);
    if (query && asked) {
      const request = requestFor(query, asked.parameters(played));
      const ask = async (asker: Asker) => made.host.api.request({ ...request, headers: { authorization: await authorization(asker) } });
      return { who: asked.who, allowed: ask, refused: ask, unknown: [] };
    }
    const sample = samples[name];
    if (!sample) throw new Error(`${name} has no sample in samples.ts or asked.ts`);
    const post = (body: unknown, query: string) => async (asker: Asker) => {
      sent += 1;
      const headers = { authorization: await authorization(asker), 'idempotency-key': `right-${sent}`, 'content-type': 'application/json' };
      return made.host.api.request({ method: 'POST', path: `/v1/${name}`, query, headers, body });
    };
    return {
      who: sample.who,
      allowed: post(sample.body, 'preview=true'),
      refused: post(sample.body, ''),
      unknown: sample.unknown.map(([pointer, value]) => post(at(sample.body, pointer, value), '')),
    };
  }

  /** What is wrong with an answer; nothing where it is as it should be. */
  async function faultOf(name: string, asker: Asker, expected: Expected): Promise<string | undefined> {
    const { who, allowed, refused, unknown } = askingOf(name);
    if (expected === 'allowed' || expected === 'own') {
      const { status, body } = await allowed(asker);
      // Who asks as the sample does gets it; another's may fail by a rule, or name nothing of his own.
      const asSampled = asker.person === ACTORS[who].person || definitions.queries.has(name);
      const good = asSampled ? [200] : [200, 409, 422, ...(NAMED_BY_ONESELF.includes(name) ? [404] : [])];
      if (expected === 'own' && asker.concerned === 'nothing' && status === 404) return body.code === 'not_found' ? undefined : `404 ${body.code}`;
      if (!good.includes(status)) return `${status} ${body.code}`;
      if (expected === 'own' && asker.concerned === 'nothing' && body.items?.length > 0) return 'tells another agency’s';
      return undefined;
    }
    const answer = await refused(asker);
    const { status, body } = answer;
    const [wanted, code] = expected === 'forbidden' ? [403, 'forbidden'] : [404, 'not_found'];
    if (status !== wanted || body.code !== code || !/\p{Script=Han}/u.test(body.detail)) return `${status} ${body.code} ${body.detail ?? ''}`;
    const known = told(answer);
    if (expected === 'unseen' || !reached(name, asker)) {
      for (const ask of unknown) if (told(await ask(asker)) !== known) return 'tells whether it exists';
    }
    return undefined;
  }

  const told = ({ status, headers, body }: ApiAnswer): string => JSON.stringify([status, headers, body]);
  const reached = (name: string, { kind, roles, division }: Asker): boolean =>
    (matrix.get(name) ?? []).some((cell) => cell.kind === kind && roles.includes(cell.role) && REACHED[cell.reach].includes(division));

  test.each(names)(
    '%s',
    async (name) => {
      const cells = matrix.get(name) ?? [];
      if (!routes.has(name)) {
        expect(cells).toEqual([]);
        for (const asker of askersOf([]).filter(({ division }) => division === '360000')) {
          const headers = { authorization: await authorization(asker), 'idempotency-key': 'right', 'content-type': 'application/json' };
          expect(await made.host.api.request({ method: 'POST', path: `/v1/${name}`, headers, body: {} })).toMatchObject({
            status: 404,
            body: { code: 'unknown_route' },
          });
        }
        return;
      }
      const concerned = [askingOf(name).who, ...(ALSO[name] ?? [])].map((who) => ACTORS[who]);
      const counted = { allowed: 0, own: 0, forbidden: 0, unseen: 0 };
      const wrong: string[] = [];
      for (const asker of askersOf(concerned)) {
        const expected = expectedOf(name, cells, asker);
        counted[expected] += 1;
        const fault = await faultOf(name, asker, expected);
        if (fault) wrong.push(`${asker.kind} ${asker.roles} of ${asker.division}, concerned: ${asker.concerned}; expected ${expected}: ${fault}`);
      }
      expect(wrong).toEqual([]);
      expect(counted.allowed + counted.own).toBeGreaterThan(0);
      expect(made.everything() === before, 'something was written').toBe(true);
    },
    20_000,
  );

  /** Every command that names a report, with what else its sample says. */
  const namingReports = [...routes].flatMap(([name, route]) => ('command' in route && 'report' in shapeOf(route.command) ? [name] : []));

  describe.each(namingReports)('a report that passed one by, named to %s, is answered like a number that there is not', (name) => {
    const CITY = ACTORS.officer.agency;
    test.each<[string, 'directReport' | 'reportedReport', (who: HostClaims) => boolean]>([
      ['made straight to the bureau: to all but that bureau and who made it', 'directReport', (who) => who.agency !== CITY && who !== ACTORS.appraiser],
      ['with the institution and not yet forwarded: to all but the institution', 'reportedReport', (who) => who.agency !== INSTITUTION],
    ])('%s', async (_, report, passedBy) => {
      for (const [how, headers, query] of [
        ['sent', {}, ''],
        ['previewed', {}, 'preview=true'],
        ['at a version', { 'if-match': '"1"' }, ''],
        ['under a key that the asker has used', { 'idempotency-key': samples[name]?.usedKey ?? '' }, ''],
      ] as const) {
        for (const who of Object.values(ACTORS).filter(passedBy)) {
          const ask = async (id: string) => {
            const body = { ...samples[name]?.body, report: id };
            const all = {
              authorization: `Bearer ${await made.host.token(who)}`,
              'idempotency-key': `by-${name}`,
              'content-type': 'application/json',
              ...headers,
            };
            return made.host.api.request({ method: 'POST', path: `/v1/${name}`, query, headers: all, body });
          };
          const [known, unknown] = [await ask(played[report]), await ask('0'.repeat(32))];
          expect([403, 404]).toContain(known.status);
          expect({ how, roles: who.roles, answer: told(known) }).toEqual({ how, roles: who.roles, answer: told(unknown) });
        }
      }
      expect(made.everything() === before, 'something was written').toBe(true);
    });
  });

  test('some commands name reports', () => {
    expect(namingReports).toEqual(expect.arrayContaining(['interference/disclose-report', 'interference/forward-report', 'interference/route-report']));
  });
});
