import * as z from 'zod';
import { DOCUMENTS, type DocumentId, type SourceDocument } from '../../events/documents.ts';
import { type AnyEventDefinition, type CloudEvent, cloudEventType, type RestsOn } from '../../events/event.ts';
import { escaped, page } from '../../functions/kernel/page.ts';
import { SYSTEM_WORD } from '../../functions/kernel/words.ts';
import type { Line } from '../../functions/notifications/line.ts';
import { SYSTEM } from '../../functions/notifications/notice.ts';
import { ACTS } from '../../functions/notifications/tellings.ts';
import { exampleOf } from '../contracts/examples.ts';
import { fieldsTable } from '../contracts/fields.ts';
import { schemaOf } from '../contracts/schema.ts';
import { whoMay } from '../contracts/who-may.ts';
import type { Entry, Follower, Publisher } from './entries.ts';
import { code, english, linkTo, listOf, STYLE, tableOf } from './markup.ts';
import { contextTitle, STATUS_WORDS, typesOf } from './words.ts';

const section = (title: string, body: string): string => (body === '' ? '' : `<section><h2>${escaped(title)}</h2>\n${body}</section>`);
const none = (text: string): string => `<p class="none">${escaped(text)}</p>`;
const named = ({ title, name }: { readonly title: string; readonly name: string }): string => `${escaped(title)} ${code(name)}`;
const links = (events: readonly AnyEventDefinition[]): string => listOf(events.map(linkTo));

/** The page of one event (事件页). */
export function eventPage(entry: Entry): string {
  const { event, publishers, followers, crossing } = entry;
  return page({
    title: `${event.title} ${event.name}`,
    style: STYLE,
    body: [
      `<nav><a href="index.html">事件目录</a> › <a href="index.html#${escaped(event.context)}">${escaped(contextTitle(event.context))}</a></nav>`,
      `<h1>${escaped(event.title)} ${code(event.name)}</h1>`,
      `<p>${code(cloudEventType(event))}</p>`,
      section('含义', `<p>${english(event.means)}</p>`),
      section('依据', restsOn(event.restsOn)),
      section('由谁发布', publishersOf(publishers)),
      section('谁作出反应', followersOf(followers)),
      section('告知谁', toldOf(entry)),
      section('上送全国', crossing ? crossed(crossing.only) : ''),
      section('公开内容', `<div class="fields">${fieldsTable(schemaOf(event.data), '必有')}</div>`),
      section('保密内容', restricted(event)),
      section('示例', example(event)),
      section('版本', versions(event)),
    ].join('\n'),
  });
}

function restsOn(on: RestsOn): string {
  if (typeof on === 'string') return `<p>没有条文依据：${escaped(on)}。</p>`;
  const rows = Object.entries(on).map(([id, articles]) => {
    const { number, title, status }: SourceDocument = DOCUMENTS[id as DocumentId];
    return [`《${escaped(title)}》`, escaped(number ?? ''), escaped(STATUS_WORDS[status]), listOf(articles.map(escaped))];
  });
  const note = '<p class="none">所列条文是此类事件可能依据的全部条文；某一事件依据其中哪些、条文如何理解，以该事件自己载明的依据为准。</p>';
  return `${tableOf(['文件', '文号', '效力', '条文'], rows)}${note}`;
}

const publishersOf = (publishers: readonly Publisher[]): string =>
  tableOf(
    ['命令', '由谁给出', '身份', '区划', '与所办事项的关系'],
    publishers.flatMap(({ command, reactions, schedules }) => {
      const automatic = [
        ...reactions.map((each) => `<p>反应 ${named(each)}，听到：</p>${links(each.hears)}`),
        ...schedules.map((each) => `<p>定时任务 ${named(each)}，每 ${each.everyMinutes} 分钟</p>`),
      ].join('');
      const given = command.who === 'system' ? [] : whoMay(command.who).map((cells) => cells.map(escaped));
      const byItself = automatic === '' ? [] : [[`${SYSTEM_WORD}${automatic}`, '', '', '']];
      return [...given, ...byItself].map((cells, at) => [at === 0 ? named(command) : `<span class="none">${escaped(command.title)}</span>`, ...cells]);
    }),
  );

