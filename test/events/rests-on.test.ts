import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Basis } from '../../events/basis.ts';
import { catalogue } from '../../events/catalogue.ts';
import { DOCUMENT_IDS, documentOf } from '../../events/documents.ts';
import type { AnyEventDefinition, RestsOn } from '../../events/event.ts';
import { EntryCompensated, EntryOpened } from '../../events/integrity.ts';
import { NoticeSent } from '../../events/notifications.ts';
import { terms } from '../../functions/deadlines/terms.ts';
import { COMPENSATED, ENTERED } from '../../functions/integrity/grounds.ts';
import { isLine, type Line } from '../../functions/notifications/line.ts';
import { routingTable } from '../../functions/notifications/routing-table.ts';
import { articlesIn, articlesOf, coveredBy } from '../support/articles.ts';

const FUNCTIONS = fileURLToPath(new URL('../../functions/', import.meta.url));
const byName = new Map(catalogue.map((event) => [event.name, event]));
const onArticles = catalogue.filter(({ restsOn }) => typeof restsOn !== 'string');
const sorted = (all: Iterable<string>): string[] => [...new Set(all)].sort();
const union = (events: readonly Pick<AnyEventDefinition, 'restsOn'>[]): string[] => sorted(events.flatMap(({ restsOn }) => articlesOf(restsOn)));

/** Articles of a line of the table of notices, each with its document. */
const citedBy = ({ article, document = 'interference-provisions' }: Line): string[] =>
  article.split(/[、；]/).map((each) => (each.startsWith('吉安方案') ? `jian-reform-plan ${each.slice('吉安方案'.length)}` : `${document} ${each}`));

describe('what an event rests on', () => {
  test.each(onArticles.map(({ name, restsOn }) => [name, restsOn as Exclude<RestsOn, string>] as const))(
    '%s: documents that there are, articles as they are written, none of them twice',
    (_, restsOn) => {
      expect(Object.keys(restsOn).length).toBeGreaterThan(0);
      for (const document of Object.keys(restsOn)) expect(DOCUMENT_IDS).toContain(document);
      const articles = articlesOf(restsOn);
      for (const each of articles) {
        expect(each).toMatch(
          /^[a-z-]+ (第[一二三四五六七八九十]+条(第[一二三]款)?(第（[一二三四五]）项)?|第\d+[条项]|附件《\p{Script=Han}+》|印发通知第[一二]段)$/u,
        );
        expect(articles.filter((other) => other.startsWith(each))).toEqual([each]);
      }
    },
  );

  test('or that no rule of law stands behind it, and why, in a few words of Chinese; these alone say so', () => {
    const without = catalogue.filter(({ restsOn }) => typeof restsOn === 'string');
    expect(without.map(({ name }) => name).sort()).toEqual([
      'DeadlineClosed',
      'DeadlineRecomputed',
      'DeliveryFailed',
      'DeliveryGivenUp',
      'DeliveryPlanned',
      'DeliverySucceeded',
      'EndpointAnswered',
      'EndpointPinged',
      'NoticeSignedFor',
      'RedeliveryAsked',
    ]);
    for (const { restsOn } of without) expect(restsOn).toMatch(/^[\p{Script=Han}，]{4,30}$/u);
  });

  test.each(routingTable.filter(isLine).map((line) => [line.event.name, line.when?.title ?? 'always', line] as const))(
    '%s (%s): a notice of it may cite what the event rests on, and no more',
    (_, __, line) => {
      const articles = articlesOf(line.event.restsOn);
      expect(articles.length).toBeGreaterThan(0);
      for (const cited of citedBy(line))
        expect(
          articles.filter((each) => coveredBy(cited, each) || coveredBy(each, cited)),
          cited,
        ).not.toEqual([]);
    },
  );

  test('a notice rests on what any event that is told of rests on as the notice may cite it', () => {
    expect(sorted(articlesOf(NoticeSent.restsOn))).toEqual(sorted(routingTable.filter(isLine).flatMap(citedBy)));
  });

  test('an entry in the integrity file, and its compensation, rest on what their causes rest on', () => {
    expect(sorted(articlesOf(EntryOpened.restsOn))).toEqual(union(ENTERED.map(({ event }) => event)));
    expect(sorted(articlesOf(EntryCompensated.restsOn))).toEqual(union(COMPENSATED.map(({ event }) => event)));
  });

  test.each(['DeadlineOpened', 'DeadlineApproaching', 'DeadlinePassed'])('%s rests on what the terms rest on', (name) => {
    const bases = Object.values<{ readonly basis: Basis }>(terms).map(({ basis }) => `${documentOf(basis)} ${basis.article}`);
    expect(sorted(articlesOf(byName.get(name)?.restsOn ?? ''))).toEqual(sorted(bases));
  });
});

/** Rows of the READMEs' tables of commands: events, and what their column of articles says. */
const rows = readdirSync(FUNCTIONS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !['kernel', 'policy'].includes(entry.name))
  .flatMap(({ name: context }) => {
    const lines = readFileSync(`${FUNCTIONS}${context}/README.md`, 'utf8').split('\n');
    const head = lines.findIndex((line) => /^\| command .*\| events .*\| (article|rule)/.test(line));
    if (head < 0) return [];
    const table = lines.slice(head + 2, lines.indexOf('', head)).map((line) => line.split('|').map((cell) => cell.trim()));
    return table.map((cells) => ({
      context,
      command: cells[1] ?? '',
      events: [...(cells[3] ?? '').matchAll(/`([A-Z]\w+)`/g)].flatMap(([, name = '']) => byName.get(name) ?? []),
      articles: articlesIn(cells.at(-2) ?? ''),
    }));
  })
  .filter(({ events, articles }) => events.length > 0 && articles.length > 0);

describe('the READMEs’ tables of commands', () => {
  test('are read', () => expect(rows.length).toBeGreaterThan(30));

  test.each(rows)('$context, $command: names no article that its events do not rest on', ({ events, articles }) => {
    const listed = events.flatMap(({ restsOn }) => articlesOf(restsOn)).map((each) => each.replace(/^\S+ /, ''));
    for (const article of articles)
      expect(
        listed.filter((each) => coveredBy(article, each) || coveredBy(each, article)),
        article,
      ).not.toEqual([]);
  });
});
