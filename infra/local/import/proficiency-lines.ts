import { day } from '../../../events/common.ts';
import { officialItem } from '../../../events/items.ts';
import { testYear } from '../../../events/proficiency.ts';
import { checkUscc, USCC_FAULTS } from '../../../functions/kernel/codes/uscc.ts';
import type { Refusal } from '../../../functions/kernel/decision.ts';
import { normal } from './cells.ts';

/** Names of the columns (列名), the first as it is told; a field's own name will do as well. */
const NAMES = {
  institution: ['统一社会信用代码', '机构统一社会信用代码'],
  item: ['鉴定项目', '鉴定项目代码'],
  year: ['年度', '能力验证年度'],
  result: ['结果', '能力验证结果'],
  z: ['z比分数', 'z值'],
  en: ['En值', 'En数'],
  reportedOn: ['报告日期'],
} as const;

type Field = keyof typeof NAMES;
const FIELDS = Object.keys(NAMES) as readonly Field[];
const GRADES = ['result', 'z', 'en'] as const;
type Grading = (typeof GRADES)[number];

const titleOf = (field: Field): string => NAMES[field][0];
const quoted = (fields: readonly Field[]): string => fields.map((field) => `“${titleOf(field)}”`).join('');

const EXPECTED = `应有的列（以逗号分隔，次序不限）：${(['institution', 'item', 'year'] as const).map(titleOf).join('、')}，${GRADES.map(titleOf).join('、')}中至少一列，可以有${titleOf('reportedOn')}`;

/** What is wrong (差错), in Chinese. */
export interface Fault {
  readonly fault: string;
}
const fault = (words: string): Fault => ({ fault: words });
const at = (field: Field, words: string): Fault => fault(`“${titleOf(field)}”：${words}`);
export const isFault = (value: unknown): value is Fault => typeof value === 'object' && value !== null && 'fault' in value;

/** Where the fields stand in a line. */
export type Columns = Readonly<Partial<Record<Field, number>>>;

const fieldCalled = (name: string): Field | undefined => {
  const plain = name.replaceAll(/\s/g, '').toLowerCase();
  return FIELDS.find((field) => [field, ...NAMES[field]].some((each) => each.toLowerCase() === plain));
};

/** The columns by a header (表头), or what is wrong with it and which are expected. */
export function columnsOf(header: readonly string[]): Columns | Fault {
  const names = header.map(normal);
  const fields = names.map(fieldCalled);
  const unknown = names.flatMap((name, at) => (name !== '' && fields[at] === undefined ? [at + 1] : []));
  const twice = FIELDS.filter((field) => fields.indexOf(field) !== fields.lastIndexOf(field));
  const missing = (['institution', 'item', 'year'] as const).filter((field) => !fields.includes(field));
  const faults = [
    ...(unknown.length > 0 ? [`不认识第${unknown.slice(0, 10).join('、')}列${unknown.length > 10 ? '等' : ''}`] : []),
    ...(twice.length > 0 ? [`重复的列：${quoted(twice)}`] : []),
    ...(missing.length > 0 ? [`缺少的列：${quoted(missing)}`] : []),
    ...(GRADES.some((field) => fields.includes(field)) ? [] : [`${quoted(GRADES)}一列都没有`]),
  ];
  if (faults.length > 0) return fault(`表头不符合要求，${faults.join('；')}。${EXPECTED}`);
  return Object.fromEntries(fields.flatMap((field, at) => (field === undefined ? [] : [[field, at]])));
}

/** What `proficiency/record-result` takes. */
export interface ResultInput {
  readonly institution: string;
  readonly item: string;
  readonly year: number;
  readonly result:
    | { readonly by: 'word'; readonly word: string }
    | { readonly by: 'z' | 'en'; readonly scores: readonly number[] }
    | { readonly by: 'absent'; readonly excused: boolean };
  readonly reportedOn?: string;
}

