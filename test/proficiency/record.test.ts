import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRefusal } from '../../functions/kernel/decision.ts';
import correctResult from '../../functions/proficiency/commands/correct-result.ts';
import recordAbsence from '../../functions/proficiency/commands/record-absence.ts';
import recordAssessment from '../../functions/proficiency/commands/record-assessment.ts';
import recordResult from '../../functions/proficiency/commands/record-result.ts';
import recordRetest from '../../functions/proficiency/commands/record-retest.ts';
import { isFailed, type RecordState, record, yearOf } from '../../functions/proficiency/record.ts';
import { type Circumstances, fact, streamOf, type TestStream } from '../support/given.ts';
import { id } from '../support/heard.ts';
import {
  ADOPTED,
  BUREAU,
  DAY,
  INSTITUTION,
  ITEM,
  NOT_ADOPTED,
  officer,
  otherOfficer,
  otherProvider,
  PROVIDER,
  provider,
  REGISTRAR,
  registered,
  ruled,
} from './made.ts';

const facts = { institution: registered(), round: fact({ closed: false }) };
const usual: Circumstances = { actor: provider, facts, policy: ADOPTED, today: DAY };
const word = (text: string) => ({ by: 'word', word: text });
const about = { institution: INSTITUTION, item: ITEM };
const report = (stream: TestStream, year: number, text: string, more: Circumstances = {}) =>
  stream.decide(recordResult, { ...about, year, result: word(text) }, { ...usual, ...more });
const names = (decision: unknown) => (isRefusal(decision) ? decision : (decision as readonly { name: string }[]).map(({ name }) => name));
const stateOf = (stream: TestStream) => stream.state() as RecordState;
const testOf = (stream: TestStream, year: number) => yearOf(stateOf(stream), year).test?.event;
const correct = (stream: TestStream, year: number, result: unknown, more: Circumstances = {}) =>
  stream.decide(correctResult, { ...about, year, corrects: testOf(stream, year) ?? id('0'), cause: 'reassessed', result }, { ...usual, ...more });

describe('P-1: a result is recorded with what it means by the rules of its day', () => {
  test('given a failed test where the province has adopted the draft, then it says who is concerned, and that it enters the file', () => {
    const stream = streamOf(record);
    report(stream, 2025, '不满意');
    expect(stream.events()).toEqual([
      {
        name: 'ProficiencyTestFailed',
        data: {
          ...about,
          year: 2025,
          provider: PROVIDER,
          bureau: BUREAU,
          registrar: REGISTRAR,
          grade: word('不满意'),
          entersFile: true,
          reportedOn: DAY,
          basis: expect.objectContaining({ document: expect.stringContaining('高资质高水平'), article: '第14条', status: 'draft' }),
        },
      },
    ]);
  });

  test('X10: given a failed test where it has not, then nothing enters the file', () => {
    const stream = streamOf(record);
    report(stream, 2025, '不满意', { policy: NOT_ADOPTED });
    expect(stream.events()).toMatchObject([{ name: 'ProficiencyTestFailed', data: { entersFile: false } }]);
  });

  test('given a questionable result, then it is a warning and no failed year', () => {
    const stream = streamOf(record);
    expect(names(report(stream, 2025, '有问题'))).toEqual(['ProficiencyTestWarned']);
    expect(isFailed(yearOf(stateOf(stream), 2025))).toBe(false);
  });

  test('X5: given a result reported on a day with other rules, then those of that day decide', () => {
    const stream = streamOf(record);
    const z = { ...about, year: 2025, result: { by: 'z', scores: [2.5] }, reportedOn: '2026-01-05' };
    expect(names(stream.decide(recordResult, z, { ...usual, occurredOn: '2026-01-05', policy: ruled({ z: { passedUpTo: 2.6, failedFrom: 3 } }) }))).toEqual([
      'ProficiencyTestPassed',
    ]);
    expect(stream.events()).toMatchObject([{ data: { reportedOn: '2026-01-05' } }]);
  });
});

