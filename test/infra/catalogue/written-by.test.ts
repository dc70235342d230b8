import { beforeAll, describe, expect, test } from 'vitest';
import type { Basis } from '../../../events/basis.ts';
import { documentOf } from '../../../events/documents.ts';
import type { Definitions } from '../../../functions/kernel/definitions.ts';
import type { Commit } from '../../../functions/kernel/ledger.ts';
import { writtenBy } from '../../../infra/catalogue/written-by.ts';
import { loadDefinitions } from '../../../infra/local/load-definitions.ts';
import { articlesOf, coveredBy } from '../../support/articles.ts';
import { playedCommits } from '../../support/played-commits.ts';

let definitions: Definitions;
let commits: readonly Commit[];
let derived: ReadonlySet<string>;
beforeAll(async () => {
  definitions = await loadDefinitions();
  const written = await writtenBy(definitions.commands.values());
  derived = new Set([...written].flatMap(([command, events]) => events.map(({ name }) => `${command} ${name}`)));
  commits = await playedCommits();
});

/** What a command can write, and no played story has it write. */
const NOT_PLAYED = [
  // A further year of holidays is published.
  'deadlines/look-at-deadline DeadlineRecomputed',
  // A closed report is reclassified, and the further act asks for no outcome either.
  'interference/reclassify-report ReportClosed',
  // A correction may put any result in the place of any other; test/proficiency/record.test.ts.
  'proficiency/correct-result ConsecutiveFailureDetected',
  'proficiency/correct-result ProficiencyAbsenceRecorded',
  'proficiency/correct-result ProficiencyTestFailed',
  'proficiency/correct-result ProficiencyTestWarned',
  // Where the province counts an absence, or a failed assessment; in the same file.
  'proficiency/record-absence ConsecutiveFailureDetected',
  'proficiency/record-assessment ConsecutiveFailureDetected',
  'proficiency/record-assessment ConsecutiveFailureRevoked',
];

describe('which events a command can write, as its code says', () => {
  test('is what the scenarios and the made province had it write, and what they had not is known by name', () => {
    const played = new Set(commits.flatMap(({ command, events }) => events.map(({ name }) => `${command.name} ${name}`)));
    expect(played.size).toBeGreaterThan(80);
    expect([...played].filter((pair) => !derived.has(pair))).toEqual([]);
    expect([...derived].filter((pair) => !played.has(pair)).sort()).toEqual(NOT_PLAYED);
  });

  test.each([
    // Listed by the same aggregate.
    'interference/route-report ReportRouted yes',
    'interference/route-report ReportReclassified no',
    'sanctions/number-document DecisionNumbered no',
    // By a function that several commands share.
    'interference/route-report ReportClosed yes',
    'interference/withdraw-report ReportClosed no',
    // Handed on in a table, not called upon.
    'proficiency/record-result ProficiencyTestPassed yes',
    'proficiency/record-absence ProficiencyTestPassed no',
    'proficiency/record-result ConsecutiveFailureRevoked no',
    // Read by name, and by schema.
    'proficiency/disclose-rectification RectificationSubmitted no',
    'sanctions/keep-number OrderNumbered yes',
    'sanctions/verify-correction MeasuresIssued no',
  ])('%s', (line) => {
    const [command, event, written] = line.split(' ');
    expect(derived.has(`${command} ${event}`)).toBe(written === 'yes');
  });

  test('leaves no event without a command', () => {
    const events = new Set([...derived].map((pair) => pair.split(' ')[1]));
    expect([...definitions.events.keys()].filter((name) => !events.has(name))).toEqual([]);
  });
});

const basesIn = (value: unknown): readonly Basis[] => {
  if (typeof value !== 'object' || value === null) return [];
  return 'document' in value && 'article' in value ? [value as Basis] : Object.values(value).flatMap(basesIn);
};

describe('every event that was played', () => {
  test('cites an article that events of its name rest on', () => {
    const cited = commits.flatMap(({ events }) => events.flatMap(({ name, data }) => basesIn(data).map((basis) => ({ name, basis }))));
    expect(new Set(cited.map(({ name }) => name)).size).toBeGreaterThan(70);
    const astray = cited.flatMap(({ name, basis }) => {
      const listed = articlesOf(definitions.events.get(name)?.restsOn ?? '');
      const articles = basis.article.split('、').map((article) => `${documentOf(basis)} ${article}`);
      return articles.filter((article) => !listed.some((each) => coveredBy(article, each))).map((article) => `${name}: ${article}`);
    });
    expect([...new Set(astray)]).toEqual([]);
  });

  test('cites none where no rule of law stands behind it', () => {
    const without = commits.flatMap(({ events }) => events).filter(({ name }) => typeof definitions.events.get(name)?.restsOn === 'string');
    expect(without.length).toBeGreaterThan(0);
    expect(without.flatMap(({ data }) => basesIn(data))).toEqual([]);
  });
});
