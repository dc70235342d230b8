import { describe, expect, test } from 'vitest';
import type { Interference } from '../../functions/interference/form.ts';
import { forwarding, type InsiderStanding, type ReporterRole, type ReportStanding, reportingRoute } from '../../functions/interference/standing.ts';
import { isRefusal } from '../../functions/kernel/decision.ts';

const answer = (report: ReportStanding) => {
  const route = reportingRoute(report);
  if (isRefusal(route)) return `refused ${route.code} ${route.basis?.article}`;
  expect(route.ok).toBe(true);
  return `${route.lead ? 'lead' : 'may'} ${route.basis.article}`;
};

describe('to the institution (第五条第一款)', () => {
  const everything = (['head', 'other', 'none'] as const).flatMap((insider) => [true, false].map((serious) => [insider, serious] as const));
  test.each(everything)('whoever interferes, appraiser and staff report there: %s, serious %s', (insider, seriousConsequences) => {
    for (const reporterRole of ['appraiser', 'staff'] as const) {
      expect(answer({ reporterRole, to: 'institution', insider, seriousConsequences })).toBe('may 第五条第一款');
    }
    expect(answer({ reporterRole: 'institution', to: 'institution', insider, seriousConsequences })).toBe('refused institution_receives 第五条第一款');
  });
});

describe('straight to the bureau', () => {
  const rows: readonly [ReporterRole, InsiderStanding, serious: boolean, string][] = [
    ['appraiser', 'head', false, 'may 第五条第二款'],
    ['appraiser', 'head', true, 'may 第五条第二款'],
    ['appraiser', 'other', true, 'may 第五条第三款'],
    ['appraiser', 'other', false, 'refused report_to_institution 第五条第一款'],
    ['appraiser', 'none', true, 'refused report_to_institution 第五条第一款'],
    ['appraiser', 'none', false, 'refused report_to_institution 第五条第一款'],
    ['staff', 'head', false, 'may 第五条第二款'],
    ['staff', 'head', true, 'may 第五条第二款'],
    ['staff', 'other', true, 'lead 第五条第三款'],
    ['staff', 'other', false, 'refused report_to_institution 第五条第一款'],
    ['staff', 'none', true, 'refused report_to_institution 第五条第一款'],
    ['staff', 'none', false, 'refused report_to_institution 第五条第一款'],
    ['institution', 'head', false, 'lead 第五条第二款'],
    ['institution', 'head', true, 'lead 第五条第二款'],
    ['institution', 'other', true, 'may 第五条第三款'],
    ['institution', 'other', false, 'refused dealt_with_by_charter 第六条'],
    ['institution', 'none', true, 'may 第六条'],
    ['institution', 'none', false, 'may 第六条'],
  ];
  test.each(rows)('%s about %s, serious %s: %s', (reporterRole, insider, seriousConsequences, expected) => {
    expect(answer({ reporterRole, to: 'bureau', insider, seriousConsequences })).toBe(expected);
  });
  test.each(rows)('a lead, and only a lead, rests on a reading: %s, %s, %s', (reporterRole, insider, seriousConsequences) => {
    const route = reportingRoute({ reporterRole, to: 'bureau', insider, seriousConsequences });
    if (isRefusal(route)) expect(route.cure).toBeTruthy();
    else expect(route.basis.reading !== undefined).toBe(route.lead === true);
  });
});

describe('what the institution does with a report (第六条)', () => {
  const by = (...boxes: Interference['interferers'][number]['box'][]): Interference => ({
    answer: 'interference',
    interferers: boxes.map((box) => (box === 'other' ? { box, other: '演示' } : { box })),
    contents: [{ box: 'plead' }],
    articleThree: ['plead'],
    account: '演示情况',
    evidence: [],
  });
  test.each(['commissioner', 'party-or-agent', 'bureau-staff', 'other'] as const)('an outsider is forwarded: %s', (box) => {
    expect(forwarding(by(box))).toEqual({ forward: true, byCharter: false, basis: { document: '司办通〔2020〕56号', article: '第六条', status: 'law' } });
  });
  test('an insider is dealt with by the charter and not forwarded', () => {
    expect(forwarding(by('insider', 'insider'))).toMatchObject({ forward: false, byCharter: true });
  });
  test('a mixed report is forwarded, and the insider dealt with too (reading)', () => {
    for (const content of [by('insider', 'other'), by('other', 'insider')]) {
      expect(forwarding(content)).toMatchObject({ forward: true, byCharter: true, basis: { article: '第六条', reading: expect.any(String) } });
    }
  });
});
