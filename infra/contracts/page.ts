import { escaped, page } from '../../functions/kernel/page.ts';
import type { AsyncApi, Channel, Message } from './asyncapi.ts';
import { fieldsTable, typeOf } from './fields.ts';
import type { OpenApi, Operation, Parameter, Response } from './openapi.ts';
import { inlined, resolved } from './references.ts';
import type { Schema } from './schema.ts';

/** Both documents as pages (接口说明、事件说明) that a person reads: no script, nothing from elsewhere, for a desk, a phone and paper. */

const STYLE = `
@page { size: A4; margin: 18mm 16mm }
* { box-sizing: border-box }
body { font: 16px/1.6 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; color: #1d1d1f; background: #fff; margin: 0 }
main { padding: 1.5rem 1rem 4rem; max-width: 62rem; margin: 0 auto; min-width: 0 }
nav { font-size: .875rem; padding: 1rem; background: #f4f6f8; border-bottom: 1px solid #d8dee4 }
nav summary { font-weight: 600; cursor: pointer; padding: .25rem 0 }
nav ul { list-style: none; margin: 0 0 .5rem; padding-left: .75rem }
nav li { padding: .2rem 0 }
a { color: #0b57a4; text-decoration: none }
a:hover, a:focus { text-decoration: underline }
h1 { font-size: 1.75rem; margin: 0 0 .5rem }
h2 { font-size: 1.375rem; margin: 3rem 0 1rem; padding-bottom: .25rem; border-bottom: 2px solid #0b57a4 }
h3 { font-size: 1.125rem; margin: 2.5rem 0 .25rem; break-after: avoid }
h4 { font-size: .875rem; color: #57606a; margin: 1rem 0 .25rem; break-after: avoid }
p { margin: .5rem 0; max-width: 46rem }
code, pre { font-family: ui-monospace, Menlo, Consolas, "Noto Sans Mono CJK SC", monospace; font-size: .8125rem }
.at code { font-size: .9375rem; overflow-wrap: anywhere }
.at b { background: #0b57a4; color: #fff; border-radius: 3px; padding: .1rem .4rem; font-size: .75rem; margin-right: .5rem }
.at b.get { background: #1a7f4b }
.restricted { color: #8a4b00 }
.means { color: #57606a }
pre { background: #f4f6f8; border: 1px solid #d8dee4; border-radius: 4px; padding: .75rem; overflow-x: auto; margin: .25rem 0 }
.wide { overflow-x: auto }
table { border-collapse: collapse; width: 100%; font-size: .875rem; margin: .25rem 0 }
th, td { border: 1px solid #d8dee4; padding: .3rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere }
th { background: #f4f6f8; font-weight: 600; white-space: nowrap }
td code { overflow-wrap: normal; word-break: keep-all }
td:nth-child(3) { white-space: nowrap }
.fields td:nth-child(2) { min-width: 9em }
.fields td:nth-child(4) { white-space: pre-line }
td.form { background: #eef4fb; font-weight: 600 }
tr { break-inside: avoid }
@media (min-width: 62rem) {
  body { display: grid; grid-template-columns: 19rem minmax(0, 1fr) }
  nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; border-bottom: 0; border-right: 1px solid #d8dee4 }
  main { padding: 2rem 2.5rem 4rem; margin: 0 }
}
@media (max-width: 61.99rem) {
  nav { max-height: 45vh; overflow-y: auto }
}
@media (max-width: 40rem) {
  .fields table, .fields tbody, .fields td { display: block; width: 100% }
  .fields thead { display: none }
  .fields tr { display: grid; grid-template-columns: 1fr auto; border: 1px solid #d8dee4; border-bottom: 0; padding: .4rem .6rem }
  .fields tr:last-child { border-bottom: 1px solid #d8dee4 }
  .fields td { border: 0; padding: 0; overflow-wrap: anywhere }
  .fields td:nth-child(1) { grid-row: 2; grid-column: 1 / 3 }
  .fields td:nth-child(2) { font-weight: 600; grid-row: 1 }
  .fields td:nth-child(3) { color: #8a4b00; grid-row: 1; width: auto }
  .fields td:nth-child(4) { grid-row: 3; grid-column: 1 / 3 }
  .fields td.form { grid-row: 1; grid-column: 1 / 3; margin: -.4rem -.6rem; padding: .4rem .6rem; width: auto }
}
@media print {
  body { font-size: 10pt; display: block }
  nav { position: static; height: auto; max-height: none; background: none; border: 0; padding: 0; columns: 2; break-after: page }
  nav summary { list-style: none }
  main { max-width: none; padding: 0 }
  pre { white-space: pre-wrap; overflow-wrap: anywhere }
  a { color: inherit }
  h2 { break-before: page }
}
`;

