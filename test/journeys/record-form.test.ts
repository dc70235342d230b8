import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { RecordContent } from '../../events/interference.ts';
import { printedForm } from '../../functions/interference/printed-form.ts';
import { recordPage } from '../../functions/interference/record-page.ts';
import { overHttp } from '../api/made-hosts.ts';
import { ACTORS, type ActorName, madeProvince, playSlice } from '../api/made-province.ts';
import { id } from '../support/heard.ts';
import { printed, withBrowser } from '../support/with-browser.ts';

const about = { case: '（2026）虚构鉴字第1号', number: 'case', matter: '对虚构被鉴定人右上肢的伤残等级进行鉴定' } as const;
const none: RecordContent = { answer: 'none' };
const told: Extract<RecordContent, { answer: 'interference' }> = {
  answer: 'interference',
  interferers: [{ box: 'commissioner', name: '虚构张某', organ: '虚构法院' }, { box: 'bureau-staff' }, { box: 'other', other: '当事人的邻居' }],
  contents: [{ box: 'plead' }, { box: 'other', other: '邀请私下会见' }],
  articleThree: ['plead', 'private-meeting'],
  account: '虚构情况：来电要求照顾，并邀请私下会见。',
  evidence: [{ kind: '通话录音', sha256: 'a'.repeat(64), keptAt: '虚构证据柜' }],
};

/** Rows of that many signers, filled in with these; `undefined`: the reader may not see it. */
function formOf(contents: readonly (RecordContent | undefined)[], more: Partial<typeof about> | { case: string; matter: string } = {}): string {
  const rows = contents.map((_, at) => ({ row: id(`${at}`), signer: id(`a${at}`), signedOn: '2026-03-09' }));
  const filled = new Map(contents.flatMap((content, at) => (content ? [[id(`${at}`), content] as const] : [])));
  return recordPage(printedForm({ ...about, ...more }, rows, filled));
}

/** 选项 in the order in which they are printed: what each square shows, and the words behind it. */
const boxesOn = (page: Page) =>
  page
    .locator('.form')
    .evaluateAll((forms) =>
      forms.map((form) => [...form.querySelectorAll('.choice')].map((choice) => [choice.querySelector('svg')?.getAttribute('aria-label'), choice.textContent])),
    );

const A4 = '0 0 594.95996 841.91998';
const FIRST = ['无此类情况', '委托人', '案件当事人或其代理人', '鉴定机构内部人员', '司法行政机关工作人员', '其他'];
const SECOND = FIRST.filter((label) => label !== '委托人');
const CONTENTS = ['请托说情', '干预鉴定程序', '干预鉴定意见', '其他'];
const ticks = (labels: readonly string[], ...on: string[]) => labels.map((label) => [on.includes(label) ? '已勾选' : '未勾选', label]);

/** As many characters as are asked for, none of them twice, and none that the form itself prints. */
function distinct(): (count: number) => string {
  const own = new Set(
    formOf([told, none], { case: `${about.case}续页下接附表受理前事项编号`, matter: '更正证据存于未附属第三条第一二三四项情形姓名不明案件' }),
  );
  const supply = Array.from({ length: 0x9fa5 - 0x4e00 + 1 }, (_, at) => String.fromCharCode(0x4e00 + at)).filter((char) => !own.has(char));
  return (count) => supply.splice(0, count).join('');
}

