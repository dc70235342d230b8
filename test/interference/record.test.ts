import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CaseConcluded } from '../../events/commissions.ts';
import { RecordCompleted, RecordRowSigned, RowsAskedFor } from '../../events/interference.ts';
import { RECORD } from '../../functions/interference/articles.ts';
import askForRows from '../../functions/interference/commands/ask-for-rows.ts';
import signRow from '../../functions/interference/commands/sign-row.ts';
import missingRows from '../../functions/interference/queries/missing-rows.ts';
import onConclusion from '../../functions/interference/reactions/ask-for-rows.ts';
import { MOST_ROWS, missingOf, type RecordState, record } from '../../functions/interference/record.ts';
import type { Actor } from '../../functions/kernel/identity.ts';
import { LIMITS } from '../../functions/kernel/limits.ts';
import { CALL, fact, given, streamOf, TODAY } from '../support/given.ts';
import { heard, id } from '../support/heard.ts';
import { viewsOf } from '../support/views.ts';

const [A, B, STAFF] = [id('a'), id('b'), id('c')] as const;
const CASE = '（2026）虚构鉴字第1号';
const INSTITUTION = 'made-institution';
const BUREAU = 'made-justice';

const facts = { case: fact({ case: CASE, institution: INSTITUTION, appraisers: [A, B] }), institution: fact({ supervisedBy: BUREAU }) };
const actor = (person: string): Actor => ({ agency: INSTITUTION, kind: 'institution', division: '310000', person, roles: ['appraiser'] });
const by = (person: string) => ({ actor: actor(person), facts });
const none = { answer: 'none' } as const;

const row = (name: string, signer: string, corrects?: string) =>
  RecordRowSigned.of(
    {
      case: CASE,
      institution: INSTITUTION,
      row: id(name),
      signer,
      signedOn: '2026-03-09',
      assigned: [A, B],
      ...(corrects === undefined ? {} : { corrects: id(corrects) }),
      basis: RECORD.row,
    },
    { content: none },
  );
const asked = (...missing: string[]) =>
  RowsAskedFor.of({ case: CASE, institution: INSTITUTION, bureau: BUREAU, missing, concludedOn: '2026-03-09', basis: RECORD.askedFor });
const completed = RecordCompleted.of({ case: CASE, institution: INSTITUTION, completedOn: TODAY, basis: RECORD.completed });

/** What a call writes; its id is the row's. */
const signedNow = (signer: string, more: object = {}) => ({
  name: 'RecordRowSigned',
  data: { case: CASE, institution: INSTITUTION, row: CALL, signer, signedOn: TODAY, assigned: [A, B], basis: RECORD.row, ...more },
});
const names = (events: ReturnType<typeof given>, input: object, who: string) => events.when(signRow, { case: CASE, content: none, ...input }, by(who)).decision;

describe('第四条: a row', () => {
  test('names who is assigned, so that the record knows who owes one', () => {
    expect(names(given(record), {}, A)).toMatchObject([{ name: 'RecordRowSigned', data: signedNow(A).data }]);
  });

  test('after a true “none” is a further row', () => {
    const { decision, stream } = given(record, row('1', A)).when(signRow, { case: CASE, content: none }, by(A));
    expect(decision).toMatchObject([signedNow(A)]);
    expect((stream.state() as RecordState).rows).toHaveLength(2);
  });
});

describe('第四条 (全程留痕): a correction is a further row that names the first', () => {
  test('given one’s own row, then it is named and both stand', () => {
    const { decision, stream } = given(record, row('1', B), row('2', A)).when(signRow, { case: CASE, content: none, corrects: id('2') }, by(A));
    expect(decision).toMatchObject([signedNow(A, { corrects: id('2') })]);
    expect((stream.state() as RecordState).rows.map(({ row: each, corrects }) => [each, corrects])).toEqual([
      [id('1'), undefined],
      [id('2'), undefined],
      [CALL, id('2')],
    ]);
  });

  test('given a row of another, or none at all, then refused alike: nobody learns by it what stands there', () => {
    const refusals = [id('1'), id('7')].map((corrects) => names(given(record, row('1', B), row('2', A)), { corrects }, A));
    expect(refusals[0]).toMatchObject({
      refused: 'rule',
      code: 'not_own_row',
      pointer: '/corrects',
      cure: expect.any(String),
      basis: { document: '司办通〔2020〕56号', article: '第四条', reading: expect.any(String) },
    });
    expect(refusals[1]).toEqual(refusals[0]);
    expect(names(given(record), { corrects: id('1') }, A)).toEqual(refusals[0]);
  });

  test('a correction may itself be corrected', () => {
    expect(names(given(record, row('1', A), row('2', A, '1')), { corrects: id('2') }, A)).toMatchObject([signedNow(A, { corrects: id('2') })]);
  });
});