interface Entry {
  readonly id: string;
  readonly title: string;
  readonly body: string;
}
interface Group {
  readonly title: string;
  readonly entries: readonly Entry[];
}

const idOf = (text: string): string => encodeURIComponent(text).replaceAll('%', '_');

const whole = ({ info }: OpenApi | AsyncApi, groups: readonly Group[], before = ''): string =>
  page({
    title: info.title,
    style: STYLE,
    body: [
      '<nav aria-label="目录">',
      ...groups.map(
        ({ title, entries }) =>
          `<details open><summary>${escaped(title)}</summary><ul>${entries.map((each) => `<li><a href="#${each.id}">${escaped(each.title)}</a></li>`).join('')}</ul></details>`,
      ),
      '</nav>',
      '<main>',
      `<h1>${escaped(info.title)}</h1>`,
      `<p>版本 ${escaped(info.version)}</p>`,
      ...info.description.split('\n\n').map((each) => `<p>${escaped(each)}</p>`),
      before,
      ...groups.flatMap(({ title, entries }) => [
        `<h2>${escaped(title)}</h2>`,
        ...entries.map((each) => `<section id="${each.id}"><h3>${escaped(each.title)}</h3>\n${each.body}</section>`),
      ]),
      '</main>',
    ].join('\n'),
  });

const part = (title: string, markup: string): string => (markup === '' ? '' : `<h4>${escaped(title)}</h4>\n${markup}`);
const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string => {
  const cells = (tag: string, row: readonly string[]) => `<tr>${row.map((each) => `<${tag}>${each}</${tag}>`).join('')}</tr>`;
  return rows.length === 0
    ? ''
    : `<div class="wide"><table><thead>${cells('th', heads)}</thead><tbody>\n${rows.map((row) => cells('td', row)).join('\n')}\n</tbody></table></div>`;
};
const fields = (schema: Schema, must: '必填' | '必有' = '必有'): string => {
  const markup = fieldsTable(schema, must);
  return markup === '' ? '' : `<div class="fields">${markup}</div>`;
};
const code = (value: unknown): string => (value === undefined ? '' : `<pre>${escaped(JSON.stringify(value, null, 2))}</pre>`);

/** 接口说明 */
export function openApiPage(document: OpenApi): string {
  const operations = operationsOf(document);
  const byTag = Map.groupBy(operations, ({ operation }) => operation.tags[0] ?? '');
  const groups = [...byTag].map(([title, own]) => ({ title, entries: own.map((each) => operationEntry(document, each)) }));
  const errors = Map.groupBy(Object.entries(document.components.responses), ([name]) => name.slice(0, name.lastIndexOf('-')));
  return whole(document, [
    ...groups,
    { title: '答复和差错', entries: [answersEntry(document), ...[...errors].map(([failing, responses]) => errorsEntry(failing, responses))] },
  ]);
}

interface Placed {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

const operationsOf = ({ paths, webhooks }: OpenApi): readonly Placed[] =>
  [...Object.entries(paths), ...Object.entries((webhooks ?? {}) as OpenApi['paths'])].flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );

function operationEntry(document: OpenApi, { method, path, operation }: Placed): Entry {
  const body = Object.entries(operation.requestBody?.content ?? {}).map(([type, { schema, example }]) =>
    [part(`请求体 ${type}`, fields(inlined(document, schema), '必填')), part('样例', code(example))].join('\n'),
  );
  return {
    id: idOf(operation.operationId),
    title: operation.summary,
    body: [
      `<p class="at"><b class="${method}">${escaped(method.toUpperCase())}</b><code>${escaped(path)}</code></p>`,
      part(
        '谁可以',
        table(
          ['单位类别', '身份', '区划', '与所办事项的关系'],
          (operation['x-who-may'] ?? []).map((line) => line.map((cell) => escaped(cell))),
        ),
      ),
      part('参数', parametersTable((operation.parameters ?? []).map((each) => resolved<Parameter>(document, each)))),
      ...body,
      part('答复', answersTable(document, operation)),
    ].join('\n'),
  };
}