const followersOf = (followers: readonly Follower[]): string =>
  followers.length === 0
    ? none('没有反应听取此事件。')
    : tableOf(
        ['反应', '办理的命令', '随后可能的事件'],
        followers.map(({ reaction, follows }) => [named(reaction), named(reaction.command), links(follows)]),
      );

/** A cell of the table of notices: what is the same each time, or in English how it is picked. */
const picked = (cell: unknown, words: (value: unknown) => string = String): string =>
  typeof cell === 'object' && cell !== null && 'title' in cell ? english(String(cell.title)) : escaped(words(cell));

function toldOf({ event, told, silences }: Entry): string {
  const lines = tableOf(['收件单位', '何时', '发件单位', '事由', '内容', '不告知的内容', '签收', '条文'], told.map(noticeCells));
  const acts = tableOf(
    ['第八条的处理', '事由', '另不告知的内容'],
    Object.values(ACTS).map(({ words, purpose, alsoWithheld }) => [escaped(words), escaped(purpose), escaped(alsoWithheld.join('、'))]),
  );
  const silent = silences.map(({ nobody, when }) => `<p>不通知任何单位${when === undefined ? '' : `（${english(when)}）`}：${escaped(nobody)}。</p>`);
  if (told.length === 0) return silent.length === 0 ? none('通知表没有列入此事件，不通知任何单位。') : silent.join('');
  return [lines, ...('acts' in event.data.shape ? ['<p>每项处理的通知：</p>', acts] : []), ...silent].join('');
}

const noticeCells = ({ recipients, when, sender, purpose, withheld, particulars, mustSign, article, document }: Line): readonly string[] => [
  english(recipients.title),
  when === undefined ? '每次' : english(when.title),
  sender === SYSTEM ? '系统' : picked(sender),
  picked(purpose),
  escaped(Object.keys(particulars).join('、')),
  picked(withheld, (list) => (list as readonly string[]).join('、') || '没有'),
  picked(mustSign, (signs) => (signs ? '应当签收' : '不需签收')),
  `${document === undefined ? '' : `《${escaped(DOCUMENTS[document].title)}》`}${escaped(article)}`,
];

const crossed = (only: Readonly<Record<string, unknown>> | undefined): string =>
  `<p>公开内容上送司法部${only === undefined ? '' : `，仅限 ${code(JSON.stringify(only))}`}。</p>`;

const restricted = (event: AnyEventDefinition): string =>
  event.restricted === undefined
    ? none('没有。')
    : '<p>有。自写入起即为密文，不上总线，不进入视图、队列、日志和通知；只能由有权限的人依权限查阅，查阅留痕。本目录不列其字段。</p>';

/** Who asks for an event gets it in this envelope. */
function example(event: AnyEventDefinition): string {
  const made: CloudEvent = {
    specversion: '1.0',
    id: '00000000000000000000000000000001',
    source: `/province/360000/${event.context}`,
    type: cloudEventType(event),
    subject: `${event.context}/…`,
    time: '2026-03-10T01:00:00.000Z',
    datacontenttype: 'application/json',
    data: z.record(z.string(), z.unknown()).parse(exampleOf(schemaOf(event.data))),
    correlationid: '00000000000000000000000000000002',
    causationid: '00000000000000000000000000000003',
    sequence: '000000000001',
    causationdepth: 0,
    occurredon: '2026-03-10',
  };
  return `<p>CloudEvents 1.0，内容均为虚构：</p><pre>${escaped(JSON.stringify(made, null, 2))}</pre>`;
}

const versions = (event: AnyEventDefinition): string =>
  tableOf(
    ['类型', '说明'],
    typesOf(event)
      .map((type, at) => [code(type), at + 1 === event.version ? '现行版本' : `已由第 ${at + 2} 版代替，读取时自动换算`])
      .toReversed(),
  );
