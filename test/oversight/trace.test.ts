import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { agencyKind, ROLES_OF, type Role } from '../../functions/kernel/identity.ts';
import { checkRights } from '../../functions/kernel/rights.ts';
import { MAX_STEPS, TRACE } from '../../functions/kernel/trace.ts';
import trace from '../../functions/oversight/queries/trace.ts';
import { expectProblem } from '../api/expect-problem.ts';
import { ACTORS, type ActorName, type MadeProvince, madeProvince, type Played, playSlice } from '../api/made-province.ts';
import { TODAY } from '../support/given.ts';
import { id } from '../support/heard.ts';
import type { HostClaims } from '../support/host.ts';
import { viewsOf } from '../support/views.ts';

let made: MadeProvince;
let played: Played;
/** Numbers of the commands that wrote such an event as their own, in order. */
const begunBy = (name: string): string[] =>
  made.host.bus
    .map(({ detail }) => JSON.parse(detail))
    .filter(({ causationdepth, type }) => causationdepth === 0 && type.includes(`.${name}.`))
    .map(({ correlationid }) => correlationid);

beforeAll(async () => {
  made = await madeProvince();
  played = await playSlice(made);
});
afterAll(() => made.close());

const ask = async (correlationId: string, claims: HostClaims = ACTORS.officer) =>
  made.request({ method: 'GET', path: `/v1/trace/${correlationId}`, headers: { authorization: `Bearer ${await made.host.token(claims)}` } });

// biome-ignore lint/suspicious/noExplicitAny: an answer is whatever JSON came
type Step = any;
const articles = ({ events }: Step): string[] => events.flatMap(({ bases }: Step) => bases.map(({ article }: Step) => article));
const outline = (step: Step): unknown => [step.command, step.kind, step.roles, articles(step), step.followed.map(outline)];
const flat = (step: Step): Step[] => [step, ...step.followed.flatMap(flat)];