const parametersTable = (parameters: readonly Parameter[]): string =>
  table(
    ['参数', '名称', '', '类型'],
    parameters.map(({ name, in: place, required, description, schema }) => [
      `<code>${escaped(name)}</code>${place === 'header' ? '（请求头）' : ''}`,
      escaped(String(schema.title ?? '')),
      required ? '必填' : '',
      escaped([typeOf(schema), description].filter(Boolean).join('；')),
    ]),
  );

const answersTable = (document: OpenApi, { responses }: Operation): string =>
  table(
    ['状态', '含义', '内容'],
    Object.entries(responses).map(([status, given]) => {
      const at = '$ref' in given ? `#${idOf(given.$ref.slice('#/components/responses/'.length, given.$ref.lastIndexOf('-')))}` : '#answers';
      const { description, content = {} } = resolved<Response>(document, given);
      return [status, `<a href="${at}">${escaped(description)}</a>`, Object.keys(content).map(escaped).join('<br>')];
    }),
  );

const answersEntry = (document: OpenApi): Entry => ({
  id: 'answers',
  title: '答复',
  body: Object.values(document.components.schemas)
    .map((schema) => part(String(schema.title), fields(inlined(document, schema))))
    .join('\n'),
});

const FAILING_WORDS: Readonly<Record<string, string>> = {
  command: '命令的差错',
  delegable: '可受委托办理的命令的差错',
  query: '查询的差错',
  listing: '列表的差错',
  document: '文件的差错',
};

const errorsEntry = (failing: string, responses: readonly (readonly [string, Response])[]): Entry => ({
  id: idOf(failing),
  title: FAILING_WORDS[failing] ?? failing,
  body: table(
    ['状态', '代码', '含义', '说明'],
    responses.flatMap(([name, { content = {} }]) =>
      Object.entries(content['application/problem+json']?.examples ?? {}).map(([key, { summary, value }]) => [
        name.slice(name.lastIndexOf('-') + 1),
        `<code>${escaped(key)}</code>`,
        escaped(summary),
        escaped((value as { readonly detail: string }).detail),
      ]),
    ),
  ),
});

/** 事件说明 */
export function asyncApiPage(document: AsyncApi): string {
  const groups = Object.entries(document.channels).map(([name, channel]) => ({
    title: channel.title,
    // What is on no bus is told of where its messages are.
    entries: channel.address === null ? [channelEntry(name, channel)] : messagesOf(document, channel).map(messageEntry),
  }));
  const { data: _, ...attributes } = (Object.values(document.components.messages)[0]?.payload.properties ?? {}) as Readonly<Record<string, Schema>>;
  const { const: __, ...type } = attributes.type ?? {};
  return whole(document, groups, part('每个事件都有的属性', fields({ properties: { ...attributes, type } })));
}

const messagesOf = (document: AsyncApi, { messages }: Channel): readonly Message[] => Object.values(messages).map((each) => resolved<Message>(document, each));

const channelEntry = (name: string, { title, description = '', messages }: Channel): Entry => ({
  id: idOf(name),
  title,
  body: [
    `<p>${escaped(description)}</p>`,
    part(
      '消息',
      `<p>${Object.keys(messages)
        .map((each) => `<code>${escaped(each)}</code>`)
        .join('、')}</p>`,
    ),
  ].join('\n'),
});

function messageEntry({ name, title, summary, description, payload, examples = [] }: Message): Entry {
  const { data } = (payload.properties ?? {}) as Readonly<Record<string, Schema>>;
  return {
    id: idOf(name),
    title,
    body: [
      `<p class="at"><code>${escaped(name)}</code></p>`,
      `<p class="means" lang="en">${escaped(summary)}</p>`,
      description === undefined ? '' : `<p class="restricted">${escaped(description)}</p>`,
      part('公开部分 data', fields(data ?? payload)),
      part('样例', examples.map((each) => code(each.payload)).join('\n')),
    ].join('\n'),
  };
}
