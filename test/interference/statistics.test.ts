import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import statistics from '../../functions/interference/queries/statistics.ts';
import { knownLines, overdueOf } from '../../functions/interference/queries/views/statistics.ts';
import { lengthOf, monthsOf, type Statistics } from '../../functions/interference/statistics.ts';
import { statisticsPage } from '../../functions/interference/statistics-page.ts';
import { completeUscc } from '../../functions/kernel/codes/uscc.ts';
import { isRefusal } from '../../functions/kernel/decision.ts';
import type { Actor, AgencyKind, Role } from '../../functions/kernel/identity.ts';
import type { ViewStore } from '../../functions/kernel/ports.ts';
import { rebuild } from '../../functions/kernel/project.ts';
import { loadDefinitions } from '../../infra/local/load-definitions.ts';
import { InProcessApi } from '../support/api.ts';
import { id } from '../support/heard.ts';
import { setUpMade } from '../support/made-kernel.ts';
import { viewsOf } from '../support/views.ts';

const definitions = await loadDefinitions();
const CITY = 'made-city-bureau';
const PROVINCE = 'made-province-bureau';
const ONE = completeUscc('31360802MADE0001');
const OTHER = completeUscc('31360803MADE0002');

const claims = (agency: string, kind: AgencyKind, role: Role, person: string = `made-${role}`) => ({
  agency,
  kind,
  division: agency === PROVINCE ? '360000' : '360800',
  person,
  roles: [role],
});
type Claims = ReturnType<typeof claims>;
const OFFICER = claims(CITY, 'justice-bureau', 'officer');
const HEAD = claims(ONE, 'institution', 'head');
const APPRAISER = claims(ONE, 'institution', 'appraiser', `LICENCE-${ONE}-0`);

const told = (box: 'insider' | 'other') => ({
  answer: 'interference',
  interferers: [box === 'insider' ? { box } : { box, other: '虚构' }],
  contents: [{ box: 'plead' }],
  articleThree: ['plead'],
  account: '虚构的具体情况',
  evidence: [],
});

/** A province with a bureau and two institutions, and the ways to act in it. */
async function province() {
  const made = await setUpMade({ definitions, now: '2026-03-31T02:00:00.000Z' });
  const api = new InProcessApi(made.kernel, async (authorization) => ({ ok: true, claims: JSON.parse(authorization ?? '{}') }));
  let sent = 0;
  const give = async (who: Claims, command: string, body: unknown) => {
    sent += 1;
    const headers = { authorization: JSON.stringify(who), 'idempotency-key': `k-${sent}`, 'content-type': 'application/json' };
    const answer = await api.request({ method: 'POST', path: `/v1/${command}`, headers, body });
    await made.province.settle();
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return { id: String(answer.body.stream).split('/').at(-1) ?? '', row: answer.body.correlationId as string };
  };
  const ask = async (who: Claims, parameters: Readonly<Record<string, string>> = {}): Promise<Statistics> => {
    const query = new URLSearchParams(parameters).toString();
    const headers = { authorization: JSON.stringify(who) };
    const { status, body } = await api.request({ method: 'GET', path: '/v1/interference/statistics', query, headers });
    expect(status, JSON.stringify(body)).toBe(200);
    return body;
  };
  const operator = claims(PROVINCE, 'justice-bureau', 'operator');
  const registrar = claims(PROVINCE, 'justice-bureau', 'registrar');
  for (const [agency, level, superior] of [
    [PROVINCE, 'province', null],
    [CITY, 'city', PROVINCE],
  ])
    await give(operator, 'agencies/register-agency', {
      id: agency,
      name: `虚构${level}`,
      kind: 'justice-bureau',
      level,
      division: '360800',
      superior,
      discipline: null,
    });
  for (const uscc of [ONE, OTHER]) {
    await give(registrar, 'registry/register-institution', { uscc, name: '虚构鉴定所', division: '360802', supervisedBy: CITY, scopes: ['medicine-0201'] });
    for (const at of [0, 1])
      await give(registrar, 'registry/register-appraiser', { institution: uscc, scopes: ['medicine-0201'], name: '虚构', licence: `LICENCE-${uscc}-${at}` });
  }
  const open = (number: string, receivedOn?: string) =>
    give(HEAD, 'commissions/open-case', {
      case: number,
      matter: '虚构',
      commissioner: { kind: 'person' },
      appraisers: [0, 1].map((at) => `LICENCE-${ONE}-${at}`),
      ...(receivedOn === undefined ? {} : { receivedOn }),
    });
  const report = async (number: string, to: 'institution' | 'bureau', box: 'insider' | 'other' = 'other') => {
    const { row } = await give(APPRAISER, 'interference/sign-row', { case: number, content: told(box) });
    const insider = box === 'insider' ? 'head' : 'none';
    return { row, body: { case: number, row, to, content: told(box), insider, seriousConsequences: false } };
  };
  return { made, give, ask, open, report };
}

