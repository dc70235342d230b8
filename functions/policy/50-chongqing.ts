import type { ProvinceRules } from './book.ts';

/** 重庆. The adopting document and its date are made: the letter of 2023-03-27 itself only answers a proposal. */
export const chongqing: ProvinceRules = {
  province: '50',
  rules: [
    {
      from: '2023-05-01',
      values: { adoptions: [{ document: 'chongqing-reply', from: '2023-05-01', by: '渝司规〔2023〕虚构1号《关于落实司法鉴定人负责制的通知》（虚构）' }] },
    },
  ],
};
