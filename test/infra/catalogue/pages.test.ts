import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { catalogue } from '../../../events/catalogue.ts';
import { DOCUMENTS, type DocumentId } from '../../../events/documents.ts';
import { type AnyEventDefinition, cloudEvent, cloudEventType } from '../../../events/event.ts';
import type { Definitions } from '../../../functions/kernel/definitions.ts';
import { escaped } from '../../../functions/kernel/page.ts';
import { isLine } from '../../../functions/notifications/line.ts';
import { routingTable } from '../../../functions/notifications/routing-table.ts';
import { eventPage } from '../../../infra/catalogue/event-page.ts';
import { pagesOf } from '../../../infra/catalogue/pages.ts';
import { loadDefinitions } from '../../../infra/local/load-definitions.ts';

const schemaOf = (type: z.ZodType) => z.toJSONSchema(type) as Record<string, unknown>;
const each = catalogue.map((event) => [event.name, event] as const);

let definitions: Definitions;
let pages: ReadonlyMap<string, string>;
beforeAll(async () => {
  definitions = await loadDefinitions();
  pages = await pagesOf(definitions);
});
const pageOf = ({ name }: { readonly name: string }): string => pages.get(`${name}.html`) ?? '';

/** Text of a section by its heading, as markup. */
const sectionOf = (html: string, heading: string): string => new RegExp(`<h2>${heading}</h2>\n([\\s\\S]*?)</section>`).exec(html)?.[1] ?? '';
const unescaped = (html: string): string =>
  html.replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[name] ?? '');
const codesIn = (html: string): readonly string[] =>
  [...html.replaceAll('<wbr>', '').matchAll(/<code>([^<]*)<\/code>/g)].map(([, text = '']) => unescaped(text));

/** Names of all properties anywhere in a schema. */
function namesIn(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties = {}, ...rest } = schema as { properties?: Record<string, unknown> };
  return [...Object.keys(properties), ...[...Object.values(properties), ...Object.values(rest)].flatMap(namesIn)];
}

/** What is wrong with the tags of a page; nothing where each is closed in its order. */
function unbalanced(html: string): string | undefined {
  const open: string[] = [];
  for (const [, closing, name = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)(?:\s[^<>]*)?>/g)) {
    if (['meta', 'br', 'wbr'].includes(name)) continue;
    if (closing !== '/') open.push(name);
    else if (open.pop() !== name) return `</${name}>`;
  }
  return open.length > 0 ? `<${open.at(-1)}>` : undefined;
}