describe('a result that is out of place is refused, and nothing is written', () => {
  test.each([
    ['a year after that of the report', { year: 2027 }, {}, { code: 'year_in_future', pointer: '/year', refused: 'rule' }],
    [
      'an item that the institution never had',
      {},
      { institution: registered({ scopes: ['medicine-0202'] }) },
      { code: 'item_not_registered', pointer: '/item' },
    ],
    ['a closed round', {}, { round: fact({ closed: true }) }, { code: 'round_closed', pointer: '/year', cure: expect.any(String) }],
    ['a word that is in no table', { result: word('良好') }, {}, { code: 'unknown_word', pointer: '/result/word', detail: expect.stringContaining('满意') }],
  ])('%s', (_, change, read, refusal) => {
    const stream = streamOf(record);
    const input = { ...about, year: 2025, result: word('满意'), ...change };
    expect(stream.decide(recordResult, input, { ...usual, facts: { ...facts, ...read } })).toMatchObject(refusal);
    expect(stream.events()).toEqual([]);
  });

  test('the year of the report itself is taken, and an item that was struck off later', () => {
    const stream = streamOf(record);
    const struck = { ...facts, institution: registered({ scopes: ['medicine-0202'], struckOff: [ITEM] }) };
    expect(names(report(stream, 2026, '满意', { facts: struck }))).toEqual(['ProficiencyTestPassed']);
  });

  test('a second result of a year, by whomever', () => {
    const stream = streamOf(record);
    report(stream, 2025, '满意');
    for (const actor of [provider, otherProvider])
      expect(report(stream, 2025, '不满意', { actor })).toMatchObject({ refused: 'conflict', code: 'result_exists', pointer: '/year' });
    expect(stream.events()).toHaveLength(1);
  });
});

describe('P-2, 吉安方案第12项: two consecutive failed years', () => {
  test.each([
    ['in order', [2024, 2025]],
    ['the later first', [2025, 2024]],
  ])('given two, told %s, then they are detected once, in the commit of the second', (_, years) => {
    const stream = streamOf(record);
    const decided = years.map((year) => names(report(stream, year, '不满意')));
    expect(decided).toEqual([['ProficiencyTestFailed'], ['ProficiencyTestFailed', 'ConsecutiveFailureDetected']]);
    expect(stream.events().at(-1)).toMatchObject({ data: { ...about, year: 2025, bureau: BUREAU, registrar: REGISTRAR, detectedOn: DAY } });
  });

  test('given fail, pass, fail, then nothing is detected', () => {
    const stream = streamOf(record);
    for (const [year, text] of [
      [2023, '不通过'],
      [2024, '通过'],
      [2025, '不通过'],
    ] as const)
      report(stream, year, text);
    expect(stream.events().filter(({ name }) => name === 'ConsecutiveFailureDetected')).toEqual([]);
  });

  test('given fail, warned, fail, then nothing is detected: a warning is no failure', () => {
    const stream = streamOf(record);
    for (const [year, text] of [
      [2023, '不通过'],
      [2024, '有问题'],
      [2025, '不通过'],
    ] as const)
      report(stream, year, text);
    expect(stream.events().filter(({ name }) => name === 'ConsecutiveFailureDetected')).toEqual([]);
  });

  test('given a year without a round between two failed ones, then the chain is broken', () => {
    const stream = streamOf(record);
    report(stream, 2023, '不通过');
    expect(names(report(stream, 2025, '不通过'))).toEqual(['ProficiencyTestFailed']);
  });

  test('given three failed years, then each two of them are detected', () => {
    const stream = streamOf(record);
    for (const year of [2023, 2024, 2025]) report(stream, year, '不通过');
    expect(
      stream
        .events()
        .filter(({ name }) => name === 'ConsecutiveFailureDetected')
        .map(({ data }) => data.year),
    ).toEqual([2024, 2025]);
  });

  test('given the year between two failed ones told last, then both pairs are detected at once', () => {
    const stream = streamOf(record);
    for (const year of [2023, 2025]) report(stream, year, '不通过');
    expect(names(report(stream, 2024, '不通过'))).toEqual(['ProficiencyTestFailed', 'ConsecutiveFailureDetected', 'ConsecutiveFailureDetected']);
  });

  test('X10: given a province that has not adopted the draft, then they are detected, and the basis says that it is not adopted', () => {
    const stream = streamOf(record);
    for (const year of [2024, 2025]) report(stream, year, '不通过', { policy: NOT_ADOPTED });
    expect(stream.events().at(-1)).toMatchObject({
      name: 'ConsecutiveFailureDetected',
      data: { basis: { article: '第12项', status: 'draft', reading: expect.stringContaining('尚未采用') } },
    });
  });

  test('X10: where it has, the basis names the adopting document', () => {
    const stream = streamOf(record);
    for (const year of [2024, 2025]) report(stream, year, '不通过');
    expect(stream.events().at(-1)).toMatchObject({ data: { basis: { reading: expect.stringContaining('赣司规〔2025〕虚构1号') } } });
  });
});

