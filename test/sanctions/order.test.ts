import { beforeAll, describe, expect, test } from 'vitest';
import { cite } from '../../events/documents.ts';
import type { NewEvent } from '../../events/event.ts';
import { CorrectionVerified, type Measure, MeasuresIssued, MeasuresRevoked, OrderNumbered, type Subject } from '../../events/sanctions.ts';
import { order } from '../../functions/sanctions/order.ts';
import { orderPage } from '../../functions/sanctions/order-page.ts';
import { ACTORS, type ActorName, madeProvince, type Played, playSlice } from '../api/made-province.ts';
import { streamOf } from '../support/given.ts';
import { id } from '../support/heard.ts';

const FINDING = id('f');
const PERSON = id('abc');
const of = { finding: FINDING, institution: 'made-institution', bureau: 'made-justice' };
const basis = cite('interference-provisions', '第十一条第（一）项');
const correction = { start: '2026-03-10', rawDue: '2026-03-31', legalDue: '2026-03-31', alertDue: '2026-03-31', beyondCalendar: false };
const ALL: Measure[] = ['order-to-correct', 'integrity-entry', 'admonition', 'circular-criticism'];
const appraiser: Subject = { kind: 'appraiser', id: PERSON };
const issued = (measures = ALL, subject: Subject = appraiser, more: object = {}) =>
  MeasuresIssued.of({ ...of, subject, breach: 'did-not-record', acts: 2, measures, correction, basis, ...more });
const revoked = (measures: Measure[], because = FINDING) => MeasuresRevoked.of({ ...of, measures, because, basis });
/** In a made stream an event is called by its version and place. */
const numbered = (kind: 'order' | 'revocation', event: string, number: string, names = { issuedBy: '虚构司法局', issuedTo: '虚构鉴定所' }) =>
  OrderNumbered.of({ ...of, of: event.padEnd(32, '0'), kind, number, ...names, basis });

/** The order as its two sides read it, after these events. */
function documentAfter(...events: readonly NewEvent[]) {
  const stream = streamOf(order, [FINDING]);
  for (const event of events) stream.write(event);
  const rows = stream.rows().filter(({ listing }) => listing === 'sanctions/order');
  expect(rows.map(({ partition, sort }) => [partition, sort])).toEqual([
    ['made-institution', FINDING],
    ['made-justice', FINDING],
  ]);
  return rows[0]?.item as never;
}