const march = { from: '2026-03' };
const lineOf = ({ items }: Statistics, institution: string) => items.find((each) => each.institution === institution);

describe('印发通知第二段: 检查统计', () => {
  test('X11: given facts on both sides of a month’s end in Shanghai, then each counts in the month of its day there', async () => {
    const { made, ask, open } = await province();
    made.clock.at = Date.parse('2026-03-31T15:59:59.000Z');
    await open('虚构1号');
    made.clock.at = Date.parse('2026-03-31T16:00:00.000Z');
    await open('虚构2号');
    await open('虚构3号', '2026-03-30');
    expect(lineOf(await ask(OFFICER, march), ONE)?.cases).toBe(2);
    expect(lineOf(await ask(OFFICER, { from: '2026-04' }), ONE)?.cases).toBe(1);
    expect(lineOf(await ask(OFFICER, { from: '2026-03', to: '2026-04' }), ONE)?.cases).toBe(3);
    expect(await ask(OFFICER)).toMatchObject({ from: '2026-04', to: '2026-04' });
    expect(lineOf(await ask(HEAD, { from: '2026-02' }), ONE)?.cases).toBe(0);
  });

  test('given a province at work, then the table rebuilt from the ledger is the table kept', async () => {
    const { made, give, ask, open, report } = await province();
    await open('虚构1号');
    const forwarded = await give(APPRAISER, 'interference/report-interference', (await report('虚构1号', 'institution')).body);
    await give(HEAD, 'interference/forward-report', { report: forwarded.id });
    await give(APPRAISER, 'interference/report-interference', (await report('虚构1号', 'institution')).body);
    const direct = await give(APPRAISER, 'interference/report-interference', (await report('虚构1号', 'bureau', 'insider')).body);
    await give(OFFICER, 'interference/route-report', { report: direct.id, established: [{ situation: 'insider-head', separable: true }] });
    await give(OFFICER, 'interference/report-upward', { report: direct.id, reason: '虚构重要情况' });
    made.clock.at = Date.parse('2026-04-10T02:00:00.000Z');
    await made.province.sweep();

    const kept = await ask(OFFICER, march);
    expect(lineOf(kept, ONE)).toMatchObject({
      cases: 1,
      rows: 3,
      reports: 2,
      forwarded: 1,
      open: 1,
      overdue: 1,
      overdueByKind: { 'forward-report': 1 },
      atBureau: { direct: 1, routed: 1, 'act:investigate': 1, upward: 1, waiting: 1, handling: 1, sought: 0, undecided: 0 },
    });
    expect(lineOf(kept, OTHER)).toMatchObject({ cases: 0, rows: 0, atBureau: { direct: 0, waiting: 0 } });
    expect(kept.totals).toMatchObject({ cases: 1, rows: 3, atBureau: { direct: 1, waiting: 1 } });
    expect(kept.bureaus).toEqual([{ bureau: CITY, name: '虚构city', overdue: 1, overdueByKind: { 'route-report': 1 } }]);

    const rows = () => JSON.stringify(made.views.allRows().filter(({ listing }) => listing !== 'kernel/progress'));
    const before = { rows: rows(), counters: made.views.allCounters() };
    await rebuild(made.kernel);
    expect({ rows: rows(), counters: made.views.allCounters() }).toEqual(before);
    const { asOf: _, ...table } = kept as Statistics & { asOf: string };
    const { asOf: __, ...rebuilt } = (await ask(OFFICER, march)) as Statistics & { asOf: string };
    expect(rebuilt).toEqual(table);
  });

  test('第五条第二款、第十条: given a direct report and all that follows, then no answer to the institution changes, and the bureau’s does', async () => {
    const { made, give, ask, open, report } = await province();
    await open('虚构1号');
    const { body } = await report('虚构1号', 'bureau', 'insider');
    const ways = [march, { from: '2026-01', to: '2026-12', institution: ONE }];
    const seen = async () => JSON.stringify(await Promise.all(ways.map(async (way) => ({ ...(await ask(HEAD, way)), asOf: null }))));
    const [before, beforeAtBureau] = [await seen(), await ask(OFFICER, march)];
    const direct = await give(APPRAISER, 'interference/report-interference', body);
    await give(OFFICER, 'interference/route-report', { report: direct.id, established: [{ situation: 'insider-head', separable: true }] });
    await give(OFFICER, 'interference/report-upward', { report: direct.id, reason: '虚构重要情况' });
    await made.province.sweep();
    expect(await seen()).toBe(before);
    expect(lineOf(beforeAtBureau, ONE)?.atBureau).toMatchObject({ direct: 0, routed: 0 });
    expect(lineOf(await ask(OFFICER, march), ONE)?.atBureau).toMatchObject({ direct: 1, routed: 1 });
    expect(before).not.toMatch(/atBureau|bureaus|direct/);
  });
});