describe('P-2: an absence', () => {
  const absent = (excused: boolean) => ({ ...about, year: 2025, result: { by: 'absent', excused } });

  test.each([
    [false, false, { counts: false, entersFile: true }],
    [true, false, { counts: false, entersFile: false }],
    [false, true, { counts: true, entersFile: true }],
    [true, true, { counts: false, entersFile: false }],
  ])('given excused %s where absences count %s, then it says %o', (excused, absenceCounts, expected) => {
    const stream = streamOf(record);
    stream.decide(recordResult, absent(excused), { ...usual, policy: ruled({ absenceCounts }) });
    expect(stream.events()).toMatchObject([{ name: 'ProficiencyAbsenceRecorded', data: { excused, ...expected } }]);
  });

  test('given a failed year before it, then the two are detected only where absences count', () => {
    for (const absenceCounts of [false, true]) {
      const stream = streamOf(record);
      report(stream, 2024, '不通过');
      const decided = names(stream.decide(recordResult, absent(false), { ...usual, policy: ruled({ absenceCounts }) }));
      expect(decided).toEqual(['ProficiencyAbsenceRecorded', ...(absenceCounts ? ['ConsecutiveFailureDetected'] : [])]);
    }
  });

  test('given a closed round, then who has no result was absent, and who has one was not', () => {
    const due = { ...about, year: 2025, provider: PROVIDER };
    const without = streamOf(record);
    expect(names(without.decide(recordAbsence, due, { facts, policy: ADOPTED }))).toEqual(['ProficiencyAbsenceRecorded']);
    const withOne = streamOf(record);
    report(withOne, 2025, '满意');
    expect(withOne.decide(recordAbsence, due, { facts, policy: ADOPTED })).toEqual([]);
  });
});

