/** 公民身份号码, GB 11643-1999: 地址码 (6) · 出生日期码 (8) · 顺序码 (3) · 校验码 (1). Personal data: outside its own record only masked, in anything public not at all. */
import * as z from 'zod';
import { calendarDay } from '../calendar.ts';

const shape = /^\d{17}[\dX]$/;
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checkCharacters = '10X98765432';

/** What is wrong with a number, the first in this order. Numbers of 15 digits have not been valid since 2013 (居民身份证法). */
export type CitizenNumberFault = 'length' | 'alphabet' | 'birth-date' | 'check-character';

/** What to tell who typed it; never the number itself. */
export const CITIZEN_NUMBER_FAULTS: Readonly<Record<CitizenNumberFault, string>> = {
  length: '公民身份号码须为18位',
  alphabet: '公民身份号码前17位须为数字，末位为数字或大写 X',
  'birth-date': '公民身份号码中的出生日期不存在',
  'check-character': '公民身份号码校验码不符（GB 11643）',
};

/** Nothing for a sound number. That the person exists is not said by it. */
export function checkCitizenNumber(text: string): CitizenNumberFault | undefined {
  if (text.length !== 18) return 'length';
  if (!shape.test(text)) return 'alphabet';
  if (!calendarDay.safeParse(`${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`).success) return 'birth-date';
  return checkCharacter(text) === text[17] ? undefined : 'check-character';
}

/** The whole number from its first 17 digits; for made data. Throws RangeError for anything else. */
export function completeCitizenNumber(first17: string): string {
  const number = first17 + checkCharacter(first17);
  if (checkCitizenNumber(number) !== undefined) throw new RangeError('not the first 17 digits of a citizen number');
  return number;
}

/** First 3 and last 4 characters, the rest as `*`; what has not 18 characters is masked whole. */
export const maskCitizenNumber = (text: string): string =>
  text.length === 18 ? `${text.slice(0, 3)}${'*'.repeat(11)}${text.slice(-4)}` : '*'.repeat(text.length);

/** 公民身份号码: a sound one. */
export const citizenNumber = z.string().check((context) => {
  const fault = checkCitizenNumber(context.value);
  if (fault !== undefined) context.issues.push({ code: 'custom', input: context.value, message: CITIZEN_NUMBER_FAULTS[fault], params: { fault } });
});

function checkCharacter(first17: string): string | undefined {
  const sum = weights.reduce((total, weight, place) => total + weight * Number(first17[place]), 0);
  return checkCharacters[sum % 11];
}
