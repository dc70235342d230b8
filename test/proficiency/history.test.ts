import { describe, expect, test } from 'vitest';
import {
  ConsecutiveFailureDetected,
  CorrectiveRetestRecorded,
  OnSiteAssessmentRecorded,
  ProficiencyAbsenceRecorded,
  ProficiencyTestFailed,
  ProficiencyTestPassed,
} from '../../events/proficiency.ts';
import type { Actor, AgencyKind, Role } from '../../functions/kernel/identity.ts';
import type { Json } from '../../functions/kernel/ports.ts';
import type { AnyQuery } from '../../functions/kernel/query.ts';
import { checkRights } from '../../functions/kernel/rights.ts';
import { RESULT } from '../../functions/proficiency/articles.ts';
import chart from '../../functions/proficiency/queries/chart.ts';
import history from '../../functions/proficiency/queries/history.ts';
import { record } from '../../functions/proficiency/record.ts';
import { streamOf } from '../support/given.ts';
import { viewsOf } from '../support/views.ts';

const INSTITUTION = 'made-institution';
const ITEM = 'medicine-0201';
const OTHER_ITEM = 'medicine-0101';
const about = (year: number, item = ITEM) => ({ institution: INSTITUTION, item, year, bureau: 'made-bureau', registrar: null, basis: RESULT });
const result = (year: number, item = ITEM) => ({ ...about(year, item), provider: 'made-provider', reportedOn: `${year}-06-01` });

const first = streamOf(record);
for (const event of [
  ProficiencyTestPassed.of({ ...result(2022), grade: { by: 'z', scores: [0.5] } }),
  ProficiencyAbsenceRecorded.of({ ...result(2023), excused: true, counts: false, entersFile: false }),
  ProficiencyTestFailed.of({ ...result(2024), grade: { by: 'word', word: '不满意' }, entersFile: true }),
  ProficiencyTestFailed.of({ ...result(2025), grade: { by: 'en', scores: [1.2] }, entersFile: true }),
  ConsecutiveFailureDetected.of({ ...about(2025), detectedOn: '2025-06-01' }),
  CorrectiveRetestRecorded.of({ ...about(2025), provider: 'made-provider', passed: false, retestedOn: '2025-09-01' }),
  OnSiteAssessmentRecorded.of({ ...about(2025), assessor: 'made-bureau', passed: true, counts: false, assessedOn: '2025-10-01' }),
])
  first.write(event);
const second = streamOf(record);
second.write(ProficiencyTestPassed.of({ ...result(2025, OTHER_ITEM), grade: { by: 'word', word: '满意' } }));

const registered = { listing: 'registry/by-code', partition: 'all', sort: INSTITUTION, item: { uscc: INSTITUTION, name: '虚构鉴定所' } };
const actor = (kind: AgencyKind, role: Role, agency: string, division = '310000'): Actor => ({ agency, kind, division, person: 'made', roles: [role] });
const officer = actor('justice-bureau', 'officer', 'made-bureau');
const read = (query: AnyQuery, parameters: object, rows = [...first.rows(), ...second.rows(), registered]) =>
  query.read(query.parameters.parse(parameters), {
    actor: officer,
    views: viewsOf(rows),
    now: '2026-03-10T01:00:00.000Z',
    today: '2026-03-10',
    pseudonym: () => '',
  }) as Promise<{ readonly [key: string]: Json }>;

describe('能力验证历年结果', () => {
  test('item by item, with its title and every result in its word', async () => {
    const { items, next } = await read(history, { institution: INSTITUTION });
    expect(next).toBeNull();
    expect(items).toMatchObject([
      { item: OTHER_ITEM, unresolved: null, years: [{ year: 2025, test: { verdict: 'passed', word: '合格' } }] },
      {
        item: ITEM,
        title: '法医临床鉴定（人体损伤程度鉴定）',
        unresolved: 2025,
        years: [
          { year: 2022, test: { word: '合格', grade: { by: 'z', scores: [0.5] } }, assessment: null, retest: null, detected: null },
          { year: 2023, test: { verdict: 'absent', word: '缺席', excused: true } },
          { year: 2024, test: { verdict: 'failed', word: '不合格' }, detected: null },
          { year: 2025, test: { word: '不合格' }, assessment: { word: '合格' }, retest: { word: '不合格' }, detected: expect.any(String) },
        ],
      },
    ]);
  });

  test('page by page; with an item, its record alone', async () => {
    const { items, next } = await read(history, { institution: INSTITUTION, limit: '1' });
    expect(items).toMatchObject([{ item: OTHER_ITEM }]);
    expect((await read(history, { institution: INSTITUTION, limit: '1', cursor: next })).items).toMatchObject([{ item: ITEM }]);
    expect(await read(history, { institution: INSTITUTION, item: ITEM })).toMatchObject({ item: ITEM, unresolved: 2025 });
  });

  test('of an institution without results there is none, of an item without any: not found', async () => {
    expect(await read(history, { institution: 'made-other' })).toEqual({ items: [], next: null });
    for (const query of [history, chart])
      for (const asked of [
        { institution: INSTITUTION, item: 'medicine-0102' },
        { institution: 'made-other', item: ITEM },
      ])
        expect(await read(query, asked)).toMatchObject({ refused: 'not-found', pointer: '/item' });
  });

  test('the chart is of the same record, with the name of the institution, its number where it is not registered here', async () => {
    const answer = await read(chart, { institution: INSTITUTION, item: ITEM });
    expect(answer).toEqual({ name: '虚构鉴定所', ...(await read(history, { institution: INSTITUTION, item: ITEM })) });
    const svg = chart.image?.({ ...answer, asOf: null }) ?? '';
    expect(svg).toMatch(/^<svg .*虚构鉴定所.*<\/svg>$/);
    expect(svg.match(/class="mark /g)).toHaveLength(6);
    expect((await read(chart, { institution: INSTITUTION, item: ITEM }, [...first.rows()])).name).toBe(INSTITUTION);
  });
});

describe('who may: a bureau of the province, and the institution itself', () => {
  test.each<[string, Actor, boolean]>([
    ['an officer', officer, true],
    ['a leader of another bureau', actor('justice-bureau', 'leader', 'made-far-bureau', '310100'), true],
    ['a registrar', actor('justice-bureau', 'registrar', 'made-bureau'), true],
    ['an operator', actor('justice-bureau', 'operator', 'made-bureau'), false],
    ['an officer of another province', actor('justice-bureau', 'officer', 'made-bureau', '360000'), false],
    ['its head', actor('institution', 'head', INSTITUTION), true],
    ['its staff', actor('institution', 'staff', INSTITUTION), true],
    ['its appraiser', actor('institution', 'appraiser', INSTITUTION), false],
    ['the head of another', actor('institution', 'head', 'made-other'), false],
    ['a provider', actor('provider', 'clerk', 'made-provider'), false],
    ['a court', actor('court', 'clerk', 'made-court'), false],
  ])('%s', (_, asker, may) => {
    for (const query of [history, chart] as AnyQuery[]) {
      const denied = checkRights(query, { state: undefined, input: { institution: INSTITUTION, item: ITEM }, facts: {}, actor: asker, province: '310000' });
      expect(denied === undefined).toBe(may);
    }
  });
});
