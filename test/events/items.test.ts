import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { DOCUMENT_IDS } from '../../events/documents.ts';
import { ITEM_CLASSES, ITEMS, itemTitle, officialItem, officialItems } from '../../events/items.ts';

const title = z
  .string()
  .min(2)
  .regex(/^[\p{Script=Han}（）、]+$/u);
const itemClass = z.strictObject({
  class: z.string().regex(/^[a-z]+$/),
  title,
  document: z.enum(DOCUMENT_IDS),
  fields: z
    .array(
      z.strictObject({
        code: z.string().regex(/^\d{2}$/),
        title,
        items: z.array(z.strictObject({ code: z.string().regex(/^\d{4}$/), title })).min(1),
      }),
    )
    .min(1),
});

describe.each(ITEM_CLASSES.map((each) => [each.class, each] as const))('执业分类规定: %s', (_, each) => {
  test('has the shape, a document that is known, and nothing empty', () => {
    expect(itemClass.safeParse(each).error?.issues ?? []).toEqual([]);
  });

  test('numbers its fields and, under each, its items from 01 without a gap, each title once in its field', () => {
    const numbers = (count: number) => Array.from({ length: count }, (__, at) => String(at + 1).padStart(2, '0'));
    expect(each.fields.map(({ code }) => code)).toEqual(numbers(each.fields.length));
    for (const { code, items } of each.fields) expect(items.map((item) => item.code)).toEqual(numbers(items.length).map((number) => `${code}${number}`));
    for (const { items } of each.fields) expect(new Set(items.map((item) => item.title)).size).toBe(items.length);
  });
});

test('the four classes have the fields that their documents name', () => {
  expect(Object.fromEntries(ITEM_CLASSES.map(({ class: name, document, fields }) => [name, [document, fields.map((field) => field.title).join()]]))).toEqual({
    medicine: ['forensic-medicine-categories', '法医病理鉴定,法医临床鉴定,法医精神病鉴定,法医物证鉴定,法医毒物鉴定'],
    evidence: ['trace-evidence-categories', '文书鉴定,痕迹鉴定,微量物证鉴定'],
    media: ['trace-evidence-categories', '录音鉴定,图像鉴定,电子数据鉴定'],
    environment: [
      'environment-categories',
      '污染物性质鉴定,地表水与沉积物环境损害鉴定,空气污染环境损害鉴定,土壤与地下水环境损害鉴定,近岸海洋与海岸带环境损害鉴定,生态系统环境损害鉴定,其他环境损害鉴定',
    ],
  });
});

test('every code is one item’s, though the numbers of two classes overlap', () => {
  expect(ITEMS.size).toBe(ITEM_CLASSES.flatMap(({ fields }) => fields.flatMap(({ items }) => items)).length);
  expect(itemTitle('medicine-0201')).not.toBe(itemTitle('evidence-0201'));
  expect(itemTitle('evidence-0101')).toBe('文书鉴定（笔迹鉴定）');
  expect(itemTitle('made-0101')).toBe('made-0101');
});

test('from outside: an official item, each once', () => {
  for (const code of ITEMS.keys()) expect(officialItem.safeParse(code).success).toBe(true);
  for (const code of ['0201', 'medicine-02', 'medicine-0299', 'MEDICINE-0201', ' medicine-0201', '']) expect(officialItem.safeParse(code).success).toBe(false);
  expect(officialItems.safeParse(['media-0301', 'evidence-0301']).success).toBe(true);
  expect(officialItems.safeParse(['media-0301', 'media-0301']).success).toBe(false);
});
