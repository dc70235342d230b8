import { describe, expect, test } from 'vitest';
import { checkProvince, InvalidProvince, loadProvinces } from '../../infra/province.ts';
import shanghai from '../../infra/provinces/31-shanghai.ts';

const FILE = 'infra/provinces/31-shanghai.ts';

/** [what is wrong, the file's content, place and reason as they are told]. */
const WRONG: readonly (readonly [string, unknown, RegExp])[] = [
  ['an account of eleven digits', { ...shanghai, account: '00000000031' }, /^infra\/provinces\/31-shanghai\.ts \/account: must have 12 digits$/],
  ['no region', { ...shanghai, region: 'beijing' }, / \/region: must be a region/],
  ['a code of three digits', { ...shanghai, code: '310' }, / \/code: must be the two digits/],
  ['another province’s code', { ...shanghai, code: '50' }, / \/code: the file of 50 shanghai is called 50-shanghai\.ts$/],
  ['an issuer without TLS', { ...shanghai, identity: { ...shanghai.identity, issuer: 'http://issuer.example/' } }, / \/identity\/issuer: /],
  ['no audience', { ...shanghai, identity: { issuer: shanghai.identity.issuer } }, / \/identity\/audience: /],
  ['too little memory', { ...shanghai, sizes: { ...shanghai.sizes, memory: { ...shanghai.sizes.memory, query: 64 } } }, / \/sizes\/memory\/query: .*128/],
  ['a throttle of nothing', { ...shanghai, sizes: { ...shanghai.sizes, throttle: { rate: 0, burst: 1 } } }, / \/sizes\/throttle\/rate: /],
  ['a word that nobody knows', { ...shanghai, regoin: 'cn-north-1' }, / \/: .*regoin/],
  ['nothing', undefined, / \/: /],
];

describe('a province’s file', () => {
  test.each(WRONG)('with %s is refused with the place and the reason', (_, content, told) => {
    expect(() => checkProvince(FILE, content)).toThrow(InvalidProvince);
    expect(() => checkProvince(FILE, content)).toThrow(told);
  });

  test('with two faults tells both, one line each', () => {
    expect(() => checkProvince(FILE, { ...shanghai, account: '', region: '' })).toThrow(/\/account: .*\n.*\/region: /);
  });

  test('the four provinces are there, each in a region of China', async () => {
    const provinces = await loadProvinces();
    expect(provinces.map(({ code, title }) => `${code} ${title}`)).toEqual(['14 山西省', '31 上海市', '36 江西省', '50 重庆市']);
    for (const { region } of provinces) expect(['cn-north-1', 'cn-northwest-1']).toContain(region);
    expect(new Set(provinces.map(({ account }) => account)).size).toBe(4);
  });
});
