import { describe, expect, test } from 'vitest';
import { asyncApiOf } from '../../infra/contracts/asyncapi.ts';
import { fieldsTable, typeOf } from '../../infra/contracts/fields.ts';
import { openApiOf } from '../../infra/contracts/openapi.ts';
import { asyncApiPage, openApiPage } from '../../infra/contracts/page.ts';
import { loadDefinitions } from '../../infra/local/load-definitions.ts';
import { printed, withBrowser } from '../support/with-browser.ts';

const openApi = openApiOf(await loadDefinitions());
const asyncApi = asyncApiOf();
const PAGES = [
  ['the interface', openApiPage(openApi)],
  ['the events', asyncApiPage(asyncApi)],
] as const;

describe.each(PAGES)('the page of %s', (_, html) => {
  test('has no script and nothing from elsewhere', () => {
    expect(html).not.toMatch(/<script|<link|<img|<iframe|\bon\w+=|url\(|@import|src=/i);
    expect([...html.matchAll(/href="([^"]*)"/g)].filter(([, href]) => !href?.startsWith('#'))).toEqual([]);
  });

  test('every entry of its table of contents leads to one place', () => {
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const led = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(led.filter((id) => !ids.includes(id))).toEqual([]);
    expect(ids.filter((id) => !led.includes(id))).toEqual([]);
  });
});

test('every operation and every event is on its page', () => {
  for (const [path, methods] of Object.entries(openApi.paths)) {
    for (const { summary } of Object.values(methods)) expect(PAGES[0][1]).toContain(`<h3>${summary}</h3>`);
    expect(PAGES[0][1]).toContain(`<code>${path}</code>`);
  }
  for (const { name, title } of Object.values(asyncApi.components.messages)) {
    expect(PAGES[1][1]).toContain(`<h3>${title}</h3>`);
    expect(PAGES[1][1]).toContain(`<code>${name}</code>`);
  }
});

describe('a table of fields', () => {
  test('tells path, title, whether it must be there, type and bounds, and each form of what has several', () => {
    const table = fieldsTable(
      {
        properties: {
          a: {
            title: '甲',
            type: 'array',
            minItems: 1,
            maxItems: 9,
            items: { type: 'object', properties: { b: { title: '乙', type: 'string', maxLength: 3 } } },
          },
          c: {
            title: '丙<',
            oneOf: [
              { type: 'object', properties: { k: { title: '丁', const: 'x' } }, required: ['k'] },
              { type: 'object', properties: { k: { title: '丁', const: 'y' } } },
            ],
          },
        },
        required: ['a'],
      },
      '必填',
    );
    const rows = [...table.matchAll(/<tr>(.*?)<\/tr>/g)].slice(1).map(([, row = '']) =>
      row
        .replaceAll('<wbr>', '')
        .replaceAll(/<[^>]+>/g, '|')
        .replaceAll(/\|+/g, '|'),
    );
    expect(rows).toEqual([
      '|a|甲|必填|列表，每项为一组，1 至 9 项|',
      '|a[].b|乙|文字，至多 3 字|',
      '|c|丙&lt;|一组|',
      '|c| 第 1 种|',
      '|c.k|丁|必填|固定为 x|',
      '|c| 第 2 种|',
      '|c.k|丁|固定为 y|',
    ]);
  });

  test.each([
    [{ type: 'string', format: 'date' }, '日期'],
    [{ type: ['string', 'null'], format: 'date-time', description: '说明' }, '时间 或者 null；说明'],
    [{ type: 'integer', minimum: 1 }, '整数，至少 1'],
    [{ enum: ['x', 'y'], description: 'x 甲；y 乙' }, 'x 甲\ny 乙'],
    [{ enum: ['x', 'y'] }, 'x；y'],
    [{ anyOf: [{ type: 'string', minLength: 1, maxLength: 64 }, { type: 'null' }] }, '文字，1 至 64 字 或者 null'],
    [{ type: 'string', pattern: '^a$' }, '文字，格式 ^a$'],
    [{}, '任意'],
  ])('%o is %s', (schema, words) => {
    expect(typeOf(schema)).toBe(words);
  });
});

withBrowser('pages of the contracts', ({ show }) => {
  test.each(PAGES)('%s: fits a phone and a desk, nothing beside the screen', { timeout: 60_000 }, async (_, html) => {
    const page = await show(html);
    for (const width of [360, 800, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    }
    await page.close();
  });

  test('the interface is printed on A4, with its contents first', { timeout: 120_000 }, async () => {
    const page = await show(PAGES[0][1]);
    const { sheets, text } = await printed(page);
    expect(new Set(sheets)).toEqual(new Set(['0 0 594.95996 841.91998']));
    expect(text.indexOf('报告干预司法鉴定活动情况')).toBeLessThan(text.indexOf('鉴衡接口版本'));
    expect(text).toContain('POST/v1/interference/report-interference');
    await page.close();
  });
});