withBrowser('the pages of the record form', ({ show }) => {
  describe('附件《干预司法鉴定活动记录表》', () => {
    test('two signers: one A4, every row and every box of the annex in its order', async () => {
      const page = await show(formOf([told, none]));
      const { sheets, text } = await printed(page);
      expect(sheets).toEqual([A4]);
      const order = ['干预司法鉴定活动记录表', '案件编号', about.case, '鉴定事项', about.matter];
      const block = ['无此类情况', '干预人:', '案件当事人或其代理人', '干预内容:', ...CONTENTS, '具体情况:', '鉴定人或其他人员签名:', '2026年3月9日'];
      let from = 0;
      for (const each of [...order, ...block, ...block, '备注', '注:多于2名鉴定人或其他人员的案件,请自行增加附表。']) {
        const at = text.indexOf(each.normalize('NFKC'), from);
        expect({ each, found: at >= from }).toEqual({ each, found: true });
        from = at;
      }
      expect(await page.locator('th').allInnerTexts()).toEqual(['案件编号', '鉴定事项', '情况记录\n第 1 栏', '情况记录\n第 2 栏', '备注']);
      expect(await boxesOn(page)).toEqual([
        [...ticks(FIRST, '委托人', '司法行政机关工作人员', '其他'), ...ticks(CONTENTS, '请托说情', '其他'), ...ticks(SECOND, '无此类情况'), ...ticks(CONTENTS)],
      ]);
      expect(text).toContain(`${id('a0')}2026年3月9日`);
      expect(text).toContain('其他当事人的邻居');
    });

    test('委托人 in the second 情况记录 is printed as “其他：委托人”', async () => {
      const page = await show(formOf([none, told]));
      const [boxes] = await boxesOn(page);
      expect(boxes?.slice(FIRST.length + CONTENTS.length, FIRST.length + CONTENTS.length + SECOND.length)).toEqual(
        ticks(SECOND, '司法行政机关工作人员', '其他'),
      );
      expect((await printed(page)).text).toContain('其他委托人;当事人的邻居');
    });

    test('nobody and one signer: the form is whole, what is not signed yet is empty', async () => {
      for (const contents of [[], [none]]) {
        const page = await show(formOf(contents));
        expect((await printed(page)).sheets).toEqual([A4]);
        expect((await boxesOn(page))[0]).toHaveLength(FIRST.length + SECOND.length + 2 * CONTENTS.length);
      }
    });

    test.each([3, 4])('%i signers: a second page of the same layout (附表)', async (count) => {
      const page = await show(formOf(Array.from({ length: count }, (_, at) => (at === 2 ? told : none))));
      expect((await printed(page)).sheets).toEqual([A4, A4]);
      expect(await page.locator('h1').allInnerTexts()).toEqual(['干预司法鉴定活动记录表', '干预司法鉴定活动记录表（附表 1）']);
      const [first, second] = await boxesOn(page);
      expect(second?.map(([, label]) => label)).toEqual(first?.map(([, label]) => label));
      expect(second?.slice(0, FIRST.length)).toEqual(ticks(FIRST, '委托人', '司法行政机关工作人员', '其他'));
    });

    test('five signers: a third page', async () => {
      expect((await printed(await show(formOf(Array.from({ length: 5 }, () => none))))).sheets).toEqual([A4, A4, A4]);
    });

    test('a sealed row shows that it is signed; its boxes are crossed out, not empty', async () => {
      const page = await show(formOf([undefined, told]));
      const [boxes] = await boxesOn(page);
      expect(boxes?.slice(0, FIRST.length + CONTENTS.length).map(([tick]) => tick)).toEqual(Array(10).fill('封存'));
      expect(await page.locator('.account').first().innerText()).toBe('具体情况：已签名，内容依规定封存。');
      expect((await printed(page)).sheets).toEqual([A4]);
    });
  });

  describe('a text that is longer than its box', () => {
    const take = distinct();
    const longest = (account: number, evidence: number): RecordContent => ({
      answer: 'interference',
      interferers: Array.from({ length: 10 }, () => ({ box: 'other' as const, other: take(200), name: take(200), organ: take(200) })),
      contents: [{ box: 'plead' }, { box: 'procedure' }, { box: 'opinion' }, { box: 'other', other: take(200) }],
      articleThree: ['plead', 'private-meeting', 'coerce', 'other'],
      account: take(account),
      evidence: Array.from({ length: evidence }, (_, at) => ({ kind: take(200), sha256: at.toString(16).padStart(64, '0'), keptAt: take(200) })),
    });
    const texts = (value: unknown): string[] =>
      typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];

    test('goes on on a continuation sheet, every character of it once; the form itself stays on its one page', { timeout: 120_000 }, async () => {
      const matter = take(200);
      const content = longest(4000, 20);
      const page = await show(formOf([content, none], { case: about.case, matter }));
      const { sheets, text } = await printed(page);
      expect(sheets.length).toBeGreaterThan(2);
      expect(new Set(sheets)).toEqual(new Set([A4]));
      const counts = new Map<string, number>();
      for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
      const planted = texts([matter, content]).filter((each) => each.length >= 200);
      const wrong = planted.flatMap((each) => [...each]).filter((char) => counts.get(char) !== 1);
      expect(wrong).toEqual([]);
      expect(planted.join('').length).toBeGreaterThan(18_000);
      for (let at = 0; at < 20; at += 1) expect(text).toContain(at.toString(16).padStart(64, '0'));
      // The heading of the continuation is printed on each of its sheets: the form took the first one alone.
      expect(text.split('干预司法鉴定活动记录表(续页)').length - 1).toBe(sheets.length - 1);
    });

    test.each([
      ['capitals', 'W'],
      ['small letters', 'm'],
      ['digits', '8'],
      ['narrow letters', 'i'],
      ['full width', '鑫'],
      ['punctuation', '，。”）'],
      ['symbols', '①★℃'],
      ['emoji', '😀'],
      ['lines', '\n'],
      ['words', 'forensic appraisal '],
    ])('of %s grows no box of the form beyond its room', async (_, unit) => {
      const fill = (length: number) => `${`始${unit.repeat(length)}`.slice(0, length - 1).toWellFormed()}终`;
      const content: RecordContent = {
        answer: 'interference',
        interferers: [{ box: 'other', other: fill(200), name: fill(200), organ: fill(200) }],
        contents: [{ box: 'other', other: fill(200) }],
        articleThree: ['other'],
        account: fill(4000),
        evidence: [{ kind: fill(200), sha256: 'a'.repeat(64), keptAt: fill(200) }],
      };
      const page = await show(formOf([content, content], { case: fill(80), matter: fill(200) }));
      await page.emulateMedia({ media: 'print' });
      const sheet = page.locator('.sheet').first();
      const mm = (px: number) => (px * 25.4) / 96;
      const rows = await sheet.locator('tr').evaluateAll((all) => all.map((row) => row.getBoundingClientRect().height));
      const designed = [13, 13, 24, 13, 52, 24, 13, 52, 29];
      const { text } = await printed(page);
      expect(rows.map((row, at) => Math.max(0, Math.round(mm(row) - (designed[at] ?? 0))))).toEqual(designed.map(() => 0));
      expect(await page.locator('td').evaluateAll((cells) => cells.filter((cell) => cell.scrollWidth > cell.clientWidth + 1).length)).toBe(0);
      // 案件编号 stands in the heading of each continuation too.
      expect(text.match(/终/g)?.length).toBeGreaterThanOrEqual(15);
    });
  });

  test('over HTTP: who accepts a page is given the form with what he may see, and the browser runs and fetches nothing', { timeout: 180_000 }, async () => {
    const made = await madeProvince(overHttp);
    try {
      const played = await playSlice(made, (field) => `虚构${field}<img src=x onerror=alert(1)>`.slice(0, 60));
      const ask = async (who: ActorName) => {
        const answer = await made.request({
          method: 'POST',
          path: '/v1/interference/disclose-record',
          headers: {
            authorization: `Bearer ${await made.host.token(ACTORS[who])}`,
            'content-type': 'application/json',
            'idempotency-key': `page-${who}`,
            accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8',
          },
          body: { case: played.case, purpose: '虚构目的' },
        });
        expect({ status: answer.status, type: answer.headers['content-type'] }).toEqual({ status: 201, type: 'text/html; charset=utf-8' });
        const page = await show(
          answer.body,
          Object.fromEntries(['content-type', 'content-security-policy', 'x-content-type-options'].map((name) => [name, String(answer.headers[name])])),
        );
        const faults: string[] = [];
        page.on('console', (message) => faults.push(message.text()));
        page.on('request', (request) => faults.push(request.url()));
        await page.reload();
        const { sheets, text } = await printed(page);
        expect(faults.filter((each) => each !== page.url())).toEqual([]);
        expect(await page.locator('img, script, iframe').count()).toBe(0);
        expect(
          await page
            .locator('.form')
            .first()
            .evaluate((form) => form.ownerDocument.defaultView?.getComputedStyle(form).borderCollapse),
        ).toBe('collapse');
        return { sheets: sheets.length, sealed: await page.locator('.is-sealed').count(), text };
      };
      const [officer, head, appraiser] = [await ask('officer'), await ask('head'), await ask('appraiser')];
      // Six rows: three sheets, and what their remarks had no room for.
      expect([officer.sealed, head.sealed, appraiser.sealed]).toEqual([0, 4, 1]);
      for (const { sheets, text } of [officer, head, appraiser]) {
        expect(sheets).toBeGreaterThanOrEqual(3);
        expect(text).toContain('虚构account<imgsrc=x');
      }
    } finally {
      await made.close();
    }
  });
});
