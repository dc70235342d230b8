import type { Basis } from '../../events/basis.ts';

const law = (article: string, reading?: string): Basis => ({
  document: '司办通〔2020〕56号',
  article,
  status: 'law',
  ...(reading === undefined ? {} : { reading }),
});

/** Situations of art. 11: an appraiser's own failure; a head's instruction; any other breach. */
export const ITEMS = { appraiser: '第十一条第（一）项', head: '第十一条第（二）项', other: '第十一条第（三）项' } as const;
export type Item = keyof typeof ITEMS;

export const SANCTION_READINGS = {
  institutionFile: '责任主体不是鉴定人的，记入其所在鉴定机构的诚信档案，并注明身份',
  failures: '次数按同一责任主体的行为计算，不按认定次数；不记录、不报告和不如实记录、报告合并计算，按发现先后排列',
  instructions: '负责人授意不记录、报告或者不如实记录、报告的，每授意一次计一次，单独计算',
} as const;

export const item = (name: Item, ...readings: readonly string[]): Basis => law(ITEMS[name], readings.length === 0 ? undefined : readings.join('；'));

export const ARTICLE_ELEVEN = law('第十一条');
