import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { completeUscc } from '../../../../functions/kernel/codes/uscc.ts';
import { conflict, refuse } from '../../../../functions/kernel/decision.ts';
import { ROUND_CLOSED } from '../../../../functions/proficiency/articles.ts';
import record from '../../../../functions/proficiency/commands/record-result.ts';
import { type Columns, columnsOf, lineOf, reasonOf } from '../../../../infra/local/import/proficiency-lines.ts';

const uscc = completeUscc('31360800MADE0001');
const HEADER = ['统一社会信用代码', '鉴定项目', '年度', '结果', 'z比分数', 'En值', '报告日期'];
const columns = columnsOf(HEADER) as Columns;

const USUAL = { institution: uscc, item: 'medicine-0201', year: '2025', result: '', z: '', en: '', reportedOn: '' };
const line = (cells: Partial<typeof USUAL>) => lineOf(columns, Object.values({ ...USUAL, ...cells }));
const result = (cells: Partial<typeof USUAL>) => {
  const read = line(cells);
  return 'fault' in read ? read.fault : read.result;
};

describe('the header', () => {
  test('names the columns in any order, in full-width letters or English too, with empty columns at the end', () => {
    expect(columnsOf(['年度', ' Ｚ比分数 ', '鉴定项目', '统一社会信用代码', '', ''])).toEqual({ year: 0, z: 1, item: 2, institution: 3 });
    expect(columnsOf(['reportedOn', 'institution', 'item', 'year', 'result', 'z', 'EN'])).toEqual({
      reportedOn: 0,
      institution: 1,
      item: 2,
      year: 3,
      result: 4,
      z: 5,
      en: 6,
    });
  });

  test.each([
    ['a column is unknown', [...HEADER, '虚构联系人电话'], '不认识第8列'],
    ['a column is there twice', [...HEADER, '能力验证结果'], '重复的列：“结果”'],
    ['a column is missing', HEADER.filter((name) => name !== '年度'), '缺少的列：“年度”'],
    ['there is no column for a grade', ['统一社会信用代码', '鉴定项目', '年度', '报告日期'], '“结果”“z比分数”“En值”一列都没有'],
    ['there is nothing', [], '缺少的列：“统一社会信用代码”“鉴定项目”“年度”'],
    ['it is separated otherwise', [HEADER.join(';')], '不认识第1列'],
  ])('is refused where %s, in one message that names the columns expected and nothing of the file', (_, header, words) => {
    const told = columnsOf(header) as { fault: string };
    expect(told.fault).toContain(words);
    for (const name of HEADER) expect(told.fault).toContain(name);
    expect(told.fault).not.toContain('虚构');
    expect(told.fault.length).toBeLessThan(300);
  });
});

