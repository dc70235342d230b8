import { describe, expect, test } from 'vitest';
import { CaseArchived, CaseConcluded, CaseOpened } from '../../events/commissions.ts';
import { RecordFact } from '../../events/interference.ts';
import { itemTitle } from '../../events/items.ts';
import { ARCHIVE, CONCLUSION } from '../../functions/commissions/articles.ts';
import { caseFile } from '../../functions/commissions/case.ts';
import archiveCase from '../../functions/commissions/commands/archive-case.ts';
import concludeCase from '../../functions/commissions/commands/conclude-case.ts';
import openCase from '../../functions/commissions/commands/open-case.ts';
import type { Actor, Role } from '../../functions/kernel/identity.ts';
import { policyBook } from '../../functions/policy/book.ts';
import { national } from '../../functions/policy/national.ts';
import type { Policy } from '../../functions/policy/policy.ts';
import { fact, given, TODAY } from '../support/given.ts';
import { id } from '../support/heard.ts';

const [A, B] = [id('a'), id('b')] as const;
const CASE = '（2026）虚构鉴字第1号';
const institution = 'made-institution';
const actor = (role: Role, agency = institution): Actor => ({ agency, kind: 'institution', division: '310000', person: id('9'), roles: [role] });
const head = { actor: actor('head') };

const data = { case: CASE, matter: '虚构事项', institution, commissioner: { kind: 'person' as const }, appraisers: [A, B], receivedOn: '2026-03-02' };
const opened = CaseOpened.of(data);
const concluded = CaseConcluded.of({ case: CASE, institution, outcome: 'opinion', appraisers: [A, B], concludedOn: '2026-03-09', basis: CONCLUSION.opinion });
const archived = CaseArchived.of({ case: CASE, institution, archivedOn: '2026-03-10', basis: ARCHIVE });

const signed = (...signers: string[]) => ({
  record: fact(
    RecordFact.schema.parse({
      case: CASE,
      institution,
      rows: signers.map((signer, at) => ({ row: id(`${at}`), signer, signedOn: '2026-03-09' })),
      complete: null,
    }),
  ),
});
const nothing = { record: fact(undefined, 0) };

describe('程序通则: a case is concluded once, with an opinion, a refusal or a termination', () => {
  test.each([
    ['opinion', '第三十六条'],
    ['refused', '第十七条'],
    ['terminated', '第二十九条'],
  ] as const)('%s by %s, with who was assigned', (outcome, article) => {
    given(caseFile, opened)
      .when(concludeCase, { case: CASE, outcome }, head)
      .thenEvents(CaseConcluded.of({ case: CASE, institution, outcome, appraisers: [A, B], concludedOn: '2026-03-10', basis: CONCLUSION[outcome] }))
      .thenState({ ...data, number: 'case', status: 'concluded' });
    expect(CONCLUSION[outcome].article).toBe(article);
  });

  test('on the day it was received, and not on the day before', () => {
    expect(concludeCase.occurredOn?.({ case: CASE, outcome: 'opinion', concludedOn: '2026-03-02' })).toBe('2026-03-02');
    const on = (occurredOn: string) => given(caseFile, opened).when(concludeCase, { case: CASE, outcome: 'opinion' }, { ...head, occurredOn });
    on('2026-03-02').thenState({ ...data, number: 'case', status: 'concluded' });
    on('2026-03-01').thenRefused({ code: 'concluded_before_received', pointer: '/concludedOn' });
  });

  test('not twice, not what does not exist, and by no other institution', () => {
    given(caseFile, opened, concluded).when(concludeCase, { case: CASE, outcome: 'terminated' }, head).thenRefused({ refused: 'conflict' });
    given(caseFile, opened, concluded, archived).when(concludeCase, { case: CASE, outcome: 'terminated' }, head).thenRefused({ refused: 'conflict' });
    given(caseFile).when(concludeCase, { case: CASE, outcome: 'opinion' }, head).thenRefused({ refused: 'not-found', pointer: '/case' });
    given(caseFile, opened)
      .when(concludeCase, { case: CASE, outcome: 'opinion' }, { actor: actor('head', 'made-other') })
      .thenRefused({ refused: 'forbidden' });
    given(caseFile, opened)
      .when(concludeCase, { case: CASE, outcome: 'opinion' }, { actor: actor('appraiser') })
      .thenRefused({ refused: 'forbidden' });
  });
});