describe('第四条: once the case is concluded, missing rows are asked for', () => {
  const concluded = heard(CaseConcluded, {
    case: CASE,
    institution: INSTITUTION,
    outcome: 'refused',
    appraisers: [A, B],
    concludedOn: '2026-03-09',
    basis: RECORD.row,
  });
  const [input] = onConclusion.targets(concluded);
  const ask = (...events: Parameters<typeof given>[1][]) => given(record, ...events).when(askForRows, input, { facts, occurredOn: '2026-03-09' });

  test('of everyone, where nobody has signed', () => {
    ask().thenEvents(asked(A, B));
  });
  test('of who has not signed, whoever else has', () => {
    ask(row('1', B), row('2', STAFF)).thenEvents(asked(A));
  });
  test('of nobody, where everyone has signed', () => {
    ask(row('1', B), row('2', A)).thenNothing();
  });
  test('once, however often the conclusion is heard, and not again once they are there', () => {
    ask(asked(A, B)).thenNothing();
    ask(asked(A), row('1', A), completed).thenNothing();
  });

  test('given the last missing row, then the record is complete; given any other, not yet', () => {
    const state = given(record, asked(A, B));
    expect(names(state, {}, STAFF)).toMatchObject([signedNow(STAFF)]);
    expect(names(state, {}, A)).toMatchObject([signedNow(A)]);
    expect(names(given(record, asked(A, B), row('1', A)), {}, A)).toMatchObject([signedNow(A)]);
    expect(names(given(record, asked(A, B), row('1', A)), {}, B)).toMatchObject([signedNow(B), { name: 'RecordCompleted', data: completed.data }]);
  });
  test('given a record that nothing was asked of, or that is complete, then a further row completes nothing', () => {
    expect(names(given(record, row('1', A)), {}, B)).toHaveLength(1);
    expect(names(given(record, asked(A), row('1', A), completed), {}, A)).toHaveLength(1);
  });

  test('in whatever order the conclusion and the signatures come, the record ends complete or was never asked for', () => {
    const steps = ['ask', 'ask', A, B, STAFF] as const;
    fc.assert(
      fc.property(fc.shuffledSubarray([...steps], { minLength: steps.length }), (order) => {
        const stream = streamOf(record);
        for (const step of order) {
          if (step === 'ask') stream.decide(askForRows, input, { facts });
          else stream.decide(signRow, { case: CASE, content: none }, by(step));
        }
        const state = stream.state() as RecordState;
        const askedFirst = order.indexOf('ask') < Math.max(order.indexOf(A), order.indexOf(B));
        expect(missingOf(state)).toEqual([]);
        expect(state.complete).toBe(askedFirst ? true : null);
        expect(stream.events().filter(({ name }) => name !== 'RecordRowSigned')).toHaveLength(askedFirst ? 2 : 0);
        expect(stream.rows().map(({ listing }) => listing)).toEqual(['interference/records', 'interference/signed-rows']);
      }),
    );
  });
});

describe('未签齐的记录', () => {
  const listed = (...events: Parameters<typeof given>[1][]) => {
    const stream = streamOf(record, [CASE]);
    for (const event of events) if (event) stream.write(event);
    return stream.rows().filter(({ listing }) => listing === 'interference/missing-rows');
  };

  test('given a record that lacks rows after the conclusion, then listed for the institution and its bureau, with who owes them', () => {
    const item = { case: CASE, institution: INSTITUTION, missing: [B], concludedOn: '2026-03-09' };
    expect(listed(asked(A, B), row('1', A))).toEqual(
      [INSTITUTION, BUREAU].map((partition) => ({ listing: 'interference/missing-rows', partition, sort: `2026-03-09/${CASE}`, item })),
    );
  });
  test('given one that lacks rows before the conclusion, or none any more, then not listed', () => {
    expect(listed(row('1', A))).toEqual([]);
    expect(listed(asked(A), row('1', A), completed)).toEqual([]);
  });
  test('each agency is told its own', async () => {
    const rows = listed(asked(A, B));
    const about = { now: '', today: TODAY, pseudonym: () => '', views: viewsOf(rows, {}) };
    const ask = (agency: string, kind: 'institution' | 'justice-bureau') => missingRows.read({}, { ...about, actor: { ...actor(A), agency, kind } });
    expect(await ask(BUREAU, 'justice-bureau')).toMatchObject({ items: [{ case: CASE, missing: [A, B] }] });
    expect(await ask(INSTITUTION, 'institution')).toMatchObject({ items: [{ case: CASE }] });
    expect(await ask('made-other', 'institution')).toMatchObject({ items: [] });
  });
});

test(`${MOST_ROWS} corrections of the longest names, asked of as many appraisers as a case has, are within the limit of a state`, () => {
  const stream = streamOf(record);
  const long = { case: '案'.repeat(80), institution: 'x'.repeat(64) };
  const people = (from: number) => Array.from({ length: 20 }, (_, at) => id(`${from + at}`));
  stream.write(RowsAskedFor.of({ ...long, bureau: 'x'.repeat(64), missing: people(100), concludedOn: TODAY, basis: RECORD.askedFor }));
  for (let at = 0; at < MOST_ROWS; at += 1) {
    stream.write(RecordRowSigned.of({ ...long, row: id('1'), signer: id('2'), signedOn: TODAY, corrects: id('3'), assigned: people(200) }, { content: none }));
  }
  expect(Buffer.byteLength(JSON.stringify(stream.state()))).toBeLessThanOrEqual(LIMITS.state);
});
