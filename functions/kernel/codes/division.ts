/** 行政区划代码, GB/T 2260: province (2 digits), city (2), county (2), filled up with zeros. */
import * as z from 'zod';

/** 行政区划代码, six digits. */
export type Division = string;

/** 行政层级. */
export type DivisionLevel = 'national' | 'province' | 'city' | 'county';

/** The whole country. */
export const NATION: Division = '100000';

/** Provincial divisions 省级行政区 by their first two digits. 66 is no GB/T 2260 code: 兵团 is given one so that its justice bureau has a place [default]. */
export const PROVINCES: Readonly<Record<string, string>> = {
  11: '北京市',
  12: '天津市',
  13: '河北省',
  14: '山西省',
  15: '内蒙古自治区',
  21: '辽宁省',
  22: '吉林省',
  23: '黑龙江省',
  31: '上海市',
  32: '江苏省',
  33: '浙江省',
  34: '安徽省',
  35: '福建省',
  36: '江西省',
  37: '山东省',
  41: '河南省',
  42: '湖北省',
  43: '湖南省',
  44: '广东省',
  45: '广西壮族自治区',
  46: '海南省',
  50: '重庆市',
  51: '四川省',
  52: '贵州省',
  53: '云南省',
  54: '西藏自治区',
  61: '陕西省',
  62: '甘肃省',
  63: '青海省',
  64: '宁夏回族自治区',
  65: '新疆维吾尔自治区',
  66: '新疆生产建设兵团',
  71: '台湾省',
  81: '香港特别行政区',
  82: '澳门特别行政区',
};

const cities: Readonly<Record<Division, string>> = { 140100: '太原市', 140200: '大同市', 360100: '南昌市', 360800: '吉安市' };

const municipalities: ReadonlySet<string> = new Set(['11', '12', '31', '50']);

/** 行政区划代码: six digits, a known province, no county without a city. Whether the city or county exists is not known here. */
export const division = z
  .string()
  .regex(/^\d{6}$/, { error: '行政区划代码须为6位数字', abort: true })
  .refine((code) => code === NATION || (Object.hasOwn(PROVINCES, code.slice(0, 2)) && !/^..00(?!00)/.test(code)), '行政区划代码不存在（GB/T 2260）');

export function levelOf(code: Division): DivisionLevel {
  if (code === NATION) return 'national';
  if (code.endsWith('0000')) return 'province';
  return code.endsWith('00') ? 'city' : 'county';
}

/** The province's code; nothing for the whole country. */
export const provinceOf = (code: Division): Division | undefined => (code === NATION ? undefined : `${code.slice(0, 2)}0000`);

/** The code of the city that a county lies in, or of the city itself; nothing above a city. In a municipality it is the code of all its districts together (市辖区). */
export function cityOf(code: Division): Division | undefined {
  const level = levelOf(code);
  return level === 'city' || level === 'county' ? `${code.slice(0, 4)}00` : undefined;
}

/** Whether a division is `outer` or lies in it. */
export function isWithin(code: Division, outer: Division): boolean {
  return code === outer || levelOf(outer) === 'national' || provinceOf(code) === outer || cityOf(code) === outer;
}

/** 直辖市: districts stand directly under the province-level government. */
export const isMunicipality = (code: Division): boolean => municipalities.has(code.slice(0, 2));

/** The name of a province and of the cities that the system knows; nothing for others. */
export const divisionName = (code: Division): string | undefined => {
  const level = levelOf(code);
  if (level === 'national') return '全国';
  return level === 'province' ? PROVINCES[code.slice(0, 2)] : cities[code];
};