describe('a line', () => {
  test('is what the command takes, in the usual forms', () => {
    const cells = { institution: ` ${uscc.toLowerCase()} `, item: 'ｍｅｄｉｃｉｎｅ－０２０１', year: '２０２５年', result: '满意　', reportedOn: '2026/3/1' };
    expect(line(cells)).toEqual({
      institution: uscc,
      item: 'medicine-0201',
      year: 2025,
      result: { by: 'word', word: '满意' },
      reportedOn: '2026-03-01',
    });
    expect(line({ result: '满意' })).not.toHaveProperty('reportedOn');
  });

  test('has a word, scores or an absence', () => {
    expect(result({ result: '缺席' })).toEqual({ by: 'absent', excused: false });
    expect(result({ result: '缺席（有正当理由）' })).toEqual({ by: 'absent', excused: true });
    expect(result({ z: '-1.2；2.05 ; −3' })).toEqual({ by: 'z', scores: [-1.2, 2.05, -3] });
    expect(result({ en: '０．７' })).toEqual({ by: 'en', scores: [0.7] });
    expect(result({ z: '-0' })).toEqual({ by: 'z', scores: [0] });
  });

  test.each([
    ['none of the three', {}],
    ['two of the three', { result: '满意', z: '1' }],
  ])('with %s is refused', (_, cells) => {
    expect(result(cells)).toContain('应当填且只填一项');
  });

  test.each([
    ['z', '1,2'],
    ['z', '1;'],
    ['en', '1e3'],
    ['en', '虚构'],
    ['z', Array.from({ length: 51 }, () => '1').join(';')],
    ['result', '虚构'.repeat(11)],
    ['institution', '9.1E+17'],
    ['institution', `${uscc.slice(0, 17)}${uscc.endsWith('A') ? 'B' : 'A'}`],
    ['item', '0308'],
    ['item', 'medicine-9999'],
    ['year', '2004'],
    ['year', '17'],
    ['year', ''],
    ['reportedOn', '2026-02-30'],
    ['reportedOn', '3/1/2026'],
  ] as const)('with %s %j is refused by the column’s name, without what stands there', (field, text) => {
    const told = line({ ...(field === 'z' || field === 'en' ? {} : { result: '满意' }), [field]: text }) as { fault: string };
    expect(told.fault).toMatch(/^“(统一社会信用代码|鉴定项目|年度|结果|z比分数|En值|报告日期)”：/);
    if (text !== '') expect(told.fault).not.toContain(text);
  });

  test('an item is told how it is written, a code that a spreadsheet spoilt what to do', () => {
    expect(line({ result: '满意', item: '0201' })).toEqual({ fault: expect.stringContaining('medicine-0201') });
    expect(line({ result: '满意', institution: '9.1E+17' })).toEqual({ fault: expect.stringContaining('设为文本') });
  });

  test('tells everything that is wrong with it at once', () => {
    expect((line({ item: '0201', year: '26' }) as { fault: string }).fault.match(/“鉴定项目”：|“年度”：|应当填且只填一项/g)).toHaveLength(3);
  });

  test.each(['=CMD()', '+1', '-满意', '@SUM(1)', '\t满意', '＝CMD()', '-1'])('the formula %j is refused where words stand', (text) => {
    expect(result({ result: text })).toMatch(/^“结果”：不接受公式/);
  });

  test('a negative number is no formula where scores stand, and anything more is', () => {
    expect(result({ z: '-1' })).toEqual({ by: 'z', scores: [-1] });
    for (const text of ['-1+2', '=1', '+1', '-A1', '\t-1']) expect(result({ z: text })).toMatch(/^“z比分数”：不接受公式/);
  });

  test('may be shorter than the header or end with empty cells, and holds nothing where the header has no column', () => {
    const cells = [uscc, 'medicine-0201', '2025', '满意'];
    expect(lineOf(columns, cells)).toEqual(lineOf(columns, [...cells, '', '', '', '', ' ']));
    expect(lineOf(columns, [...cells, '', '', '', '虚构'])).toEqual({ fault: '表头没有的列中有内容' });
  });

  test('whatever is taken, the command’s schema takes as it is', () => {
    const text = fc.oneof(fc.string({ maxLength: 25 }), fc.constantFrom('满意', '1;-2.5', '2025', '2026-03-10', 'medicine-0201', uscc, '缺席', ''));
    fc.assert(
      fc.property(fc.record(Object.fromEntries(Object.entries(USUAL).map(([field, usual]) => [field, fc.oneof(fc.constant(usual), text)]))), (cells) => {
        const read = line(cells);
        if (!('fault' in read)) expect(record.input.parse(read)).toEqual(read);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a reason', () => {
  test('names the column, the article and what can be done', () => {
    const closed = refuse('round_closed', '已结束', ROUND_CLOSED, { cure: '申请更正', pointer: '/year' });
    const told = reasonOf(closed, { result: { by: 'word' as const, word: '满意' } });
    expect(told).toBe(`“年度”：已结束（${ROUND_CLOSED.document}第14条）；申请更正`);
  });

  test('names the column in which the grade stands, and none where the rule names none', () => {
    const about = (by: 'z' | 'en') => ({ result: { by, scores: [1] } });
    expect(reasonOf(conflict('made', '虚构', '/result/word'), { result: { by: 'absent', excused: false } })).toBe('“结果”：虚构');
    expect(reasonOf(conflict('made', '虚构', '/result/scores'), about('z'))).toBe('“z比分数”：虚构');
    expect(reasonOf(conflict('made', '虚构', '/occurredOn'), about('en'))).toBe('“报告日期”：虚构');
    expect(reasonOf(conflict('made', '虚构'), about('en'))).toBe('虚构');
  });
});
