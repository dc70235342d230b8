import { columns } from './columns.ts';
import type { Answer, Claims, DemoHost } from './host.ts';
import { reasonOf } from './play.ts';
import { type Act, type Answers, desks, slice, subjectOf, supervisor } from './story.ts';

type Body = Answer['body'];
type Words = Readonly<Record<string, string>>;

const ROLES: Words = {
  officer: '承办人员',
  leader: '负责人',
  registrar: '登记管理人员',
  operator: '系统运行人员',
  appraiser: '司法鉴定人',
  staff: '鉴定机构人员',
  head: '鉴定机构负责人',
  clerk: '经办人',
  system: '系统自动办理',
  withheld: '身份不予显示',
};
const NATURES: Words = { alert: '服务提醒', legal: '法定期限' };
const STATUSES: Words = { running: '未到期', approaching: '将到期', passed: '已过期' };
const ABOUT: Words = { 'BreachFound/recorded-untruthfully': '记录不如实' };
const NAMES: Words = { ...Object.fromEntries(desks.map(({ name, as }) => [as.agency, name])), system: '系统' };
const worded = (words: Words, value: string): string => words[value] ?? value;

/** A query that was not answered (查询未得到答复). */
export class NotAnswered extends Error {
  override readonly name = 'NotAnswered';
}

/**
 * What came of the slice (演示结果), asked over the API as each agency concerned: its notices with article and what was withheld, its deadlines,
 * the integrity file, and the trace of each act; plain text for a terminal. Throws {@link NotAnswered} with the place and the reason.
 */
export async function report(host: DemoHost, answers: Answers): Promise<string> {
  const ask = async (as: Claims, path: string, query: Words = {}): Promise<Body> => {
    const answer = await host.request({
      method: 'GET',
      path,
      query: new URLSearchParams(query).toString(),
      headers: { authorization: `Bearer ${await host.token(as)}` },
    });
    if (answer.status !== 200) throw new NotAnswered(`查询 ${path} 没有得到答复：${reasonOf(answer)}`);
    return answer.body;
  };
  const ofDesks = async (path: string, query: Words, lines: (body: Body) => string[]): Promise<string[]> => {
    const told: string[] = [];
    for (const { name, as } of desks) {
      const body = await ask(as, path, query);
      told.push(`${name}（${body.items.length} 项）`, ...lines(body));
      if (told.at(-1) !== '') told.push('');
    }
    return told;
  };
  const traces: string[][] = [];
  for (const act of slice) traces.push(...traceOf(act, await ask(supervisor, `/v1/trace/${answers(act.name).correlationId}`)));
  const file = await ask(supervisor, '/v1/integrity/file', { kind: 'appraiser', id: subjectOf(answers) });
  return [
    '一、各单位收到的通知',
    '',
    ...(await ofDesks('/v1/notifications/inbox', { show: 'all', limit: '200' }, ({ items }) => items.toReversed().flatMap(noticeOf))),
    '二、待办期限',
    '',
    ...(await ofDesks('/v1/deadlines/agenda', { limit: '200' }, ({ items }) => deadlinesOf(items))),
    '三、诚信档案（一名司法鉴定人，由主管机关查询）',
    '',
    ...columns([['认定情形', '依据', '记入日期', '状态'], ...file.items.map(entryOf)], '  '),
    '',
    '四、全过程留痕（由主管机关查询；只见身份，不见人员）',
    '',
    ...columns([['事项', '身份', '时间', '依据'], ...traces], '  '),
  ].join('\n');
}

/** Articles by document, each once. */
const citations = (bases: readonly Body[]): string =>
  [...Map.groupBy(bases, ({ document }) => document)]
    .map(([document, own]) => `${document} ${[...new Set(own.map(({ article }) => article))].join('、')}`)
    .join('；');
const citation = ({ document, article }: Body): string => `${document} ${article}`;

const noticeOf = ({ purpose, sender, basis, particulars, withheld, mustSign, signedOn }: Body): string[] => [
  ...columns(
    [
      ['事由', purpose],
      ['来自', worded(NAMES, sender)],
      ['依据', citation(basis)],
      ...(basis.reading === undefined ? [] : [['口径', basis.reading]]),
      ...Object.entries(particulars as Words).map(([name, value], at) => [at === 0 ? '告知' : '', `${name}：${worded(NAMES, value)}`]),
      ['未告知', withheld.join('、')],
      ['签收', signedOn === null ? (mustSign ? '应当签收，尚未签收' : '不需签收') : `${signedOn} 已签收`],
    ],
    '  ',
  ),
  '',
];

const deadlinesOf = (items: readonly Body[]): string[] => [
  ...columns(
    items.map(({ title, basis, dates, nature, status }) => [
      title,
      citation(basis),
      `截止 ${dates.legalDue}`,
      worded(NATURES, nature),
      worded(STATUSES, status),
    ]),
    '  ',
  ),
  ...items.flatMap(({ warning }) => (warning === null ? [] : [`  ${warning}`])),
];

const entryOf = ({ about, basis, enteredOn, standing }: Body): string[] => [worded(ABOUT, about), citation(basis), enteredOn, standing ? '有效' : '已更正'];

/** An act's own words, then each step that followed, indented by its place in the tree. */
function traceOf({ title }: Act, { tree, truncated }: Body): string[][] {
  const rows = (step: Body, depth: number): string[][] => [
    [
      `${'  '.repeat(depth)}${step.title}`,
      step.roles.map((role: string) => worded(ROLES, role)).join('、'),
      inShanghai(step.recordedAt),
      citations(step.events.flatMap(({ bases }: Body) => bases)),
    ],
    ...step.followed.flatMap((each: Body) => rows(each, depth + 1)),
  ];
  return [[title, '', '', ''], ...tree.flatMap((step: Body) => rows(step, 1)), ...(truncated ? [['  （步骤过多，其余未列）', '', '', '']] : [])];
}

const HOURS = 3_600_000;
/** `YYYY-MM-DD HH:mm` in Asia/Shanghai. */
const inShanghai = (instant: string): string => new Date(Date.parse(instant) + 8 * HOURS).toISOString().slice(0, 16).replace('T', ' ');