describe('司办通〔2020〕56号 第四条: the file is not archived while a row of the record is missing', () => {
  const archive = (facts: object, ...events: Parameters<typeof given>[1][]) =>
    given(caseFile, opened, ...events).when(archiveCase, { case: CASE }, { ...head, facts: facts as ReturnType<typeof signed> });

  test('given no record at all, then refused, naming everyone and what cures it', () => {
    archive(nothing, concluded).thenRefused({
      refused: 'rule',
      code: 'rows_missing',
      detail: `《干预司法鉴定活动记录表》尚缺下列鉴定人的签名，不能归档：${A}、${B}`,
      pointer: '/case',
      cure: expect.stringContaining('无此类情况') as unknown as string,
      basis: expect.objectContaining({ document: '司办通〔2020〕56号', article: '第四条', reading: expect.any(String) }),
    });
  });

  test('given the rows of one appraiser and of other staff, then refused, naming the other appraiser alone', () => {
    const { decision } = archive(signed(A, id('c'), A), concluded);
    expect(decision).toMatchObject({ code: 'rows_missing', detail: expect.stringContaining(B) });
    expect(JSON.stringify(decision)).not.toContain(A);
  });

  test('given a row of each, in whatever order and with whatever further rows, then archived', () => {
    for (const facts of [signed(A, B), signed(B, id('c'), A, B)])
      archive(facts, concluded)
        .thenEvents(archived)
        .thenState({ ...data, number: 'case', status: 'archived' });
  });

  test('given a case that is not concluded, then refused though every row is signed', () => {
    archive(signed(A, B)).thenRefused({ code: 'not_concluded', basis: expect.objectContaining({ article: '第四十二条' }), cure: expect.any(String) });
  });

  test.each(['refused', 'terminated'] as const)('a matter that was %s is gated too', (outcome) => {
    const matter = CaseOpened.of({ ...data, number: 'matter' });
    const ended = CaseConcluded.of({ case: CASE, institution, outcome, appraisers: [A, B], concludedOn: '2026-03-09', basis: CONCLUSION[outcome] });
    const when = (facts: ReturnType<typeof signed>) => given(caseFile, matter, ended).when(archiveCase, { case: CASE }, { ...head, facts });
    when(signed(B)).thenRefused({ code: 'rows_missing' });
    when(signed(B, A)).thenState({ ...data, number: 'matter', status: 'archived' });
  });

  test('not twice, not what does not exist, and by no other institution', () => {
    archive(signed(A, B), concluded, archived).thenRefused({ code: 'already_archived' });
    given(caseFile)
      .when(archiveCase, { case: CASE }, { ...head, facts: nothing })
      .thenRefused({ refused: 'not-found', pointer: '/case' });
    given(caseFile, opened, concluded)
      .when(archiveCase, { case: CASE }, { actor: actor('staff', 'made-other'), facts: signed(A, B) })
      .thenRefused({ refused: 'forbidden' });
  });
});

/** The rules of a day in a province where a failed item takes no commission from another day on. */
function stoppingFrom(from: string, day: string): { readonly policy: Policy } {
  const answer = policyBook(national, [{ province: '31', rules: [{ from, values: { proficiency: { commissionsStopAfterFailure: true } } }] }])('31', day);
  if (!answer.ok) throw new Error(answer.detail);
  return { policy: answer.values };
}

/** Opening a file for these items, at an institution of these scopes with these failures that no pass has followed. */
function opening({
  scopes = [CLINICAL, PATHOLOGY],
  failed = {},
  from,
}: {
  scopes?: readonly string[];
  failed?: Record<string, number | null>;
  from?: string;
} = {}) {
  const facts = {
    institution: fact({ uscc: institution, scopes }),
    organ: fact(undefined, 0),
    ...Object.fromEntries(Object.entries(failed).map(([item, unresolved]) => [item, fact({ unresolved })])),
  };
  const more = Object.fromEntries([A, B].map((person, at) => [at, fact({ person, institution })]));
  const body = { case: CASE, matter: '虚构事项', commissioner: { kind: 'person' }, appraisers: ['MADE-1', 'MADE-2'] };
  return (asked: object, occurredOn = TODAY) =>
    given(caseFile).when(openCase, { ...body, ...asked }, { ...head, facts, more, occurredOn, ...(from === undefined ? {} : stoppingFrom(from, occurredOn)) });
}
const CLINICAL = 'medicine-0201';
const PATHOLOGY = 'medicine-0101';

test('受理前事项编号: what the number is stands with the case, and is that of an accepted case where nothing is said', () => {
  const open = opening();
  expect(open({ number: 'matter' }).stream.state()).toMatchObject({ number: 'matter', status: 'open' });
  expect(open({}).stream.state()).toMatchObject({ number: 'case', status: 'open' });
});