describe('a trace of the played slice', () => {
  test('tells the routing of a report from the decision to the last deadline, each with role and article', async () => {
    const { status, body } = await ask(played.routing);
    expect({ status, ...body }).toMatchObject({ status: 200, correlationId: played.routing, truncated: false, asOf: expect.stringMatching(/:00\.000Z$/) });
    expect(body.tree).toHaveLength(1);
    const [{ followed, ...first }] = body.tree;
    expect(first).toEqual({
      command: 'interference/route-report',
      title: '干预情况已按第八条处理',
      kind: 'justice-bureau',
      roles: ['officer'],
      occurredOn: '2026-03-10',
      recordedAt: '2026-03-10T01:00:00.000Z',
      policy: expect.stringMatching(/^national\//),
      events: [
        {
          id: expect.stringMatching(/^[0-9a-f]{32}$/),
          name: 'ReportRouted',
          title: '干预情况已按第八条处理',
          bases: expect.arrayContaining([expect.objectContaining({ document: '司办通〔2020〕56号', article: '第八条第（四）项', status: 'law' })]),
        },
      ],
    });
    const system = (command: string) => followed.filter((each: Step) => each.command === command && each.kind === 'system' && each.roles[0] === 'system');
    const notices = system('notifications/send-notice');
    expect(notices.map(({ title }: Step) => title)).toEqual(Array(4).fill('通知已送达收件箱'));
    expect(new Set(notices.flatMap(articles))).toEqual(new Set(articles(first)));
    expect(system('deadlines/close-deadline')).toHaveLength(1);
    for (const notice of notices) expect(notice.followed.map((each: Step) => each.command)).toEqual(Array(3).fill('deadlines/open-deadline'));
  });

  test('of a finding ends in the integrity file', async () => {
    const { body } = await ask(played.finding);
    const steps = body.tree.flatMap(flat);
    expect(steps.map(({ command }: Step) => command)).toEqual(
      expect.arrayContaining(['sanctions/find-breach', 'integrity/open-entry', 'sanctions/issue-measures', 'notifications/send-notice']),
    );
    const entry = steps.find(({ command }: Step) => command === 'integrity/open-entry');
    expect(outline(entry)).toEqual(['integrity/open-entry', 'system', ['system'], [expect.stringContaining('第十一条')], []]);
  });

  test('withholds the role of who reports, and tells of a row no more than that it was signed', async () => {
    const reports = begunBy('InterferenceReported');
    expect(reports).toHaveLength(8);
    for (const report of reports) expect((await ask(report)).body.tree[0]).toMatchObject({ command: 'interference/report-interference', roles: ['withheld'] });
    const { body } = await ask(played.directRow);
    expect(body.tree.map(outline)).toEqual([['interference/sign-row', 'institution', ['appraiser'], ['第四条'], []]]);
    const none = (await ask(begunBy('RecordRowSigned')[0] ?? '')).body.tree;
    expect(none.map(outline)).toEqual(body.tree.map(outline));
  });

  test('names nobody: no person, no agency, no case, no report, no number of another command', async () => {
    const { person } = ACTORS.appraiser;
    const pseudonyms = Object.values(ACTORS).map((each) => made.host.pseudonym('person', each.person));
    const hidden = [
      person,
      ...pseudonyms,
      played.case,
      played.routedReport,
      played.directReport,
      ...Object.values(ACTORS).map(({ agency }) => agency),
      'made-hospital',
    ];
    const ids = [...new Set(made.host.bus.map(({ detail }) => JSON.parse(detail).correlationid as string))];
    expect(ids.length).toBeGreaterThan(20);
    for (const asked of ids) {
      const { status, body } = await ask(asked);
      expect(status).toBe(200);
      const text = JSON.stringify(body);
      for (const each of [...hidden, ...ids.filter((other) => other !== asked)]) expect(text).not.toContain(each);
    }
  });
});

describe('who may ask', () => {
  const MAY: Readonly<Partial<Record<string, readonly Role[]>>> = {
    'justice-bureau': ['officer', 'leader', 'operator'],
    ministry: ['officer', 'leader', 'operator'],
  };
  const cells = agencyKind.options.flatMap((kind) => ROLES_OF[kind].map((role) => [kind, role] as const));

  test.each(cells)('%s, %s', (kind, role) => {
    const right = (division: string) =>
      checkRights(trace, { state: undefined, input: {}, facts: {}, actor: { agency: 'a', kind, division, person: 'p', roles: [role] }, province: '360000' }) ===
      undefined;
    const may = MAY[kind]?.includes(role) ?? false;
    expect({ own: right('360802'), other: right('310000') }).toEqual({ own: may, other: may && kind === 'ministry' });
  });

  test.each<[ActorName, number]>([
    ['officer', 200],
    ['leader', 200],
    ['operator', 200],
    ['provinceOfficer', 200],
    ['otherOfficer', 200],
    ['registrar', 403],
    ['head', 403],
    ['appraiser', 403],
    ['stranger', 403],
    ['clerk', 403],
    ['discipline', 403],
  ])('%s: %i, and whether there is anything is told to nobody who may not', async (who, status) => {
    for (const asked of [played.routing, played.directRow]) expect((await ask(asked, ACTORS[who])).status).toBe(status);
    expectProblem(await ask(id('0'), ACTORS[who]), { status: status === 200 ? 404 : 403 });
  });

  test('a bureau of another province learns nothing either, not even whether there is such a number', async () => {
    const elsewhere = { ...ACTORS.officer, agency: 'made-elsewhere', division: '310000' };
    const answers = [await ask(played.routing, elsewhere), await ask(id('0'), elsewhere)];
    for (const each of answers) expectProblem(each, { status: 403, code: 'forbidden' });
    expect(answers[0]?.body).toEqual(answers[1]?.body);
  });
});

test('no listing tells anybody the number of a report, of its forwarding or routing: only who gave the command has it from the answer', async () => {
  const numbers = ['InterferenceReported', 'ReportForwarded', 'ReportRouted'].flatMap(begunBy);
  expect(numbers).toHaveLength(12);
  let items = 0;
  for (const claims of Object.values(ACTORS)) {
    const headers = { authorization: `Bearer ${await made.host.token(claims)}` };
    for (const path of ['notifications/inbox', 'notifications/sent', 'interference/reports', 'interference/records', 'deadlines/agenda', 'sanctions/orders']) {
      const query = path.startsWith('notifications/') ? 'show=all' : '';
      const { body } = await made.request({ method: 'GET', path: `/v1/${path}`, query, headers });
      items += body.items?.length ?? 0;
      for (const number of numbers) expect(JSON.stringify(body)).not.toContain(number);
    }
  }
  expect(items).toBeGreaterThan(10);
});

describe('a number that is none', () => {
  test('unknown: 404 with the pointer', async () => {
    expectProblem(await ask(id('0')), { status: 404, code: 'not_found', pointers: ['/correlationId'] });
  });

  test.each(['1', 'x'.repeat(32), id('0').slice(1), `${id('0')}0`, id('a').toUpperCase(), '%00', '%E2%80%AE', '..%2F..', '%7BcorrelationId%7D'])(
    'malformed, %s: 400 with the pointer',
    async (number) => {
      expectProblem(await ask(number), { status: 400, code: 'invalid_body', pointers: ['/correlationId'] });
    },
  );

  test('none at all, or more than one part: no such route', async () => {
    for (const path of ['', `${id('0')}/more`]) expectProblem(await ask(path), { status: 404, code: 'unknown_route' });
  });
});

test('a tree of more steps than are read says that it is cut off, and is read in time', async () => {
  const step = (at: number) => ({
    listing: TRACE,
    partition: id('c'),
    sort: `2026-03-10T01:00:00.000Z/${String(at).padStart(6, '0')}`,
    item: {
      command: 'made/step',
      commandId: `${at}`,
      ...(at === 0 ? {} : { causationId: `event-${at % 7 === 0 ? at - 1 : 0}` }),
      aggregate: 'made/step',
      kind: 'system',
      roles: ['system'],
      occurredOn: TODAY,
      recordedAt: '2026-03-10T01:00:00.000Z',
      policy: 'national/1',
      events: [{ id: `event-${at}`, name: 'NoticeSent', bases: [] }],
    },
  });
  const read = async (count: number) => {
    const views = viewsOf(Array.from({ length: count }, (_, at) => step(at)));
    return (await trace.read({ correlationId: id('c') }, { actor: {} as never, views, now: '', today: TODAY, pseudonym: () => '' })) as Step;
  };
  for (const [count, truncated] of [
    [1000, false],
    [MAX_STEPS, false],
    [MAX_STEPS + 1, true],
  ] as const) {
    const answer = await read(count);
    expect(answer.tree).toHaveLength(1);
    expect({ steps: answer.tree.flatMap(flat).length, truncated: answer.truncated }).toEqual({ steps: Math.min(count, MAX_STEPS), truncated });
  }
});
