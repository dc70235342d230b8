import type { Act, Answers } from './act.ts';
import { desks, institution, supervisor } from './cast.ts';
import { columns } from './columns.ts';
import type { Answer, DemoHost } from './host.ts';
import { askingOf } from './play.ts';
import { story, subjectOf } from './story.ts';

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
const ABOUT: Words = {
  'BreachFound/recorded-untruthfully': '记录不如实',
  'BreachFound/instructed-not-to-record-or-report': '授意不记录或者不报告',
};
const MEASURES: Words = { 'order-to-correct': '责令改正', 'integrity-entry': '记入诚信档案', admonition: '训诫', 'circular-criticism': '通报批评' };
const SUBJECTS: Words = { appraiser: '司法鉴定人', head: '鉴定机构负责人', staff: '鉴定机构其他人员', institution: '司法鉴定机构' };
const ORDER_STATUS: Words = { open: '待改正', corrected: '已改正', revoked: '已撤销' };
const NAMES: Words = { ...Object.fromEntries(desks.map(({ name, as }) => [as.agency, name])), system: '系统' };
const worded = (words: Words, value: string): string => words[value] ?? value;

/**
 * What came of the story (演示结果), asked over the API as each agency concerned: its notices with article and what was withheld, its deadlines,
 * the integrity files, the orders, and the trace of each act; plain text for a terminal. Throws {@link NotAnswered} with the place and the reason.
 */
export async function report(host: DemoHost, answers: Answers): Promise<string> {
  const ask = askingOf(host);
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
  for (const act of story) traces.push(...traceOf(act, await ask(supervisor, `/v1/trace/${answers(act.name).correlationId}`)));
  const [ofAppraiser, ofInstitution, orders] = await Promise.all([
    ask(supervisor, '/v1/integrity/file', { kind: 'appraiser', id: subjectOf(answers) }),
    ask(supervisor, '/v1/integrity/file', { kind: 'institution', id: institution.id }),
    ask(supervisor, '/v1/sanctions/orders', { limit: '200' }),
  ]);
  return [
    '一、各单位收到的通知',
    '',
    ...(await ofDesks('/v1/notifications/inbox', { show: 'all', limit: '200' }, ({ items }) => items.toReversed().flatMap(noticeOf))),
    '二、待办期限',
    '',
    ...(await ofDesks('/v1/deadlines/agenda', { limit: '200' }, ({ items }) => deadlinesOf(items))),
    '三、诚信档案（由主管机关查询）',
    '',
    '听从授意的司法鉴定人',
    ...columns([ENTRY, ...ofAppraiser.items.toReversed().map(entryOf)], '  '),
    '',
    `${institution.name}（负责人的记入所在机构，注明身份）`,
    ...columns([ENTRY, ...ofInstitution.items.toReversed().map(entryOf)], '  '),
    '',
    '四、行政处理决定（由主管机关查询）',
    '',
    ...columns([['责任主体', '处理措施', '改正期限', '状态'], ...orders.items.map(orderOf)], '  '),
    '',
    '五、全过程留痕（由主管机关查询；只见身份，不见人员）',
    '',
    ...columns([['事项', '身份', '时间', '依据'], ...traces], '  '),
  ].join('\n');
}

/** Articles by document, each once. */
const citations = (bases: readonly Body[]): string =>
  [...Map.groupBy(bases, ({ document }) => document)]
    .map(([document, own]) => `${document} ${[...new Set(own.flatMap(({ article }) => article.split('、')))].join('、')}`)
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

const ENTRY = ['认定情形', '身份', '依据', '记入日期', '状态'];
const orderOf = ({ subject, measures, legalDue, status }: Body): string[] => [
  worded(SUBJECTS, subject.kind === 'appraiser' ? 'appraiser' : subject.role),
  measures.map((each: string) => worded(MEASURES, each)).join('、'),
  legalDue,
  worded(ORDER_STATUS, status),
];

const entryOf = ({ about, role, basis, enteredOn, standing }: Body): string[] => [
  worded(ABOUT, about),
  worded(SUBJECTS, role),
  citation(basis),
  enteredOn,
  standing ? '有效' : '已更正',
];

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