describe('程序通则 第十五条第（一）项: no item outside the scope that is registered now', () => {
  test('given items within it, then they stand with the case and in the listing', () => {
    const { stream } = opening()({ items: [PATHOLOGY, CLINICAL] });
    expect(stream.state()).toMatchObject({ items: [PATHOLOGY, CLINICAL], status: 'open' });
    expect(stream.rows()).toMatchObject([{ item: { items: [PATHOLOGY, CLINICAL] } }]);
    expect(opening()({}).stream.rows()).toMatchObject([{ item: { items: null } }]);
  });

  test('given one outside it, or struck off, then refused, naming that one', () => {
    opening({ scopes: [PATHOLOGY] })({ items: [PATHOLOGY, CLINICAL] }).thenRefused({
      refused: 'rule',
      code: 'out_of_scope',
      detail: `${itemTitle(CLINICAL)}不在贵机构现登记的业务范围内，不得受理`,
      pointer: '/items/1',
      cure: expect.any(String),
      basis: { document: '司法部令第132号', article: '第十五条第（一）项', status: 'law' },
    });
    opening({ scopes: [] })({ items: [CLINICAL], number: 'case' }).thenRefused({ code: 'out_of_scope', pointer: '/items/0' });
  });

  test('a matter is not accepted by its file: it is opened whatever it asks for, and ends refused', () => {
    const { stream } = opening({ scopes: [], failed: { [CLINICAL]: 2025 }, from: '2026-01-01' })({ items: [CLINICAL], number: 'matter' });
    expect(stream.state()).toMatchObject({ items: [CLINICAL], number: 'matter', status: 'open' });
    expect(stream.decide(concludeCase, { case: CASE, outcome: 'refused' }, head)).toMatchObject([{ name: 'CaseConcluded', data: { outcome: 'refused' } }]);
  });

  test.each([
    ['opinion', { code: 'not_accepted', pointer: '/outcome', basis: { article: '第十一条' } }],
    ['refused', [{ name: 'CaseConcluded' }]],
    ['terminated', [{ name: 'CaseConcluded' }]],
  ])('given a matter that is not accepted, when it is to end as %s, then an opinion alone is refused', (outcome, expected) => {
    const { stream } = opening()({ number: 'matter' });
    expect(stream.decide(concludeCase, { case: CASE, outcome }, head)).toMatchObject(expected);
  });

  test.each<[string, unknown, string]>([
    ['no item', [], '/items'],
    ['eleven', Array.from({ length: 11 }, (_, at) => `medicine-02${String(at + 1).padStart(2, '0')}`), '/items'],
    ['one twice', [CLINICAL, CLINICAL], '/items'],
    ['one that no 执业分类规定 knows', [CLINICAL, '0201'], '/items/1'],
  ])('%s: not as the schema has it', (_, items, pointer) => {
    const parsed = openCase.input.safeParse({ case: CASE, matter: '虚构', commissioner: { kind: 'person' }, appraisers: ['MADE-1'], items });
    expect(parsed.error?.issues.map(({ path }) => `/${path.join('/')}`)).toContain(pointer);
  });

  test('what an acceptance rests on is guarded; without items there is nothing to guard, and of a matter neither', () => {
    const context = { actor: head.actor, province: '310000', callId: id('1'), pseudonym: () => id('2') };
    const guarded = (asked: object) =>
      Object.values(
        openCase.facts?.(openCase.input.parse({ case: CASE, matter: '虚构', commissioner: { kind: 'person' }, appraisers: ['MADE-1'], ...asked }), context) ??
          {},
      )
        .filter((request) => request.guarded)
        .map(({ fact: { aggregate }, key }) => [aggregate, ...(key ?? [])].join('/'))
        .sort();
    expect(guarded({ items: [CLINICAL, PATHOLOGY] })).toEqual([
      `proficiency/record/${institution}/${PATHOLOGY}`,
      `proficiency/record/${institution}/${CLINICAL}`,
      `registry/institution/${institution}`,
    ]);
    expect(guarded({})).toEqual([]);
    expect(guarded({ items: [CLINICAL], number: 'matter' })).toEqual([]);
  });
});

describe('P-4 吉安方案第12项: no new commission in a failed item until a corrective retest passes, where the province’s policy says so', () => {
  const failed = { [CLINICAL]: 2025, [PATHOLOGY]: null };

  test('given a failed year that nothing has resolved, then refused, naming item and year', () => {
    opening({ failed, from: '2026-01-01' })({ items: [PATHOLOGY, CLINICAL] }).thenRefused({
      refused: 'rule',
      code: 'item_stopped',
      detail: `${itemTitle(CLINICAL)}在2025年度能力验证中不合格，补测合格前不得受理新的委托`,
      pointer: '/items/1',
      cure: expect.stringContaining('补测合格') as unknown as string,
      basis: expect.objectContaining({ article: '第12项', status: 'draft', reading: expect.stringContaining('补测合格前') }),
    });
  });

  test('given only what is resolved, or no record at all, then accepted', () => {
    for (const [item, of] of [
      [PATHOLOGY, failed],
      [CLINICAL, { [CLINICAL]: null }],
      [CLINICAL, {}],
    ] as const)
      expect(opening({ failed: of, from: '2026-01-01' })({ items: [item] }).stream.state()).toMatchObject({ items: [item], status: 'open' });
  });

  test('given the national rules, then a failed year stops nothing', () => {
    expect(opening({ failed })({ items: [CLINICAL] }).stream.state()).toMatchObject({ items: [CLINICAL], status: 'open' });
  });

  test('by the rules of the day on which the commission was received: the first day of the rule, and the day before', () => {
    const open = opening({ failed, from: '2026-03-09' });
    open({ items: [CLINICAL] }, '2026-03-09').thenRefused({ code: 'item_stopped' });
    expect(open({ items: [CLINICAL] }, '2026-03-08').stream.state()).toMatchObject({ receivedOn: '2026-03-08', status: 'open' });
  });

  test('what is outside the scope is told before what is stopped', () => {
    opening({ scopes: [], failed, from: '2026-01-01' })({ items: [CLINICAL] }).thenRefused({ code: 'out_of_scope' });
  });
});
