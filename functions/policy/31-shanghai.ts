import type { ProvinceRules } from './book.ts';

/** 上海. The adopting document and its date are made: the letter of 2026-05-19 itself only answers a proposal. */
export const shanghai: ProvinceRules = {
  province: '31',
  rules: [
    {
      from: '2026-06-01',
      values: { adoptions: [{ document: 'shanghai-reply', from: '2026-06-01', by: '沪司规〔2026〕虚构1号《关于医疗损害鉴定协作机制的通知》（虚构）' }] },
    },
  ],
};
