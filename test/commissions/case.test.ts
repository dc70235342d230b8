import { describe, expect, test } from 'vitest';
import { CaseArchived, CaseConcluded, CaseOpened } from '../../events/commissions.ts';
import { RecordFact } from '../../events/interference.ts';
import { ARCHIVE, CONCLUSION } from '../../functions/commissions/articles.ts';
import { caseFile } from '../../functions/commissions/case.ts';
import archiveCase from '../../functions/commissions/commands/archive-case.ts';
import concludeCase from '../../functions/commissions/commands/conclude-case.ts';
import openCase from '../../functions/commissions/commands/open-case.ts';
import type { Actor, Role } from '../../functions/kernel/identity.ts';
import { fact, given } from '../support/given.ts';
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

test('受理前事项编号: what the number is stands with the case, and is that of an accepted case where nothing is said', () => {
  const more = Object.fromEntries([A, B].map((person, at) => [at, fact({ person, institution })]));
  const facts = { institution: fact({ uscc: institution }), organ: fact(undefined, 0) };
  const body = { case: CASE, matter: '虚构事项', commissioner: { kind: 'person' }, appraisers: ['MADE-1', 'MADE-2'] };
  const open = (number: object) =>
    given(caseFile)
      .when(openCase, { ...body, ...number }, { ...head, facts, more })
      .stream.state();
  expect(open({ number: 'matter' })).toMatchObject({ number: 'matter', status: 'open' });
  expect(open({})).toMatchObject({ number: 'case', status: 'open' });
});
