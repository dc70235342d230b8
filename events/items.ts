import * as z from 'zod';
import type { DocumentId } from './documents.ts';
import environment from './items/environment.json' with { type: 'json' };
import evidence from './items/evidence.json' with { type: 'json' };
import media from './items/media.json' with { type: 'json' };
import medicine from './items/medicine.json' with { type: 'json' };

/** 执业类别、领域、项目 as a 执业分类规定 numbers them: the class, its fields of two digits, their items of four. */
export interface ItemClass {
  readonly class: string;
  readonly title: string;
  /** The document that numbers them. */
  readonly document: DocumentId;
  readonly fields: readonly { readonly code: string; readonly title: string; readonly items: readonly { readonly code: string; readonly title: string }[] }[];
}

/** 鉴定项目 */
export interface Item {
  /** Class and the official four digits, such as `medicine-0201`: the numbers of two classes overlap. */
  readonly code: string;
  readonly title: string;
  readonly field: string;
  readonly class: string;
  readonly document: DocumentId;
}

export const ITEM_CLASSES = [medicine, evidence, media, environment] as readonly ItemClass[];

const byCode = (classes: readonly ItemClass[]): ReadonlyMap<string, Item> =>
  new Map(
    classes.flatMap(({ class: name, title, document, fields }) =>
      fields.flatMap((field) =>
        field.items.map((item) => {
          const code = `${name}-${item.code}`;
          return [code, { code, title: item.title, field: field.title, class: title, document }] as const;
        }),
      ),
    ),
  );

/** Every official item by its code. */
export const ITEMS: ReadonlyMap<string, Item> = /* @__PURE__ */ byCode(ITEM_CLASSES);

/** 鉴定项目代码, from outside: one that a 执业分类规定 knows. */
export const officialItem = z
  .string()
  .max(20)
  .refine((code) => ITEMS.has(code), '不是执业分类规定中的鉴定项目，应写作类别和四位代码，例如 medicine-0201')
  .meta({ examples: ['medicine-0201'] });

const withoutRepetition = (codes: readonly string[]): boolean => new Set(codes).size === codes.length;

/** 业务范围, from outside: official items, each once. */
export const officialItems = z.array(officialItem).max(60).refine(withoutRepetition, '同一鉴定项目只能列一次');

/** 项目名称 as it is told: field and item; the code itself where no document knows it. */
export const itemTitle = (code: string): string => {
  const item = ITEMS.get(code);
  return item ? `${item.field}（${item.title}）` : code;
};