describe('X7: a wrongly reported result is corrected, and what followed from it is compensated', () => {
  test('given one of two failed years corrected to passed, then the correction names the first, and the two years are revoked', () => {
    const stream = streamOf(record);
    for (const year of [2024, 2025]) report(stream, year, '不通过');
    const { detected } = yearOf(stateOf(stream), 2025);
    const wrong = testOf(stream, 2024);
    expect(names(correct(stream, 2024, word('满意')))).toEqual(['ProficiencyResultCorrected', 'ProficiencyTestPassed', 'ConsecutiveFailureRevoked']);
    expect(stream.events().slice(-3)).toMatchObject([
      { data: { corrects: wrong, was: 'failed', now: 'passed', enteredFile: true, cause: 'reassessed', correctedOn: DAY } },
      { data: { year: 2024 } },
      { data: { year: 2025, detected } },
    ]);
  });

  test('given the middle of three failed years corrected, then both pairs are revoked', () => {
    const stream = streamOf(record);
    for (const year of [2023, 2024, 2025]) report(stream, year, '不通过');
    expect(names(correct(stream, 2024, null))).toEqual(['ProficiencyResultCorrected', 'ConsecutiveFailureRevoked', 'ConsecutiveFailureRevoked']);
  });

  test('given a passed year corrected to failed beside a failed one, then the two are detected', () => {
    const stream = streamOf(record);
    report(stream, 2024, '满意');
    report(stream, 2025, '不通过');
    expect(names(correct(stream, 2024, word('不满意')))).toEqual(['ProficiencyResultCorrected', 'ProficiencyTestFailed', 'ConsecutiveFailureDetected']);
  });

  test('given a failed result corrected to another failed one, then the chain stands and is not told again', () => {
    const stream = streamOf(record);
    for (const year of [2024, 2025]) report(stream, year, '不通过');
    expect(names(correct(stream, 2025, word('不满意')))).toEqual(['ProficiencyResultCorrected', 'ProficiencyTestFailed']);
    expect(yearOf(stateOf(stream), 2025).detected).not.toBeNull();
  });

  test('given a correction undone by another, then what was revoked is detected anew, under a new name', () => {
    const stream = streamOf(record);
    for (const year of [2024, 2025]) report(stream, year, '不通过');
    const first = yearOf(stateOf(stream), 2025).detected;
    correct(stream, 2025, word('满意'));
    correct(stream, 2025, word('不满意'));
    const second = yearOf(stateOf(stream), 2025).detected;
    expect(second).not.toBeNull();
    expect(second).not.toBe(first);
  });

  test('refused: another provider’s result, one that was corrected meanwhile, none at all, an unknown word; nothing is written', () => {
    const stream = streamOf(record);
    expect(correct(stream, 2025, null, { actor: provider })).toMatchObject({ refused: 'not-found' });
    report(stream, 2025, '不通过');
    const wrong = testOf(stream, 2025);
    expect(correct(stream, 2025, null, { actor: otherProvider })).toMatchObject({ refused: 'forbidden' });
    expect(correct(stream, 2025, word('良好'))).toMatchObject({ code: 'unknown_word' });
    correct(stream, 2025, word('满意'));
    const stale = { ...about, year: 2025, corrects: wrong, cause: 'misreported', result: null };
    expect(stream.decide(correctResult, stale, usual)).toMatchObject({ refused: 'conflict', code: 'result_moved_on', pointer: '/corrects' });
    expect(stream.events()).toHaveLength(3);
  });

  test('given a result of no value any more, then the year is as if there had been no round', () => {
    const stream = streamOf(record);
    report(stream, 2025, '不通过');
    correct(stream, 2025, null);
    expect(yearOf(stateOf(stream), 2025).test).toBeNull();
    expect(stateOf(stream).unresolved).toBeNull();
    expect(names(report(stream, 2025, '满意'))).toEqual(['ProficiencyTestPassed']);
  });

  test('after any results and corrections, in any order, exactly the pairs of failed years are detected', () => {
    const step = fc.record({ year: fc.integer({ min: 2019, max: 2026 }), text: fc.constantFrom('满意', '有问题', '不通过', null) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const stream = streamOf(record);
        for (const { year, text } of steps) {
          if (testOf(stream, year)) correct(stream, year, text === null ? null : word(text));
          else if (text !== null) report(stream, year, text);
        }
        const standing = new Map<string, number>();
        for (const { name, data } of stream.events()) {
          if (name === 'ConsecutiveFailureDetected') standing.set(String(data.year), (standing.get(String(data.year)) ?? 0) + 1);
          if (name === 'ConsecutiveFailureRevoked') standing.set(String(data.year), (standing.get(String(data.year)) ?? 0) - 1);
        }
        const state = stateOf(stream);
        for (let year = 2019; year <= 2027; year += 1) {
          const both = isFailed(yearOf(state, year)) && isFailed(yearOf(state, year - 1));
          expect(standing.get(String(year)) ?? 0).toBe(both ? 1 : 0);
          expect(yearOf(state, year).detected !== null).toBe(both);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('P-5: on-site assessment', () => {
  const assess = (stream: TestStream, year: number, passed: boolean, more: Circumstances = {}) =>
    stream.decide(recordAssessment, { ...about, year, passed }, { ...usual, actor: officer, ...more });

  test.each([
    [false, ['OnSiteAssessmentRecorded']],
    [true, ['OnSiteAssessmentRecorded', 'ConsecutiveFailureDetected']],
  ])('given a failed one after a failed test, where it counts %s, then %o', (assessmentCounts, expected) => {
    const stream = streamOf(record);
    report(stream, 2024, '不通过');
    expect(names(assess(stream, 2025, false, { policy: ruled({ assessmentCounts }) }))).toEqual(expected);
  });

  test('given a later one of the year that is passed, then it stands for the earlier and the chain is revoked', () => {
    const stream = streamOf(record);
    const policy = ruled({ assessmentCounts: true });
    report(stream, 2024, '不通过');
    assess(stream, 2025, false, { policy });
    expect(names(assess(stream, 2025, true, { policy }))).toEqual(['OnSiteAssessmentRecorded', 'ConsecutiveFailureRevoked']);
  });

  test('given another bureau, then it is refused', () => {
    expect(assess(streamOf(record), 2025, true, { actor: otherOfficer })).toMatchObject({ refused: 'forbidden' });
  });
});

describe('P-4: a corrective retest', () => {
  const retest = (stream: TestStream, year: number, passed: boolean) => stream.decide(recordRetest, { ...about, year, passed }, usual);

  test('given a failed year, then it is unresolved until a retest is passed; the year stays failed', () => {
    const stream = streamOf(record);
    report(stream, 2025, '不通过');
    expect(stateOf(stream).unresolved).toBe(2025);
    retest(stream, 2025, false);
    expect(stateOf(stream).unresolved).toBe(2025);
    retest(stream, 2025, true);
    expect(stateOf(stream).unresolved).toBeNull();
    expect(isFailed(yearOf(stateOf(stream), 2025))).toBe(true);
  });

  test('given a failed year and a later pass, then nothing is unresolved; a later absence does not resolve it', () => {
    const passedLater = streamOf(record);
    report(passedLater, 2024, '不通过');
    report(passedLater, 2025, '通过');
    expect(stateOf(passedLater).unresolved).toBeNull();
    const absentLater = streamOf(record);
    report(absentLater, 2024, '不通过');
    absentLater.decide(recordResult, { ...about, year: 2025, result: { by: 'absent', excused: true } }, usual);
    expect(stateOf(absentLater).unresolved).toBe(2024);
  });

  test('given another provider than the one whose test was failed, then it is refused', () => {
    const stream = streamOf(record);
    report(stream, 2025, '不通过');
    expect(stream.decide(recordRetest, { ...about, year: 2025, passed: true }, { ...usual, actor: otherProvider })).toMatchObject({ refused: 'forbidden' });
  });

  test('given no failed year, then there is nothing to retest', () => {
    const stream = streamOf(record);
    report(stream, 2025, '满意');
    expect(retest(stream, 2025, true)).toMatchObject({ refused: 'rule', code: 'nothing_to_retest', pointer: '/year' });
    expect(retest(stream, 2024, true)).toMatchObject({ code: 'nothing_to_retest' });
  });
});
