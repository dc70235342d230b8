import { describe, expect, test } from 'vitest';
import type { RecordContent } from '../../events/interference.ts';
import { BOXES_OF_BLOCK, type PrintedForm, printedForm, type ShownBlock } from '../../functions/interference/printed-form.ts';
import { recordPage } from '../../functions/interference/record-page.ts';
import { id } from '../support/heard.ts';

const about = { case: '（2026）虚构鉴字第1号', number: 'case', matter: '虚构事项' } as const;
const told: Extract<RecordContent, { answer: 'interference' }> = {
  answer: 'interference',
  interferers: [{ box: 'commissioner', name: '演示甲', organ: '演示法院' }, { box: 'insider' }, { box: 'other', other: '邻居' }],
  contents: [{ box: 'plead' }, { box: 'other', other: '私下会见' }],
  articleThree: ['plead', 'private-meeting'],
  account: '演示情况',
  evidence: [{ kind: '录音', sha256: 'a'.repeat(64), keptAt: '演示柜' }],
};
const rows = (...corrects: (string | undefined)[]) =>
  corrects.map((each, at) => ({ row: id(`${at}`), signer: id('a'), signedOn: '2026-03-09', ...(each === undefined ? {} : { corrects: each }) }));
/** The form of these rows; `undefined`: the reader may not see it. */
const form = (...contents: (RecordContent | undefined)[]): PrintedForm =>
  printedForm(about, rows(...contents.map(() => undefined)), new Map(contents.flatMap((content, at) => (content ? [[id(`${at}`), content] as const] : []))));
const ticked = ({ interferers }: ShownBlock) =>
  interferers.filter((each) => each.ticked).map(({ label, text }) => (text === null ? label : `${label}：${text}`));
const block = (filled: PrintedForm, at: number) => filled.blocks[at] as ShownBlock;

describe('附件: the form as data', () => {
  test('the first 情况记录 has a box for 委托人, the second prints it as “其他：委托人” (reading)', () => {
    expect(BOXES_OF_BLOCK).toEqual([
      ['commissioner', 'party-or-agent', 'insider', 'bureau-staff', 'other'],
      ['party-or-agent', 'insider', 'bureau-staff', 'other'],
    ]);
    const filled = form(told, told, told);
    expect(ticked(block(filled, 0))).toEqual(['委托人', '鉴定机构内部人员', '其他：邻居']);
    expect(ticked(block(filled, 1))).toEqual(['鉴定机构内部人员', '其他：委托人；邻居']);
    expect(ticked(block(filled, 2))).toEqual(['委托人', '鉴定机构内部人员', '其他：邻居']);
  });
  test('“none” ticks 无此类情况 and nothing else', () => {
    const { none, interferers, contents, account } = block(form({ answer: 'none' }), 0);
    expect([none, account]).toEqual([true, null]);
    expect([...interferers, ...contents].filter((each) => each.ticked)).toEqual([]);
    expect(block(form(told), 0).none).toBe(false);
  });
  test('names and organs stand beside the boxes, and so do several interferers of one box, which is ticked once', () => {
    expect(block(form(told), 0).persons).toEqual([{ box: 'commissioner', label: '委托人', name: '演示甲', organ: '演示法院' }]);
    const two = { ...told, interferers: [{ box: 'insider' as const }, { box: 'insider' as const }] };
    expect(block(form(two), 0).persons).toHaveLength(2);
  });
  test('what the reader may not see is signed, and no more, whatever it says: “none” and interference look alike', () => {
    expect(form(undefined).blocks[0]).toEqual({ number: 1, row: id('0'), signedOn: '2026-03-09', signer: id('a'), sealed: true });
  });
  test('a correction says so where it is shown, and only there', () => {
    const corrected = printedForm(about, rows(undefined, id('0'), id('0')), new Map([[id('1'), told]]));
    expect(corrected.blocks.map((each) => 'corrects' in each && each.corrects)).toEqual([false, { row: id('0'), number: 1 }, false]);
  });
  test('第四条: interference without evidence is marked', () => {
    expect(block(form(told), 0).missingEvidence).toBe(false);
    expect(block(form({ ...told, evidence: [] }), 0).missingEvidence).toBe(true);
    expect(block(form({ answer: 'none' }), 0).missingEvidence).toBe(false);
  });
});

describe('附件: the form as a page', () => {
  const remarks = (html: string) => [...html.matchAll(/<tr class="remarks">.*?<td>(.*?)<\/td>/gs)].map(([, text]) => text?.replaceAll(/<[^>]+>/g, ''));

  test('备注 says what is corrected, that evidence is missing, where it is kept, and by which item of art. 3', () => {
    const filled = printedForm(
      about,
      rows(undefined, undefined, id('0')),
      new Map<string, RecordContent>([
        [id('0'), told],
        [id('1'), { answer: 'none' }],
        [id('2'), { ...told, evidence: [] }],
      ]),
    );
    expect(remarks(recordPage(filled))).toEqual([
      `第 1 栏属第三条第（一）、（二）项情形。\n第 1 栏证据 1：录音，存于演示柜，SHA-256 ${'a'.repeat(64)}。`,
      '第 3 栏更正第 1 栏。\n第 3 栏未附证据。\n第 3 栏属第三条第（一）、（二）项情形。',
    ]);
  });
  test('a sealed row leaves nothing in 备注', () => {
    expect(remarks(recordPage(form(undefined, { answer: 'none' })))).toEqual(['']);
  });
  test('a number that serves before acceptance is called so', () => {
    expect(recordPage({ ...form(), number: 'matter' })).toContain('（2026）虚构鉴字第1号（受理前事项编号）');
    expect(recordPage(form())).not.toContain('受理前事项编号');
  });
  test('nothing that was filled in is markup, and no page has a script', () => {
    const evil = '<script>alert(1)</script>&amp;"\'';
    const every = {
      ...told,
      interferers: [{ box: 'other' as const, other: evil, name: evil, organ: evil }],
      contents: [{ box: 'other' as const, other: evil }],
      account: evil,
      evidence: [{ kind: evil, sha256: 'a'.repeat(64), keptAt: evil }],
    };
    const html = recordPage(printedForm({ case: evil, number: 'case', matter: evil }, rows(undefined), new Map([[id('0'), every]])));
    expect(html).not.toMatch(/<script|alert\(1\)<\/|&amp;"/);
    expect(html.match(/&lt;script&gt;/g)?.length).toBeGreaterThanOrEqual(9);
  });
});
