import { describe, expect, test } from 'vitest';
import { PLACES } from '../../functions/interference/figures.ts';
import { completeUscc } from '../../functions/kernel/codes/uscc.ts';
import { decodeCommit } from '../../functions/kernel/ledger.ts';
import { parseStream } from '../../functions/kernel/stream.ts';
import { loadDefinitions } from '../../infra/local/load-definitions.ts';
import { InProcessApi } from '../support/api.ts';
import { setUpMade } from '../support/made-kernel.ts';

const definitions = await loadDefinitions();
const INSTITUTION = completeUscc('31360800MADE0001');
const BUREAU = 'made-city-bureau';
const CASE = '（2026）虚构鉴1号';
const LICENCES = ['MADE-36-0-0', 'MADE-36-0-1'];

type Claims = { readonly agency: string; readonly kind: string; readonly division: string; readonly person: string; readonly roles: readonly string[] };
const person = (agency: string, kind: string, name: string, role: string, division = '360800'): Claims => ({
  agency,
  kind,
  division,
  person: name,
  roles: [role],
});
const APPRAISER = person(INSTITUTION, 'institution', LICENCES[0] as string, 'appraiser');
const REGISTRAR = person('made-province-bureau', 'justice-bureau', 'made-registrar', 'registrar', '360000');
const OPERATOR = person('made-province-bureau', 'justice-bureau', 'made-operator', 'operator', '360000');
const OFFICER = person(BUREAU, 'justice-bureau', 'made-officer', 'officer');
/** Everyone of the institution but the one who reports. */
const OTHERS = [
  person(INSTITUTION, 'institution', 'made-head', 'head'),
  person(INSTITUTION, 'institution', 'made-staff', 'staff'),
  person(INSTITUTION, 'institution', LICENCES[1] as string, 'appraiser'),
];
const HEAD = OTHERS[0] as Claims;

const CONTENT = {
  answer: 'interference',
  interferers: [{ box: 'insider' }],
  contents: [{ box: 'plead' }],
  articleThree: ['plead'],
  account: '虚构的具体情况',
  evidence: [],
};

/** A case of an institution whose appraiser has signed that its own head interfered. */
async function signed() {
  const made = await setUpMade({ definitions });
  const api = new InProcessApi(made.kernel, async (authorization) => ({ ok: true, claims: JSON.parse(authorization ?? '{}') }));
  const ask = (claims: Claims, method: string, path: string, body?: unknown, key = 'k') =>
    api.request({
      method,
      path: `/v1/${path}`,
      headers: { authorization: JSON.stringify(claims), 'idempotency-key': key },
      ...(body === undefined ? {} : { body }),
    });
  const give = async (claims: Claims, command: string, body: unknown, key = `${command}-${JSON.stringify(body).length}-${JSON.stringify(body).slice(-60)}`) => {
    const answer = await ask(claims, 'POST', command, body, key.replace(/[^\x21-\x7e]/g, '_').slice(0, 128));
    await made.province.settle();
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return answer.body;
  };
  await give(OPERATOR, 'agencies/register-agency', {
    id: BUREAU,
    name: '虚构局',
    kind: 'justice-bureau',
    level: 'city',
    division: '360800',
    superior: null,
    discipline: null,
  });
  await give(REGISTRAR, 'registry/register-institution', {
    uscc: INSTITUTION,
    name: '虚构鉴定所',
    division: '360802',
    supervisedBy: BUREAU,
    scopes: ['medicine-0201'],
  });
  for (const licence of LICENCES)
    await give(REGISTRAR, 'registry/register-appraiser', { institution: INSTITUTION, scopes: ['medicine-0201'], name: '虚构', licence });
  await give(HEAD, 'commissions/open-case', { case: CASE, matter: '虚构', commissioner: { kind: 'person' }, appraisers: LICENCES });
  const { correlationId: row } = await give(APPRAISER, 'interference/sign-row', { case: CASE, content: CONTENT });
  /** All that the institution can read: what every query tells each of its other people. */
  const readable = () =>
    Promise.all(
      OTHERS.flatMap((claims) =>
        [...definitions.queries.values()].map(async ({ name, route }) => {
          const { status, body } = await ask(claims, 'GET', (route ?? `/v1/${name}`).slice(4));
          const { asOf: _, ...told } = body;
          return [claims.roles[0], name, status, told];
        }),
      ),
    );
  const report = { case: CASE, row, to: 'bureau', content: CONTENT, insider: 'head', seriousConsequences: false };
  return { made, give, ask, readable, report };
}

describe('a report made straight to the bureau', () => {
  test('changes nothing that the institution can read', async () => {
    const { made, give, readable, report, ask } = await signed();
    const before = await readable();
    await give(APPRAISER, 'interference/report-interference', report);
    await made.province.sweep();
    expect(await readable()).toEqual(before);
    expect(before.some(([, , status, told]) => status === 200 && JSON.stringify(told).includes(CASE))).toBe(true);
    expect((await ask(OFFICER, 'GET', 'interference/reports')).body.items).toHaveLength(1);
  });

  test('writes to no stream and moves no counter that is of the institution or the case but the bureau’s own; its stream has an opaque name', async () => {
    const { made, give, report } = await signed();
    const before = made.snapshot();
    await give(APPRAISER, 'interference/report-interference', report);
    const after = made.snapshot();
    const fresh = after.ledger.slice(before.ledger.length).map(({ stream }) => parseStream(stream));
    expect(fresh.filter(({ aggregate }) => aggregate === 'interference/report').map(({ key }) => key)).toEqual([[expect.stringMatching(/^[0-9a-f]{32}$/)]]);
    const touched = [
      ...fresh.map(({ key }) => key.join('/')),
      ...after.counters
        .filter(({ counter, value }) => !before.counters.some((old) => old.counter === counter && old.value === value))
        .map(({ counter }) => counter),
    ];
    // What a bureau counts of an institution stands under the bureau's own, where no answer to an institution looks.
    for (const name of touched.filter((each) => !each.startsWith(`${PLACES.atBureau}/2026-03/${BUREAU}/`))) {
      expect(name).not.toContain(INSTITUTION);
      expect(name).not.toContain(CASE);
    }
    const rows = after.rows.filter((row) => !before.rows.some((old) => JSON.stringify(old) === JSON.stringify(row)));
    for (const { partition } of rows) expect(partition).not.toBe(INSTITUTION);
  });

  test('names the reporter nowhere in clear: not in the commit, not on the bus, not in the trace', async () => {
    const { made, give, report } = await signed();
    const { person: reporter } = (await made.commits()).find(({ command }) => command.name === 'interference/sign-row')?.actor ?? {};
    const [ledger, onBus, rows] = [made.snapshot().ledger.length, made.province.onBus.length, made.snapshot().rows.length];
    await give(APPRAISER, 'interference/report-interference', report);
    const after = made.snapshot();
    expect(reporter).toMatch(/^[0-9a-f]{32}$/);
    expect(JSON.stringify([after.ledger.slice(ledger), made.province.onBus.slice(onBus), after.receipts.at(-1)])).not.toContain(reporter);
    expect(JSON.stringify(after.rows.filter(({ listing }) => listing === 'kernel/trace').slice(-3))).not.toContain(reporter);
    expect(rows).toBeGreaterThan(0);
    const commits = (await made.ledger.feed(undefined, 1000)).records.map(decodeCommit);
    expect(commits.find(({ stream }) => stream.startsWith('interference/report/'))?.actor).toMatchObject({ sealed: expect.any(String) });
  });
});