describe('第十一条: the order as a document', () => {
  test('X12: says its number, whom it concerns by role, what was found, by which article, the measures and the date, and no name', () => {
    const page = orderPage(documentAfter(issued(), numbered('order', '1', '虚构司法局鉴处〔2026〕1号')));
    for (const told of [
      '<h1>虚构司法局<br>行政处理决定书</h1>',
      '虚构司法局鉴处〔2026〕1号',
      '虚构鉴定所：',
      '责任主体：虚构鉴定所（司法鉴定人）。',
      '认定情形：未记录干预司法鉴定活动的情况，计2次。',
      '处理依据：司办通〔2020〕56号第十一条第（一）项。',
      '处理措施（行政处理）：',
      '（一）责令改正',
      '（四）通报批评',
      '改正期限：2026年3月31日。',
      '2026年3月10日',
    ])
      expect(page).toContain(told);
    expect(page).not.toContain(PERSON);
    expect(page).not.toMatch(/行政处罚|复议|诉讼|已撤销/);
  });

  test.each([
    ['head', '司法鉴定机构负责人'],
    ['staff', '司法鉴定机构其他工作人员'],
    ['institution', '司法鉴定机构'],
  ] as const)('a subject of the institution, %s, stands as %s', (role, word) => {
    const subject: Subject = { kind: 'institution', id: 'made-institution', role };
    expect(orderPage(documentAfter(issued(ALL, subject), numbered('order', '1', '一号')))).toContain(`责任主体：虚构鉴定所（${word}）。`);
  });

  test('X6: a reading that the decision rests on stands beside the article', () => {
    const read = cite('interference-provisions', '第十一条第（二）项', '每授意一次计一次');
    expect(orderPage(documentAfter(issued(ALL, appraiser, { basis: read })))).toContain('第十一条第（二）项（解释口径：每授意一次计一次）。');
  });

  test('X7: what was revoked with the finding stays in it and says when, why and by which document', () => {
    const known = documentAfter(issued(ALL.slice(0, 2)), revoked(ALL.slice(0, 2)));
    expect(orderPage(known)).toContain('<del>（一）责令改正</del>（已撤销：2026年3月10日，所依据的认定已撤回）');
    expect(known).toMatchObject({ status: 'revoked', measures: [{ measure: 'order-to-correct', revoked: { ownFinding: true, number: null } }, {}] });
    expect(orderPage(known)).not.toContain('改正期限');
  });

  test('X7: a second step that rested on an earlier finding is revoked by itself; the first step and its date stand', () => {
    const page = orderPage(documentAfter(issued(), revoked(ALL.slice(2), id('1'))));
    expect(page).toContain('<del>（三）训诫</del>（已撤销：2026年3月10日，在先的认定已撤回，次数不再达到规定）');
    expect(page).toContain('<p>（一）责令改正</p>');
    expect(page).toContain('改正期限：2026年3月31日。');
  });

  test('X3: a date beyond the calendar says so; a correction that was verified says when', () => {
    const beyond = orderPage(documentAfter(issued(ALL, appraiser, { correction: { ...correction, beyondCalendar: true } })));
    expect(beyond).toContain('改正期限：2026年3月31日（该日期超出已公布的放假安排，暂只按周末推算）。');
    const verified = documentAfter(issued(), CorrectionVerified.of({ ...of, verifiedOn: '2026-03-20', basis }));
    expect(orderPage(verified)).toContain('改正期限：2026年3月31日。已于2026年3月20日核实改正。');
  });

  test('a document that has no number yet says so; whatever a name says is text', () => {
    expect(orderPage(documentAfter(issued()))).toContain('（文号编制中）');
    const names = { issuedBy: '<b>虚构</b>&局', issuedTo: '"虚构"所' };
    const page = orderPage(documentAfter(issued(), numbered('order', '1', '<i>1</i>', names)));
    expect(page).not.toMatch(/<b>|<i>/);
    expect(page).toContain('&lt;b&gt;虚构&lt;/b&gt;&amp;局');
  });

  test('given a revocation heard of before its order, then the document is the same', () => {
    const first = documentAfter(issued(), revoked(ALL.slice(2), id('1')));
    expect(documentAfter(revoked(ALL.slice(2), id('1')), issued())).toEqual(first);
  });

  test('given two revocations of one measure in either order, then the same one is told', () => {
    const [a, b] = [revoked(['admonition'], id('1')), revoked(['admonition'], id('2'))];
    expect(documentAfter(issued(), a, b)).toEqual(documentAfter(issued(), b, a));
  });
});

describe('X12: the order is read by its two sides, as data and as a page', () => {
  let made: Awaited<ReturnType<typeof madeProvince>>;
  let played: Played;
  beforeAll(async () => {
    made = await madeProvince();
    played = await playSlice(made);
    return () => made.close();
  });

  const ask = async (who: ActorName, headers: Record<string, string> = {}, finding = played.finding) =>
    made.request({
      method: 'GET',
      path: '/v1/sanctions/order',
      query: `finding=${finding}`,
      headers: { authorization: `Bearer ${await made.host.token(ACTORS[who])}`, ...headers },
    });

  test('the bureau that issued it and the institution read one and the same; number and names are those of the documents', async () => {
    const [officer, head] = [await ask('officer'), await ask('head')];
    expect(head.body).toEqual(officer.body);
    expect(officer.body).toMatchObject({
      finding: played.finding,
      number: '虚构made-city-bureau鉴处〔2026〕2号',
      issuedBy: '虚构made-city-bureau',
      issuedTo: '虚构鉴定所0',
      measures: [{ revoked: null }, { revoked: null }, { revoked: { number: expect.stringMatching(/^虚构made-city-bureau鉴撤〔2026〕[12]号$/) } }, {}],
      issuedOn: '2026-03-10',
    });
  });

  test('nobody else does: another bureau and another institution find nothing, an appraiser may not ask', async () => {
    for (const who of ['otherOfficer', 'provinceOfficer', 'otherHead'] as const) expect((await ask(who)).status).toBe(404);
    for (const who of ['appraiser', 'clerk', 'operator'] as const) expect((await ask(who)).status).toBe(403);
    expect((await ask('officer', {}, '0'.repeat(32))).body).toMatchObject({ status: 404, errors: [{ pointer: '/finding' }] });
  });

  test('who accepts text/html gets the page, which runs nothing and fetches nothing', async () => {
    const { status, headers, body } = await ask('head', { accept: 'text/html' });
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': expect.stringContaining("default-src 'none'") });
    expect(body).toMatch(/^<!doctype html>\n<html lang="zh-CN">/);
    expect(body).toContain('size: A4');
    expect(body).toContain('虚构made-city-bureau鉴处〔2026〕2号');
    expect(body).not.toContain(played.person);
  });
});
