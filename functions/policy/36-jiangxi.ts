import type { ProvinceRules } from './book.ts';

/** 江西. The adopting document and its date (the day on which comments on the draft closed) are made: no adoption is known. */
export const jiangxi: ProvinceRules = {
  province: '36',
  rules: [
    {
      from: '2025-07-24',
      values: {
        adoptions: [{ document: 'jian-reform-plan', from: '2025-07-24', by: '赣司规〔2025〕虚构1号《关于施行司法鉴定管理体制改革工作方案的通知》（虚构）' }],
      },
    },
  ],
};
