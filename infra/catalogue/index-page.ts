import { DOCUMENT_IDS, DOCUMENTS, type SourceDocument } from '../../events/documents.ts';
import { escaped, page } from '../../functions/kernel/page.ts';
import { SYSTEM_WORD } from '../../functions/kernel/words.ts';
import { whoMay } from '../contracts/who-may.ts';
import type { Entry, Publisher } from './entries.ts';
import { code, english, linkTo, listOf, STYLE, tableOf } from './markup.ts';
import { contextTitle, placeOf, STATUS_WORDS } from './words.ts';

const HOW_TO_READ = [
  '事件是已经发生、写入账本后不再改变的事实。每个事件有自己的一页，写明含义、依据的条文、由谁发布、谁作出反应、告知谁、公开内容的字段和历次版本。',
  '由谁发布：哪些命令可以写入此事件，以及命令由哪类单位给出；写“系统自动办理”的，由所列反应或者定时任务给出。',
  '谁作出反应：听到此事件后自动办理的反应，箭头后是随后可能的事件。',
  '告知谁：收到通知的单位；不通知任何单位的，写明理由。',
  '含义、收件单位和条件以英文书写，与源代码一致。有关保密内容只说明有无。',
];

/** The first page (目录首页): every event with who publishes it, who reacts and who is told, and the articles with their events. */
export function indexPage(entries: readonly Entry[]): string {
  const contexts = [...Map.groupBy(entries, ({ event }) => event.context)].map(([context, of]) => ({ context, title: contextTitle(context), of }));
  return page({
    title: '事件目录',
    style: STYLE,
    body: [
      '<h1>事件目录</h1>',
      `<p>鉴衡的全部事件，共 ${entries.length} 个。</p>`,
      `<nav><ul class="contexts">${contexts.map(({ context, title, of }) => `<li><a href="#${escaped(context)}">${escaped(title)}</a>（${of.length}）</li>`).join('')}<li><a href="#articles">按条文查</a></li></ul></nav>`,
      `<section><h2>怎样阅读</h2>${listOf(HOW_TO_READ.map(escaped))}</section>`,
      ...contexts.map(({ context, title, of }) => `<section id="${escaped(context)}"><h2>${escaped(title)} ${code(context)}</h2>\n${eventsOf(of)}</section>`),
      `<section id="articles"><h2>按条文查</h2>\n${articles(entries)}</section>`,
    ].join('\n'),
  });
}

const eventsOf = (entries: readonly Entry[]): string =>
  tableOf(
    ['事件', '由谁发布', '谁作出反应', '告知谁'],
    entries.map((entry) => [`${linkTo(entry.event)}<br>${code(entry.event.name)}`, listOf(entry.publishers.map(published)), reactions(entry), told(entry)]),
  );

function published({ command, reactions, schedules }: Publisher): string {
  const kinds = command.who === 'system' ? [] : [...new Set(whoMay(command.who).map(([kind]) => kind))];
  const automatic = [...reactions, ...schedules].map(({ title }) => title);
  const by = [...kinds, ...(automatic.length === 0 ? [] : [`${SYSTEM_WORD}：${automatic.join('、')}`])];
  return `${escaped(command.title)}<br><span class="none">${escaped(by.join('；'))}</span>`;
}

const reactions = ({ followers }: Entry): string =>
  followers.length === 0
    ? '<span class="none">–</span>'
    : listOf(followers.map(({ reaction, follows }) => `${escaped(reaction.title)} → ${follows.map(linkTo).join('、')}`));

function told({ told: lines, silences, crossing }: Entry): string {
  const recipients = [...[...new Set(lines.map((line) => line.recipients.title))].map(english), ...(crossing ? ['司法部（上送全国）'] : [])];
  if (recipients.length > 0) return listOf(recipients);
  const reason = silences.map(({ nobody }) => nobody).join('；');
  return `<span class="none">不通知${reason === '' ? '' : `：${escaped(reason)}`}</span>`;
}

function articles(entries: readonly Entry[]): string {
  const documents = DOCUMENT_IDS.map((id) => {
    const { number, title, status }: SourceDocument = DOCUMENTS[id];
    const resting = entries.flatMap(({ event }) =>
      typeof event.restsOn === 'string' ? [] : (event.restsOn[id] ?? []).map((article) => ({ article, link: linkTo(event) })),
    );
    if (resting.length === 0) return '';
    const byArticle = [...Map.groupBy(resting, ({ article }) => article)].sort(([one], [other]) => placeOf(one) - placeOf(other) || one.length - other.length);
    const rows = byArticle.map(([article, of]) => [escaped(article), of.map(({ link }) => link).join('、')]);
    const about = [number, STATUS_WORDS[status]].filter((part) => part !== undefined).join('；');
    return `<h3>《${escaped(title)}》</h3><p class="none">${escaped(about)}</p>${tableOf(['条文', '事件'], rows)}`;
  });
  const without = entries.flatMap(({ event }) => (typeof event.restsOn === 'string' ? [`${linkTo(event)}：${escaped(event.restsOn)}`] : []));
  return `${documents.join('\n')}<h3>没有条文依据的事件</h3>${listOf(without)}`;
}
