import { dayOf } from './calendar.ts';

/** 2026年3月 */
export const chineseMonth = (month: string): string => `${Number(month.slice(0, 4))}年${Number(month.slice(5))}月`;

/** 2026年3月10日 */
export const chineseDay = (day: string): string => `${chineseMonth(day.slice(0, 7))}${Number(day.slice(8))}日`;

/** An instant to the minute, in Asia/Shanghai. */
export const chineseMinute = (instant: string): string => {
  const at = Date.parse(instant);
  return `${chineseDay(dayOf(at))}${new Date(at + 8 * 3_600_000).toISOString().slice(11, 16)}`;
};
