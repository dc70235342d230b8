import type { Breach } from '../../events/sanctions.ts';
import type { Capacity } from './breaches.ts';

/** 认定情形, in the words of art. 11 and of the provisions it names. */
export const BREACH_WORDS: Readonly<Record<Breach, string>> = {
  'did-not-record': '未记录干预司法鉴定活动的情况',
  'recorded-untruthfully': '未如实记录干预司法鉴定活动的情况',
  'did-not-report': '未报告干预司法鉴定活动的情况',
  'reported-untruthfully': '未如实报告干预司法鉴定活动的情况',
  'instructed-not-to-record-or-report': '授意不记录、不报告或者不如实记录、报告干预司法鉴定活动的情况',
  leaked: '泄露记录、报告干预司法鉴定活动的情况',
  retaliated: '打击报复记录、报告人员',
  'did-not-forward': '未向主管司法行政机关报告干预司法鉴定活动的情况',
  other: '其他违反规定的情形',
};

/** 责任主体, by role and never by name. */
export const CAPACITY_WORDS: Readonly<Record<Capacity, string>> = {
  appraiser: '司法鉴定人',
  head: '司法鉴定机构负责人',
  staff: '司法鉴定机构其他工作人员',
  institution: '司法鉴定机构',
};
