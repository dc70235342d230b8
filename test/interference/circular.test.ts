import { describe, expect, test } from 'vitest';
import { CircularAddressed, CircularIssued, MOST_ADDRESSED, MOST_LINES } from '../../events/interference.ts';
import { INSPECTION } from '../../functions/interference/articles.ts';
import { circular, placeOf } from '../../functions/interference/circular.ts';
import { circularPage } from '../../functions/interference/circular-page.ts';
import issueCircular from '../../functions/interference/commands/issue-circular.ts';
import { FIGURES } from '../../functions/interference/figures.ts';
import circularQuery from '../../functions/interference/queries/circular.ts';
import circulars from '../../functions/interference/queries/circulars.ts';
import { isRefusal } from '../../functions/kernel/decision.ts';
import type { Actor } from '../../functions/kernel/identity.ts';
import { LIMITS } from '../../functions/kernel/limits.ts';
import sendNotices from '../../functions/notifications/reactions/send-notices.ts';
import { fact, given, streamOf, TODAY } from '../support/given.ts';
import { heard, id } from '../support/heard.ts';
import { viewsOf } from '../support/views.ts';

const BUREAU = 'made-city-bureau';
const officer = (agency = BUREAU): Actor => ({ agency, kind: 'justice-bureau', division: '310000', person: id('9'), roles: ['officer'] });
const head = (agency: string): Actor => ({ agency, kind: 'institution', division: '310000', person: id('8'), roles: ['head'] });
const line = (institution: string, value = 1) => ({
  institution,
  ...(Object.fromEntries(FIGURES.map((figure) => [figure, value])) as Record<(typeof FIGURES)[number], number>),
});
const body = (...institutions: readonly string[]) => ({
  from: '2026-01',
  to: '2026-03',
  lines: institutions.map((each) => line(each)),
  text: '虚构内容',
  measures: '虚构要求',
});
const bureauOf = (level: string) => ({ bureau: fact({ id: BUREAU, level }) });
const supervised = (...by: readonly string[]) => Object.fromEntries(by.map((supervisedBy, at) => [at, fact({ supervisedBy })]));
const city = (...by: readonly string[]) => ({ actor: officer(), facts: bureauOf('city'), more: supervised(...by) });

describe('印发通知第二段: a circular', () => {
  test('given figures of one’s own institutions, then it is issued as it was told, and addressed to each', () => {
    const input = body('made-a', 'made-b');
    const about = { circular: 'call', bureau: BUREAU, from: '2026-01', to: '2026-03', issuedOn: TODAY, basis: INSPECTION.circulate };
    const decided = issueCircular.decide(null, issueCircular.input.parse(input), {
      ...city(BUREAU, BUREAU),
      callId: 'call',
      occurredOn: TODAY,
    } as never);
    expect(isRefusal(decided) ? decided : decided.map(({ name, data }) => ({ name, data }))).toEqual([
      { name: 'CircularIssued', data: { ...about, lines: input.lines, text: '虚构内容', measures: '虚构要求' } },
      { name: 'CircularAddressed', data: { ...about, institutions: ['made-a', 'made-b'] } },
    ]);
  });

  test('given an institution that another bureau supervises, then it is refused there, but not to a province’s bureau', () => {
    given(circular)
      .when(issueCircular, body('made-a', 'made-b'), city(BUREAU, 'made-other-bureau'))
      .thenRefused({ code: 'not_supervised', pointer: '/lines/1/institution', basis: INSPECTION.circulate });
    const decided = issueCircular.decide(null, issueCircular.input.parse(body('made-a', 'made-b')), {
      ...city(BUREAU, 'made-other-bureau'),
      facts: bureauOf('province'),
      callId: id('c'),
      occurredOn: TODAY,
    } as never);
    expect(isRefusal(decided)).toBe(false);
  });

  test.each([
    ['2026-03', '2026-03', undefined],
    ['2026-04', '2026-04', 'period_ahead'],
    ['2026-01', '2026-04', 'period_ahead'],
    ['2026-03', '2026-02', 'period_reversed'],
  ] as const)(`given the months from %s to %s on ${TODAY}, then %s`, (from, to, code) => {
    const decided = issueCircular.decide(null, { ...issueCircular.input.parse(body('made-a')), from, to }, {
      ...city(BUREAU),
      callId: id('c'),
      occurredOn: TODAY,
    } as never);
    expect(isRefusal(decided) ? decided.code : undefined).toBe(code);
  });

  test('given one institution in two lines, or a figure that the bureau alone knows, then no schema takes it', () => {
    expect(issueCircular.input.safeParse(body('made-a', 'made-a')).error?.issues).toMatchObject([{ path: ['lines'] }]);
    const [first] = body('made-a').lines;
    for (const figure of ['direct', 'routed', 'waiting', 'upward', 'sought'])
      expect(issueCircular.input.safeParse({ ...body(), lines: [{ ...first, [figure]: 1 }] }).success).toBe(false);
  });
});

