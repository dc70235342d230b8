import { describe, expect, test } from 'vitest';
import { cityOf, division, divisionName, isMunicipality, isWithin, levelOf, NATION, PROVINCES, provinceOf } from '../../../functions/kernel/codes/division.ts';

describe('GB/T 2260: 行政区划代码', () => {
  test.each([
    ['100000', 'national', undefined, undefined, '全国'],
    ['310000', 'province', '310000', undefined, '上海市'],
    ['500000', 'province', '500000', undefined, '重庆市'],
    ['140000', 'province', '140000', undefined, '山西省'],
    ['360000', 'province', '360000', undefined, '江西省'],
    ['360800', 'city', '360000', '360800', '吉安市'],
    ['360802', 'county', '360000', '360800', undefined],
    ['310115', 'county', '310000', '310100', undefined],
    ['500229', 'county', '500000', '500200', undefined],
  ])('given %s, then level %s, province %s, city %s', (code, level, province, city, name) => {
    expect([levelOf(code), provinceOf(code), cityOf(code), divisionName(code)]).toEqual([level, province, city, name]);
    expect(division.parse(code)).toBe(code);
  });

  test.each(['', '36', '36080', '3608022', '36080a', '３６０８００', '990000', '000000', '360002', '100100'])(
    'given “%s”, then it is refused with one message',
    (code) => {
      expect(division.safeParse(code).error?.issues).toHaveLength(1);
    },
  );

  test('given the provincial divisions, then there are 34 of the standard and 兵团', () => {
    expect(Object.keys(PROVINCES)).toHaveLength(35);
    expect(Object.keys(PROVINCES).every((code) => division.safeParse(`${code}0000`).success)).toBe(true);
  });

  test.each([
    ['360802', '360802', true],
    ['360802', '360800', true],
    ['360802', '360000', true],
    ['360802', NATION, true],
    ['360800', '360802', false],
    ['360802', '360803', false],
    ['360802', '360100', false],
    ['360802', '310000', false],
    ['360000', '360800', false],
    [NATION, '360000', false],
    [NATION, NATION, true],
  ])('%s within %s: %s', (code, outer, expected) => {
    expect(isWithin(code, outer)).toBe(expected);
  });

  test.each([
    ['310115', true],
    ['500000', true],
    ['110000', true],
    ['120000', true],
    ['360802', false],
    ['660000', false],
  ])('%s in a municipality: %s', (code, expected) => {
    expect(isMunicipality(code)).toBe(expected);
  });
});
