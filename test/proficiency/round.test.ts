import { describe, expect, test } from 'vitest';
import { ProficiencyResultsDue } from '../../events/proficiency.ts';
import closeRound from '../../functions/proficiency/commands/close-round.ts';
import enrolInstitutions from '../../functions/proficiency/commands/enrol-institutions.ts';
import openRound from '../../functions/proficiency/commands/open-round.ts';
import recordAbsences from '../../functions/proficiency/reactions/record-absences.ts';
import { round } from '../../functions/proficiency/round.ts';
import { streamOf, type TestStream } from '../support/given.ts';
import { heard } from '../support/heard.ts';
import { DAY, ITEM, PROVIDER, provider, registered } from './made.ts';

const usual = { actor: provider, today: DAY };
const named = (count: number, from = 0) => Array.from({ length: count }, (_, at) => `made-institution-${at + from}`);
const of = { year: 2025, item: ITEM };
/** Every one of them registered for the item. */
const facts = (institutions: readonly string[]) => Object.fromEntries(institutions.map((_, at) => [at, registered()]));
const open = (stream: TestStream, institutions: readonly string[], more: object = {}) =>
  stream.decide(openRound, { ...of, institutions, ...more }, { ...usual, facts: facts(institutions) });
const enrol = (stream: TestStream, institutions: readonly string[]) =>
  stream.decide(enrolInstitutions, { ...of, institutions }, { ...usual, facts: facts(institutions) });
const opened = (count = 2) => {
  const stream = streamOf(round);
  open(stream, named(Math.min(count, 200)));
  for (let from = 200; from < count; from += 200) enrol(stream, named(Math.min(200, count - from), from));
  return stream;
};

describe('意见第14条: a round of a provider, in an item, for a year', () => {
  test('given none, then it is opened with whoever takes part, each once', () => {
    const stream = streamOf(round);
    open(stream, ['made-a', 'made-b', 'made-a']);
    expect(stream.events()).toMatchObject([
      { name: 'ProficiencyRoundOpened', data: { ...of, provider: PROVIDER, institutions: ['made-a', 'made-b'], openedOn: DAY } },
    ]);
  });

  test('given one, then a second is refused; so is one of a year to come', () => {
    expect(open(opened(), [])).toMatchObject({ refused: 'conflict', code: 'round_exists' });
    expect(open(streamOf(round), [], { year: 2027 })).toMatchObject({ code: 'year_in_future', pointer: '/year' });
  });

  test('given further institutions, then those that are new are enrolled, and nothing where none is', () => {
    const stream = opened(2);
    enrol(stream, named(3, 1));
    expect(stream.events().at(-1)).toMatchObject({ data: { institutions: named(2, 2) } });
    expect(enrol(stream, named(4))).toEqual([]);
  });

  test('given one that is not registered for the item, or no longer, then it cannot be enrolled: refused, naming it', () => {
    const mixed = { ...facts(['made-a']), 1: registered({ scopes: ['medicine-0202'], struckOff: [ITEM] }) };
    const refusal = { refused: 'rule', code: 'item_not_registered', pointer: '/institutions/1', cure: expect.any(String) };
    const institutions = ['made-a', 'made-b'];
    expect(streamOf(round).decide(openRound, { ...of, institutions }, { ...usual, facts: mixed })).toMatchObject(refusal);
    expect(opened(0).decide(enrolInstitutions, { ...of, institutions }, { ...usual, facts: mixed })).toMatchObject(refusal);
  });

  test('takes 1,000 institutions and not one more', () => {
    const stream = opened(1000);
    expect(enrol(stream, named(1, 1000))).toMatchObject({
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
    expect(enrol(stream, ['made-late'])).toMatchObject({ refused: 'rule', code: 'round_closed' });
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
    expect(enrol(streamOf(round), ['made-a'])).toMatchObject({ refused: 'not-found' });
  });
});