describe('the pages of the catalogue', () => {
  test('are the first page and one an event, and no other', () => {
    expect([...pages.keys()].sort()).toEqual(['index.html', ...catalogue.map(({ name }) => `${name}.html`)].sort());
  });

  test.each([['index'], ...each.map(([name]) => [name])])(
    '%s: every tag is closed, every link leads somewhere, nothing runs and nothing is fetched',
    (name) => {
      const html = pages.get(`${name}.html`) ?? '';
      expect(unbalanced(html)).toBeUndefined();
      expect(html.replaceAll(/<!doctype html>|<\/?[a-z][^<>]*>/g, '')).not.toMatch(/[<>]/);
      expect(html).not.toMatch(/<(script|img|link|iframe|object|form)\b|\s(src|on\w+)=|url\(|@import|undefined|\[object/);
      const hrefs = [...html.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => href);
      expect(hrefs.length).toBeGreaterThan(0);
      for (const href of hrefs) {
        const [file, id] = href.split('#');
        const target = file === '' ? html : pages.get(file ?? '');
        expect(target, href).toBeDefined();
        if (id !== undefined) expect(target, href).toContain(` id="${id}"`);
      }
    },
  );

  test('the balance of tags is looked at', () => {
    expect(unbalanced('<p><b>x</b><br></p>')).toBeUndefined();
    expect(unbalanced('<p><b>x</p></b>')).toBe('</p>');
    expect(unbalanced('<ul><li>x</li>')).toBe('<ul>');
  });
});

describe('the page of an event', () => {
  test.each(each)('%s: its names, type, meaning and versions', (_, event) => {
    const html = pageOf(event);
    expect(html).toContain(`<h1>${event.title} <code>${event.name}</code></h1>`);
    expect(sectionOf(html, '含义')).toContain(escaped(event.means));
    expect(codesIn(sectionOf(html, '版本'))).toEqual([cloudEventType(event)]);
  });

  test.each(each)('%s: every document that it rests on by its full title and standing, every article; or why none', (_, event) => {
    const section = sectionOf(pageOf(event), '依据');
    if (typeof event.restsOn === 'string') expect(section).toBe(`<p>没有条文依据：${event.restsOn}。</p>`);
    else
      for (const [id, articles] of Object.entries(event.restsOn)) {
        const { title, status } = DOCUMENTS[id as DocumentId];
        expect(section).toContain(`《${title}》`);
        expect(section.includes('征求意见稿：')).toBe(Object.keys(event.restsOn).some((one) => DOCUMENTS[one as DocumentId].status === 'draft'));
        if (status === 'law') expect(section).toContain('规范性文件');
        for (const article of articles) expect(section).toContain(`<li>${article}</li>`);
      }
  });

  test.each(each)('%s: the fields of its open part, all of them, and none of its restricted part, nor in the example', (_, event) => {
    const html = pageOf(event);
    const shown = codesIn(sectionOf(html, '公开内容'))
      .flatMap((path) => path.split(/[.[\]]+/))
      .filter((part) => part !== '' && part !== '*');
    const open = namesIn(schemaOf(event.data));
    expect([...new Set(shown)].sort()).toEqual([...new Set(open)].sort());
    expect(sectionOf(html, '保密内容').includes('自写入起即为密文')).toBe(event.restricted !== undefined);

    const made = cloudEvent.parse(JSON.parse(unescaped(/<pre>([\s\S]*?)<\/pre>/.exec(html)?.[1] ?? '')));
    expect(made.type).toBe(cloudEventType(event));
    expect(event.data.safeParse(made.data).error).toBeUndefined();

    const secret = namesIn(event.restricted === undefined ? {} : schemaOf(event.restricted)).filter((name) => !open.includes(name));
    const told = [...codesIn(html).flatMap((text) => text.split(/[^\w-]+/)), ...Object.keys(made.data)];
    expect(secret.filter((name) => told.includes(name) || (/[A-Z]/.test(name) && html.includes(name)))).toEqual([]);
  });

  test('names who publishes: commands by who may give them, or what decides them', () => {
    const of = (name: string) => sectionOf(pages.get(`${name}.html`) ?? '', '由谁发布');
    expect(codesIn(of('ReportClosed'))).toEqual(['interference/reclassify-report', 'interference/record-outcome', 'interference/route-report']);
    expect(of('ReportClosed')).toContain('司法行政机关');
    expect(codesIn(of('DeadlinePassed'))).toEqual(['deadlines/look-at-deadline', 'deadlines/sweep-deadlines']);
    expect(of('DeadlinePassed')).toContain('每 15 分钟');
    expect(of('DocumentNumbered')).toContain('<a href="MeasuresRevoked.html">行政处理决定已撤销</a>');
    expect(of('ReporterDisclosed')).not.toContain('系统自动办理');
  });

  test.each(each)('%s: every reaction that hears it, with the events that may follow', (_, event) => {
    const section = sectionOf(pageOf(event), '谁作出反应');
    const hearing = [...definitions.reactions.values()].filter(({ hears }) => hears.includes(event));
    expect(codesIn(section)).toEqual(hearing.flatMap(({ name, command }) => [name, command.name]));
    if (hearing.length === 0) expect(section).toContain('没有反应');
    else expect(section.match(/<a /g)?.length).toBeGreaterThanOrEqual(hearing.length);
  });

  test('an event that two laws hear of: a failed test leads to an entry, a notice and, where it is the second, a rectification', () => {
    const links = [...sectionOf(pages.get('ProficiencyTestFailed.html') ?? '', '谁作出反应').matchAll(/href="(\w+)\.html"/g)].map(([, name]) => name);
    expect(links).toEqual(['EntryOpened', 'NoticeSent']);
    expect(sectionOf(pages.get('ConsecutiveFailureDetected.html') ?? '', '谁作出反应')).toContain('RectificationDrawnUp.html');
  });

  test.each(each)('%s: every line of the table of notices, every silence with its reason', (_, event) => {
    const section = sectionOf(pageOf(event), '告知谁');
    const own = routingTable.filter((row) => row.event === event);
    for (const row of own) {
      if (!isLine(row)) expect(section).toContain(`：${escaped(row.nobody)}。`);
      else
        for (const text of [row.recipients.title, row.when?.title ?? '每次', row.article, ...Object.keys(row.particulars)])
          expect(section).toContain(escaped(text));
    }
    expect(section.match(/<td data-head="收件单位">/g)?.length ?? 0).toBe(own.filter(isLine).length);
    expect(section.includes('通知表没有列入')).toBe(own.length === 0);
  });

  test('acts of art. 8 are told act by act, and what goes up to the Ministry says so', () => {
    const having = (words: string) => catalogue.filter((event) => pageOf(event).includes(words)).map(({ name }) => name);
    expect(having('<h2>上送全国</h2>').sort()).toEqual(['EntryCompensated', 'EntryOpened', 'InstitutionRegistered']);
    expect(having('第八条的处理').sort()).toEqual(['ReportReclassified', 'ReportRouted']);
  });
});

describe('the first page', () => {
  test('has every event once in the table of its context, with a row’s four cells', () => {
    const index = pages.get('index.html') ?? '';
    const rows = [...index.matchAll(/<tr><td data-head="事件"><a href="(\w+)\.html">/g)].map(([, name]) => name);
    expect([...rows].sort()).toEqual(catalogue.map(({ name }) => name).sort());
    for (const head of ['由谁发布', '谁作出反应', '告知谁']) expect(index.split(`<td data-head="${head}">`).length - 1).toBe(catalogue.length);
  });

  test('leads from a document’s article to its events, in the order of the text', () => {
    const index = pages.get('index.html') ?? '';
    const provisions = /<h3>《司法鉴定机构、鉴定人记录和报告[\s\S]*?<\/table>/.exec(index)?.[0] ?? '';
    const articles = [...provisions.matchAll(/<td data-head="条文">([^<]*)</g)].map(([, article]) => article);
    expect(articles).toEqual([
      '印发通知第二段',
      '第四条',
      '第五条',
      '第六条',
      '第七条',
      '第七条第二款',
      '第八条',
      '第九条',
      '第十条',
      '第十一条',
      '附件《干预司法鉴定活动记录表》',
    ]);
    expect(index).toMatch(/<td data-head="条文">第四十二条<\/td><td data-head="事件"><a href="CaseArchived.html">/);
    expect(/<h3>没有条文依据的事件<\/h3>[\s\S]*/.exec(index)?.[0]).toContain('DeadlineRecomputed.html');
  });
});

test('an event that is in its third version names all three, the present one first', () => {
  const event = { ...catalogue[0], version: 3 } as AnyEventDefinition;
  const html = eventPage({ event, publishers: [], followers: [], told: [], silences: [], crossing: undefined });
  const type = (version: number) => cloudEventType({ ...event, version });
  expect(codesIn(sectionOf(html, '版本'))).toEqual([type(3), type(2), type(1)]);
  expect(sectionOf(html, '版本').match(/现行版本|已由第 \d 版代替/g)).toEqual(['现行版本', '已由第 3 版代替', '已由第 2 版代替']);
});
