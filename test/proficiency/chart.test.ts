import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { verdict } from '../../events/proficiency.ts';
import { chart } from '../../functions/proficiency/chart.ts';
import { assessed, charted, en, type MadeYear, made, retested, TEN, word, z } from './charted.ts';

/** How many of each mark an image has, without its legend. */
function marksOf(svg: string): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const [, kind = ''] of svg.matchAll(/class="(?:mark )?([a-z]+)"/g)) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
const keysOf = (svg: string) => [...svg.matchAll(/class="key ([a-z]+)"/g)].map(([, kind]) => kind);
const textsOf = (svg: string) => [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
const toldOf = (svg: string) => [...svg.matchAll(/<g class="year"><title>([^<]*)<\/title>/g)].map(([, text]) => text);

/** What stands in tags, and not between them. */
const tagsOf = (svg: string): string => (svg.match(/<[^>]*>/g) ?? []).join('');

/** Every element opened is closed in its order, attributes are quoted, and nothing else is a tag. */
function expectWellFormed(svg: string): void {
  const open: string[] = [];
  const rest = svg.replaceAll(/<(\/?)([a-z]+)((?: [a-zA-Z0-9-]+="[^"<&]*")*)(\/?)>/g, (_, end, name, __, empty) => {
    if (end) expect(open.pop()).toBe(name);
    else if (!empty) open.push(name);
    return '';
  });
  expect(open).toEqual([]);
  expect(rest.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, '')).not.toMatch(/[<>&"]/);
}

describe('能力验证历年结果图', () => {
  test('every year has its mark, a year without a result the mark of none, and every score its point', () => {
    const svg = chart(charted(TEN));
    expect(marksOf(svg)).toEqual({ year: 10, passed: 2, warned: 1, failed: 4, absent: 1, excused: 1, none: 1, pass: 2, fail: 2, score: 11, pair: 2 });
    expect(toldOf(svg)).toEqual([
      '2016年：能力验证合格（z 比分数：0.4、−1.1、1.6）',
      '2017年：能力验证有问题（z 比分数：2.4、−0.3）',
      '2018年：能力验证缺席',
      '2019年：无能力验证结果',
      '2020年：能力验证合格（满意）',
      '2021年：能力验证不合格（z 比分数：3.2、1）；补测不合格',
      '2022年：能力验证不合格（z 比分数：−5.6）；补测合格；与上一年度构成连续两年不合格',
      '2023年：能力验证缺席（有正当理由）；现场测评合格',
      '2024年：能力验证不合格（En 值：1.4）',
      '2025年：能力验证不合格（En 值：0.2、−1.2）；现场测评不合格，计作不合格；与上一年度构成连续两年不合格',
    ]);
  });

  test('it says in words what it draws: title, institution, every year, what is unresolved, how old it is', () => {
    const svg = chart(charted(TEN, { unresolved: 2025 }));
    expect(svg).toContain('<title>法医临床鉴定（人体损伤程度鉴定）能力验证历年结果</title><desc>鉴定机构：虚构吉州司法鉴定所。2016年：');
    expect(svg).toMatch(/。2025年度不合格，尚未补测合格。数据截至2026年3月10日09:00。<\/desc>/);
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['2025年度不合格，尚未补测合格', '数据截至2026年3月10日09:00', '能力验证', '现场测评', '补测']));
    expect(textsOf(chart(charted(TEN))).join()).not.toContain('尚未');
  });

  test('the legend has what is drawn and nothing else, each word once', () => {
    expect(keysOf(chart(charted(TEN)))).toEqual(['passed', 'warned', 'failed', 'absent', 'excused', 'none']);
    expect(keysOf(chart(charted([made(2025, 'passed')])))).toEqual(['passed']);
    expect(textsOf(chart(charted([made(2025, 'passed')])))).not.toContain('连续两年不合格');
    expect(keysOf(chart(charted([made(2025, null, { assessment: assessed(false) })])))).toEqual(['none', 'fail']);
  });

  test('rows of assessments and retests stand where there are any', () => {
    const rows = (...years: MadeYear[]) => textsOf(chart(charted(years))).filter((text) => ['能力验证', '现场测评', '补测'].includes(text ?? ''));
    expect(rows(made(2025, 'passed'))).toEqual(['能力验证']);
    expect(rows(made(2025, 'failed', { retest: retested(false) }))).toEqual(['能力验证', '补测']);
    expect(rows(made(2024, 'passed', { assessment: assessed(true) }), made(2025, 'passed'))).toEqual(['能力验证', '现场测评']);
  });

  test('lines of reference: of z at 2 and 3, of En at 1, of both side by side, and none without scores', () => {
    const lines = (...years: MadeYear[]) => textsOf(chart(charted(years))).filter((text) => /^−?[0-3]$|^z$|^En$/.test(text ?? ''));
    const [ofZ, ofEn] = [made(2024, 'passed', { grade: z(0.5) }), made(2025, 'passed', { grade: en(0.5) })];
    expect(lines(ofZ)).toEqual(['z', '3', '2', '0', '−2', '−3']);
    expect(lines(ofEn)).toEqual(['En', '1', '0', '−1']);
    expect(lines(ofZ, ofEn)).toEqual(['z', '3', '2', '0', '−2', '−3', 'En', '1', '0', '−1']);
    expect(lines(made(2025, 'passed', { grade: word('满意') }))).toEqual([]);
  });

  test('a point lies above a line when its score does, and beyond the edge it points out of it', () => {
    const at = (score: number) => {
      const svg = chart(charted([made(2025, 'failed', { grade: z(score) })]));
      const line = Number(/<path d="M66 ([\d.]+)L600 [\d.]+" stroke="#b83a00"/.exec(svg)?.[1]);
      return { line, circle: Number(/<circle class="score" cx="[\d.]+" cy="([\d.]+)"/.exec(svg)?.[1]), out: /<path class="score"/.test(svg) };
    };
    expect(at(3).circle).toBe(at(3).line);
    expect(at(2.9).circle).toBeGreaterThan(at(2.9).line);
    expect(at(3.1).circle).toBeLessThan(at(3.1).line);
    expect([at(4.05).out, at(4.06).out, at(-4.06).out]).toEqual([false, true, true]);
  });

  test.each([
    [1, ['2026']],
    [2, ['2025', '2026']],
    [10, ['2017', '2018', '2019', '2020', '2021', '2022', '2023', '2024', '2025', '2026']],
    [30, ['1998', '2000', '2002', '2004', '2006', '2008', '2010', '2012', '2014', '2016', '2018', '2020', '2022', '2024', '2026']],
  ])('%i years: as many of them named as have room, the last always', (count, named) => {
    const svg = chart(charted(Array.from({ length: count }, (_, at) => made(2027 - count + at, 'passed'))));
    expect(textsOf(svg).filter((text) => /^\d{4}$/.test(text ?? ''))).toEqual(named);
    expect(marksOf(svg)).toEqual({ year: count, passed: count });
  });

  test('thirty years are drawn; that there are earlier ones is said', () => {
    const all = chart(charted([made(1997, 'failed'), made(2026, 'passed')]));
    expect(marksOf(all)).toEqual({ year: 30, failed: 1, none: 28, passed: 1 });
    expect(all).not.toContain('没有画出');
    const cut = chart(charted([made(1996, 'failed'), made(2026, 'passed')]));
    expect(marksOf(cut)).toEqual({ year: 30, none: 29, passed: 1 });
    expect(textsOf(cut)).toContain('1997年以前的没有画出，数据截至2026年3月10日09:00');
  });

  test('no year at all is said, not drawn', () => {
    const svg = chart(charted([]));
    expect(textsOf(svg)).toContain('暂无结果');
    expect(marksOf(svg)).toEqual({});
    expectWellFormed(svg);
  });

  test('a name is text, whatever it says, and no longer than its line', () => {
    const svg = chart(charted(TEN, { name: `"><script>alert('1')</script>&${'长'.repeat(180)}`, title: '<b>'.repeat(60) }));
    expectWellFormed(svg);
    expect(svg).not.toMatch(/<(?:script|b)>/);
    expect(textsOf(svg).find((text) => text?.includes('script'))).toMatch(/…$/);
  });

  test('of whatever record: well-formed, no script, nothing from elsewhere, no number that is none, a mark a year', () => {
    const score = fc.double({ noNaN: true, noDefaultInfinity: true });
    const grade = fc.oneof(
      fc.record({ by: fc.constantFrom('z' as const, 'en' as const), scores: fc.array(score, { minLength: 1, maxLength: 50 }) }),
      fc.record({ by: fc.constant('word' as const), word: fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }) }),
      fc.constant(null),
    );
    const found = fc.option(fc.record({ passed: fc.boolean(), counts: fc.boolean(), on: fc.constant('2026-03-10') }));
    const year = fc
      .tuple(
        fc.integer({ min: 2005, max: 9999 }),
        fc.option(fc.constantFrom(...verdict.options)),
        fc.record({ grade, excused: fc.boolean(), counts: fc.boolean() }),
        found,
        found,
        fc.boolean(),
      )
      .map(([of, said, more, assessment, retest, pair]) => made(of, said, { ...more, assessment, retest, detected: pair ? 'd' : null }));
    const years = fc.oneof(
      fc.uniqueArray(year, { selector: (each) => each.year, maxLength: 30 }),
      fc.array(year, { minLength: 1, maxLength: 40 }).map((all) => all.map((each, at) => ({ ...each, year: 2005 + at }))),
    );
    const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(years, name, name, fc.option(fc.integer({ min: 2005, max: 9999 })), (all, institution, title, unresolved) => {
        const svg = chart(charted(all, { name: institution, title, unresolved, asOf: null }));
        expectWellFormed(svg);
        expect(svg).not.toMatch(/[\ufffe\uffff]|\p{Cs}/u);
        const tags = tagsOf(svg);
        expect(tags).not.toMatch(/NaN|Infinity|undefined|null|e[+-]\d/);
        expect(tags.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(/href|url\(|https?:|<script|<style|<image|<foreignObject| on\w+=/i);
        const last = Math.max(...all.map((each) => each.year));
        const shown = all.filter((each) => each.year > last - 30);
        const { year: drawn = 0, score: points = 0, pair = 0 } = marksOf(svg);
        expect(drawn).toBe(all.length === 0 ? 0 : Math.min(30, last - Math.min(...all.map((each) => each.year)) + 1));
        expect(points).toBe(shown.reduce((sum, { test: of }) => sum + (of?.grade && of.grade.by !== 'word' ? of.grade.scores.length : 0), 0));
        expect(pair).toBe(shown.filter(({ detected }) => detected !== null).length);
      }),
    );
  });
});