describe(`a circular with ${MOST_LINES} lines`, () => {
  const institutions = Array.from({ length: MOST_LINES }, (_, at) => `31360802MADE${String(at).padStart(6, '0')}`);
  const lines = institutions.map((each) => ({ ...line(each, 0), cases: 99_999, rows: 199_999, asked: 999, completed: 999, reports: 99, missing: 99 }));
  const input = { ...body(), lines, text: '文'.repeat(2000), measures: '字'.repeat(1000) };
  const decided = issueCircular.decide(null, issueCircular.input.parse(input), {
    ...city(...institutions.map(() => BUREAU)),
    callId: id('c'),
    occurredOn: TODAY,
  } as never);
  if (isRefusal(decided)) throw new Error(decided.code);
  const stream = streamOf(circular, [BUREAU, id('c')]);
  stream.write(...decided);
  const sizeOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

  test('fits: request, event, state, rows', () => {
    expect(sizeOf(input)).toBeLessThanOrEqual(LIMITS.body);
    for (const { data } of decided) expect(sizeOf(data)).toBeLessThanOrEqual(LIMITS.event - 1024);
    expect(sizeOf(stream.state())).toBeLessThanOrEqual(LIMITS.state);
    expect(stream.rows().length).toBeLessThanOrEqual(LIMITS.rows);
    for (const { item } of stream.rows()) expect(sizeOf(item)).toBeLessThanOrEqual(LIMITS.row);
  });

  test('addresses each institution once, in events whose notices fit into one list', () => {
    const addressed = decided.filter(({ name }) => name === CircularAddressed.name).map(({ data }) => CircularAddressed.data.parse(data));
    expect(addressed.flatMap((each) => each.institutions)).toEqual(institutions);
    expect(addressed.map((each) => each.institutions.length)).toEqual([40, 40, 40, 40, 40, 40, 40, 20]);
    const longest = heard(CircularAddressed, { ...(addressed[0] as (typeof addressed)[0]), institutions: institutions.slice(0, MOST_ADDRESSED) });
    const list = sendNotices.targets(longest).map((each) => ({ stream: `notifications/notice/${id('e')}/${institutions[0]}`, input: each }));
    expect(sizeOf({ targets: list })).toBeLessThanOrEqual(LIMITS.receipt);
  });

  test('can be read as it was issued, by each of its institutions', async () => {
    const views = viewsOf(stream.rows());
    const context = { views, now: '', today: TODAY, pseudonym: () => '' };
    for (const agency of institutions) {
      expect(await circulars.read({}, { ...context, actor: head(agency) })).toMatchObject({
        items: [{ circular: id('c'), institutions: MOST_LINES }],
        next: null,
      });
    }
    expect(await circularQuery.read({ circular: id('c') }, { ...context, actor: head(institutions[299] as string) })).toMatchObject({
      lines,
      text: input.text,
    });
  });
});

describe('who finds a circular', () => {
  const stream = streamOf(circular, [BUREAU, id('c')]);
  const inSamePlace = Array.from({ length: 200 }, (_, at) => `made-${at}`).find((each) => placeOf(each) === placeOf('made-a')) as string;
  stream.write(CircularIssued.of({ circular: id('c'), bureau: BUREAU, ...body('made-a'), issuedOn: TODAY, basis: INSPECTION.circulate }));
  const context = { views: viewsOf(stream.rows()), now: '', today: TODAY, pseudonym: () => '' };

  test.each([
    ['the bureau that issued it', officer(), true],
    ['an institution that it names', head('made-a'), true],
    ['another institution of its place in the listing', head(inSamePlace), false],
    ['another bureau', officer('made-other-bureau'), false],
  ])('%s', async (_, actor, found) => {
    const list = (await circulars.read({}, { ...context, actor })) as { items: object[]; next: unknown };
    expect(list.items).toEqual(found ? [{ circular: id('c'), bureau: BUREAU, from: '2026-01', to: '2026-03', issuedOn: TODAY, institutions: 1 }] : []);
    expect(isRefusal(await circularQuery.read({ circular: id('c') }, { ...context, actor }))).toBe(!found);
  });
});

test('a circular’s page shows text as text, and every line', () => {
  const html = circularPage({
    ...body(),
    circular: id('c'),
    bureau: BUREAU,
    bureauName: '虚构市司法局<b>',
    lines: [{ ...line('made-a', 7), name: '虚构所&' }],
    text: '第一段<script>\n\n第二段',
    issuedOn: '2026-04-01',
    basis: INSPECTION.circulate,
  });
  expect(html).not.toMatch(/<script|<b>/);
  expect(html).toContain('<p>第一段&lt;script&gt;</p><p>第二段</p>');
  expect(html).toContain('虚构所&amp;');
  expect(html).toContain('关于2026年1月至2026年3月记录和报告干预司法鉴定活动情况的通报');
  expect(html).toContain('2026年4月1日');
});
