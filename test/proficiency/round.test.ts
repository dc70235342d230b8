import { describe, expect, test } from 'vitest';
import { ProficiencyResultsDue } from '../../events/proficiency.ts';
import closeRound from '../../functions/proficiency/commands/close-round.ts';
import enrolInstitutions from '../../functions/proficiency/commands/enrol-institutions.ts';
import openRound from '../../functions/proficiency/commands/open-round.ts';
import recordAbsences from '../../functions/proficiency/reactions/record-absences.ts';
import { round } from '../../functions/proficiency/round.ts';
import { streamOf } from '../support/given.ts';
import { heard } from '../support/heard.ts';
import { DAY, ITEM, PROVIDER, provider } from './made.ts';

const usual = { actor: provider, today: DAY };
const named = (count: number, from = 0) => Array.from({ length: count }, (_, at) => `made-institution-${at + from}`);
const of = { year: 2025, item: ITEM };
const opened = (count = 2) => {
  const stream = streamOf(round);
  stream.decide(openRound, { ...of, institutions: named(Math.min(count, 200)) }, usual);
  for (let from = 200; from < count; from += 200) stream.decide(enrolInstitutions, { ...of, institutions: named(Math.min(200, count - from), from) }, usual);
  return stream;
};

describe('意见第14条: a round of a provider, in an item, for a year', () => {
  test('given none, then it is opened with whoever takes part, each once', () => {
    const stream = streamOf(round);
    stream.decide(openRound, { ...of, institutions: ['made-a', 'made-b', 'made-a'] }, usual);
    expect(stream.events()).toMatchObject([
      { name: 'ProficiencyRoundOpened', data: { ...of, provider: PROVIDER, institutions: ['made-a', 'made-b'], openedOn: DAY } },
    ]);
  });

  test('given one, then a second is refused; so is one of a year to come', () => {
    expect(opened().decide(openRound, { ...of, institutions: [] }, usual)).toMatchObject({ refused: 'conflict', code: 'round_exists' });
    expect(streamOf(round).decide(openRound, { ...of, year: 2027, institutions: [] }, usual)).toMatchObject({ code: 'year_in_future', pointer: '/year' });
  });

  test('given further institutions, then those that are new are enrolled, and nothing where none is', () => {
    const stream = opened(2);
    stream.decide(enrolInstitutions, { ...of, institutions: named(3, 1) }, usual);
    expect(stream.events().at(-1)).toMatchObject({ data: { institutions: named(2, 2) } });
    expect(stream.decide(enrolInstitutions, { ...of, institutions: named(4) }, usual)).toEqual([]);
  });

  test('takes 1,000 institutions and not one more', () => {
    const stream = opened(1000);
    expect(stream.decide(enrolInstitutions, { ...of, institutions: named(1, 1000) }, usual)).toMatchObject({
      code: 'too_many_institutions',
      pointer: '/institutions',
    });
  });

  test('given it is closed, then it names who owed a result in lists of at most 200, and takes nobody more', () => {
    const stream = opened(401);
    stream.decide(closeRound, of, usual);
    const due = stream.events().filter(({ name }) => name === 'ProficiencyResultsDue');
    expect(due.map(({ data }) => (data.institutions as string[]).length)).toEqual([200, 200, 1]);
    expect(due.flatMap(({ data }) => data.institutions)).toEqual(named(401));
    expect(stream.decide(closeRound, of, usual)).toMatchObject({ refused: 'conflict', code: 'round_closed' });
    expect(stream.decide(enrolInstitutions, { ...of, institutions: ['made-late'] }, usual)).toMatchObject({ refused: 'rule', code: 'round_closed' });
  });

  test('given it is closed without anybody enrolled, then nobody was absent', () => {
    const stream = opened(0);
    stream.decide(closeRound, of, usual);
    expect(stream.events().map(({ name }) => name)).toEqual(['ProficiencyRoundOpened', 'ProficiencyRoundClosed']);
  });

  test('given a list of those who owe a result, then each is looked at', () => {
    const due = heard(ProficiencyResultsDue, {
      ...of,
      provider: PROVIDER,
      institutions: ['made-a', 'made-b'],
      closedOn: DAY,
      basis: { document: '虚构', article: '第一条', status: 'law' },
    });
    expect(recordAbsences.targets(due)).toEqual(['made-a', 'made-b'].map((institution) => ({ ...of, institution, provider: PROVIDER })));
  });

  test('given nothing was opened, then there is nothing to enrol in or to close', () => {
    expect(streamOf(round).decide(closeRound, of, usual)).toMatchObject({ refused: 'not-found' });
    expect(streamOf(round).decide(enrolInstitutions, { ...of, institutions: ['made-a'] }, usual)).toMatchObject({ refused: 'not-found' });
  });
});
