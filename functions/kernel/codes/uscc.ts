/**
 * 统一社会信用代码, GB 32100-2015: 登记管理部门 (1) · 机构类别 (1) · 行政区划 (6 digits) · 组织机构代码 (9, GB 11714-1997) · 校验码 (1).
 * An appraisal institution's begins with 34 (司法行政, 司法鉴定机构) when a justice bureau registered it; a hospital's or a university's does not.
 */
import * as z from 'zod';

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const shape = /^[0-9A-HJ-NP-RTUWXY]{2}\d{6}[0-9A-HJ-NP-RTUWXY]{10}$/;
const weights = Array.from({ length: 17 }, (_, place) => 3 ** place % 31);
const organizationWeights = [3, 7, 9, 10, 5, 8, 4, 2];

/** What is wrong with a code, the first in this order: not 18 characters, a character that may not stand there, either check character. */
export type UsccFault = 'length' | 'alphabet' | 'check-character' | 'organization-code';

/** What to tell who typed it. */
export const USCC_FAULTS: Readonly<Record<UsccFault, string>> = {
  length: '统一社会信用代码须为18位',
  alphabet: '统一社会信用代码含有不允许的字符（只用数字和大写字母，不用 I、O、S、V、Z；第3至8位为数字）',
  'check-character': '统一社会信用代码校验码不符（GB 32100）',
  'organization-code': '统一社会信用代码中的组织机构代码校验码不符（GB 11714）',
};

/** Nothing for a sound code. */
export function checkUscc(text: string): UsccFault | undefined {
  if (text.length !== 18) return 'length';
  if (!shape.test(text)) return 'alphabet';
  if (checkCharacter(text.slice(0, 17)) !== text[17]) return 'check-character';
  if (organizationCheckCharacter(text.slice(8, 16)) !== text[16]) return 'organization-code';
  return undefined;
}

/** The whole code from its first 16 characters, both check characters added; for made data. Throws RangeError for anything else. */
export function completeUscc(base: string): string {
  const body = base + organizationCheckCharacter(base.slice(8));
  const code = body + checkCharacter(body);
  if (checkUscc(code) !== undefined) throw new RangeError(`not the first 16 characters of a code: ${base}`);
  return code;
}

/** 统一社会信用代码: a sound one. */
export const uscc = z
  .string()
  .check((context) => {
    const fault = checkUscc(context.value);
    if (fault !== undefined) context.issues.push({ code: 'custom', input: context.value, message: USCC_FAULTS[fault], params: { fault } });
  })
  .meta({ examples: ['34360802MADE00011F'] });

function checkCharacter(first17: string): string | undefined {
  const sum = weights.reduce((total, weight, place) => total + weight * alphabet.indexOf(first17[place] ?? ''), 0);
  return alphabet[(31 - (sum % 31)) % 31];
}

/**
 * GB 11714: digits count 0 to 9, letters A 10 to Z 35 (of the whole alphabet, unlike the outer check); 10 is written X, 11 is written 0.
 * Organization codes of before 2015 were taken over into position 9 to 17 as they stood, and follow the same rule.
 */
function organizationCheckCharacter(first8: string): string {
  const sum = organizationWeights.reduce((total, weight, place) => total + weight * Number.parseInt(first8[place] ?? '', 36), 0);
  const check = 11 - (sum % 11);
  return check === 10 ? 'X' : check === 11 ? '0' : String(check);
}