describe('第十条: where a table is read from', () => {
  const agencies = [
    { id: CITY, name: '虚构市局', level: 'city' },
    { id: PROVINCE, name: '虚构省厅', level: 'province' },
  ].map((item) => ({ listing: 'agencies/by-id', partition: 'all', sort: item.id, item }));
  const institutions = [ONE, OTHER].flatMap((uscc) => {
    const supervisedBy = uscc === ONE ? CITY : 'made-other-bureau';
    const item = { uscc, name: `虚构${uscc}`, supervisedBy };
    return [
      { listing: 'registry/by-code', partition: 'all', sort: uscc, item },
      { listing: 'registry/supervised', partition: supervisedBy, sort: uscc, item },
    ];
  });
  const reading = async (actor: Actor, asked: object = {}) => {
    const places: string[] = [];
    const below = viewsOf([...agencies, ...institutions], { [`interference/at-bureau/2026-03/${CITY}/${ONE}/direct`]: 1 });
    const views: Pick<ViewStore, 'row' | 'rows' | 'counter' | 'counters'> = {
      ...below,
      rows: (listing, partition, options) => {
        places.push(`${listing}/${partition}`);
        return below.rows(listing, partition, options);
      },
      counters: (prefix) => {
        places.push(prefix);
        return below.counters(prefix);
      },
    };
    const context = { actor, views, now: '', today: '2026-03-10', pseudonym: () => '' };
    return { places, answer: (await statistics.read(statistics.parameters.parse(asked), context)) as unknown as Statistics };
  };
  const actor = (agency: string, kind: AgencyKind, role: Role): Actor => ({ agency, kind, division: '360800', person: id('9'), roles: [role] });

  test('given an institution, then nothing is looked at but its own', async () => {
    const { places, answer } = await reading(actor(ONE, 'institution', 'head'));
    expect(places.filter((place) => !place.includes(ONE))).toEqual([]);
    expect(places.filter((place) => /at-bureau|undecided/.test(place))).toEqual([]);
    expect(answer.items).toHaveLength(1);
    expect(answer.bureaus).toBeUndefined();
  });

  test.each([
    ['a city’s bureau', actor(CITY, 'justice-bureau', 'officer'), [ONE]],
    ['a province’s bureau', actor(PROVINCE, 'justice-bureau', 'leader'), [ONE, OTHER]],
    ['the ministry', actor('made-ministry', 'ministry', 'officer'), [ONE, OTHER]],
    ['a bureau that the directory does not know', actor('made-nobody', 'justice-bureau', 'officer'), []],
  ])('given %s, then these are its institutions', async (_, asker, expected) => {
    const { answer } = await reading(asker);
    expect(answer.items.map(({ institution }) => institution)).toEqual(expected.toSorted());
    expect(answer.items.find(({ institution }) => institution === ONE)?.atBureau?.direct).toBe(expected.length === 0 ? undefined : 1);
  });

  test('given a bureau that asks of another’s institution, or of none, then it is refused', async () => {
    const asker = actor(CITY, 'justice-bureau', 'officer');
    expect(await reading(asker, { institution: OTHER })).toMatchObject({ answer: { refused: 'forbidden' } });
    expect(await reading(asker, { institution: 'made-nobody' })).toMatchObject({ answer: { refused: 'not-found', pointer: '/institution' } });
    expect(isRefusal((await reading(asker, { institution: ONE })).answer)).toBe(false);
  });
});