/** One line of results (一行结果), or everything that is wrong with it: fields by their names, never what stands in them. */
export function lineOf(columns: Columns, cells: readonly string[]): ResultInput | Fault {
  const known = Object.values(columns);
  if (cells.some((cell, place) => !known.includes(place) && normal(cell) !== '')) return fault('表头没有的列中有内容');
  const cell = (field: Field): string => normal(cells[columns[field] ?? cells.length] ?? '');
  const formulas = FIELDS.filter((field) => isFormula(cells[columns[field] ?? cells.length] ?? '', field));
  if (formulas.length > 0) return fault(`${quoted(formulas)}：不接受公式，单元格不能以 =、+、-、@ 或者制表符开头`);

  const given = GRADES.filter((field) => cell(field) !== '');
  const read = {
    institution: institutionOf(cell('institution')),
    item: itemOf(cell('item')),
    year: yearOf(cell('year')),
    result: given.length === 1 ? READ[given[0] as Grading](cell(given[0] as Grading)) : fault(`${quoted(GRADES)}应当填且只填一项`),
    reportedOn: cell('reportedOn') === '' ? undefined : dayOf(cell('reportedOn')),
  };
  const faults = Object.values(read).flatMap((each) => (isFault(each) ? [each.fault] : []));
  return faults.length > 0 ? fault(faults.join('；')) : (dropAbsent(read) as ResultInput);
}

const SCORE = /^-?\d{1,6}(?:\.\d{1,9})?$/;
const scoresIn = (cell: string): readonly string[] =>
  normal(cell)
    .replaceAll('−', '-')
    .split(';')
    .map((each) => each.trim());

/** What a spreadsheet would run when the file is opened in it; a score below zero is none. */
const isFormula = (cell: string, field: Field): boolean => {
  if (cell.startsWith('\t')) return true;
  return /^[=+\-@]/.test(normal(cell)) && !((field === 'z' || field === 'en') && scoresIn(cell).every((score) => SCORE.test(score)));
};

function institutionOf(text: string): string | Fault {
  const code = text.toUpperCase();
  const wrong = checkUscc(code);
  if (wrong === undefined) return code;
  const hint = wrong === 'length' ? '；表格软件把它改成科学计数的，先把该列设为文本再填写' : '';
  return at('institution', `${USCC_FAULTS[wrong]}${hint}`);
}

const itemOf = (text: string): string | Fault =>
  officialItem.safeParse(text).success ? text : at('item', '应为执业分类规定中的鉴定项目，写作类别和四位代码，例如 medicine-0201');

function yearOf(text: string): number | Fault {
  const year = testYear.safeParse(Number(/^(\d{4})(?:年度?)?$/.exec(text)?.[1]));
  return year.success ? year.data : at('year', '应为2005年以后的四位年份，例如 2026');
}

const WORD_AT_MOST = 20;
const ABSENT: Readonly<Record<string, boolean>> = { 缺席: false, '缺席(有正当理由)': true };

const READ: Readonly<Record<Grading, (text: string) => ResultInput['result'] | Fault>> = {
  result: (text) => {
    if (Object.hasOwn(ABSENT, text)) return { by: 'absent', excused: ABSENT[text] as boolean };
    return text.length > WORD_AT_MOST ? at('result', `应为评价用语，不超过${WORD_AT_MOST}字`) : { by: 'word', word: text };
  },
  z: (text) => scored('z', text),
  en: (text) => scored('en', text),
};

const SCORES_AT_MOST = 50;

function scored(by: 'z' | 'en', text: string): ResultInput['result'] | Fault {
  const scores = scoresIn(text);
  if (scores.length > SCORES_AT_MOST) return at(by, `一行最多${SCORES_AT_MOST}个分数`);
  if (!scores.every((score) => SCORE.test(score))) return at(by, '应为数字，多个的以分号隔开，例如 1.2;-0.3');
  // Zero has one spelling, whatever its sign.
  return { by, scores: scores.map((score) => Number(score) + 0) };
}

function dayOf(text: string): string | Fault {
  const [, year, month = '', date = ''] = /^(\d{4})(?:-|\/|年)(\d{1,2})(?:-|\/|月)(\d{1,2})日?$/.exec(text) ?? [];
  const read = day.safeParse(`${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`);
  return read.success ? read.data : at('reportedOn', '应为存在的日期，写作 2026-03-10 或者 2026/3/10');
}

const dropAbsent = (read: Readonly<Record<string, unknown>>): unknown => Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));

/** Why a rule refused a line: the field, the reason, the article and what can be done. */
export function reasonOf({ pointer = '', detail, basis, cure }: Refusal, { result: { by } }: Pick<ResultInput, 'result'>): string {
  const [, place = ''] = pointer.split('/');
  const graded = by === 'z' || by === 'en' ? by : 'result';
  const field = place === 'result' ? graded : place === 'occurredOn' ? 'reportedOn' : FIELDS.find((each) => each === place);
  const article = basis ? `（${basis.document}${basis.article}）` : '';
  return `${field ? `“${titleOf(field)}”：` : ''}${detail}${article}${cure ? `；${cure}` : ''}`;
}