describe('a period', () => {
  test.each([
    [{ from: '2026-01', to: '2028-12' }, true],
    [{ from: '2026-01', to: '2029-01' }, false],
    [{ from: '2026-03', to: '2026-03' }, true],
    [{ from: '2026-03', to: '2026-02' }, false],
    [{ from: '2026-13' }, false],
    [{ to: '1999-12' }, false],
    [{}, true],
  ])('%o: %s', (asked, fits) => {
    expect(statistics.parameters.safeParse(asked).success).toBe(fits);
  });

  test('has every month from its first to its last, each once', () => {
    expect(monthsOf({ from: '2025-11', to: '2026-02' })).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
    expect(lengthOf({ from: '2026-02', to: '2026-01' })).toBe(0);
    fc.assert(
      fc.property(fc.integer({ min: 24_000, max: 25_000 }), fc.integer({ min: 0, max: 35 }), (first, more) => {
        const at = (number: number) => `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`;
        const months = monthsOf({ from: at(first), to: at(first + more) });
        expect(months).toEqual(Array.from({ length: more + 1 }, (_, each) => at(first + each)));
      }),
    );
  });
});

test('the page shows text as text, the bureau’s columns to the bureau, and to an institution none', async () => {
  const figures = { cases: 1, rows: 2, asked: 0, completed: 0, reports: 0, forwarded: 0, insiders: 0, withdrawn: 0, open: 0, missing: 0, overdue: 1 };
  const own = {
    from: '2026-03',
    to: '2026-04',
    of: '虚构所<script>',
    asOf: '2026-04-30T16:05:00.000Z',
    items: [{ institution: ONE, name: '虚构所&', ...figures, overdueByKind: { correct: 1 } }],
    totals: figures,
  } as const;
  const html = statisticsPage(own);
  expect(html).not.toContain('<script');
  expect(html).toContain('虚构所&amp;');
  expect(html).toContain('2026年3月至2026年4月');
  expect(html).toContain('2026年5月1日00:05');
  expect(html).not.toMatch(/主管机关掌握|直接报告|第八条作出/);
});

test('第四条: given records with rows missing, then each row counts once, and those of others do not', async () => {
  const row = (partition: string, number: string, missing: readonly string[]) => ({
    listing: 'interference/missing-rows',
    partition,
    sort: number,
    item: { missing },
  });
  const views = viewsOf([row(ONE, '1', [id('a'), id('b')]), row(ONE, '2', [id('a')]), row(OTHER, '3', [id('c')]), row(CITY, '1', [id('a'), id('b')])]);
  const lines = await knownLines(views, { from: '2026-03', to: '2026-03' }, [{ uscc: ONE, name: '虚构所', supervisedBy: CITY }]);
  expect(lines).toMatchObject([{ institution: ONE, missing: 3 }]);
});

test('第八条: a notice not signed for is one lapse, however often it was reminded of and escalated', async () => {
  const kinds = ['sign-for-notice', 'remind-of-notice', 'escalate-notice', 'correct', 'correct'];
  const rows = kinds.map((kind, at) => ({ listing: 'deadlines/overdue', partition: ONE, sort: `${kind}/${at}`, item: { kind } }));
  expect(await overdueOf(viewsOf(rows), ONE)).toEqual({ 'sign-for-notice': 1, correct: 2 });
  expect(await overdueOf(viewsOf(rows), OTHER)).toEqual({});
});
