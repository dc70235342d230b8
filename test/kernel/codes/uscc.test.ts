import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkUscc, completeUscc, USCC_FAULTS, type UsccFault, uscc } from '../../../functions/kernel/codes/uscc.ts';

/** From GB 32100, with a letter in the organization code, and one whose body is digits as before 2015. */
const sound = ['91350100M000100Y43', '91330106673959654P'];

describe('GB 32100: 统一社会信用代码', () => {
  test.each(sound)('given %s, then it is sound', (code) => {
    expect(checkUscc(code)).toBeUndefined();
    expect(uscc.parse(code)).toBe(code);
  });

  test.each<[string, string, UsccFault]>([
    ['17 characters', '91350100M000100Y4', 'length'],
    ['19 characters', '91350100M000100Y433', 'length'],
    ['nothing', '', 'length'],
    ['a letter that the standard leaves out', '91350100I000100Y43', 'alphabet'],
    ['lower case', '91350100m000100Y43', 'alphabet'],
    ['a letter in the division', '9135010AM000100Y43', 'alphabet'],
    ['another last character', '91350100M000100Y44', 'check-character'],
    ['another character within', '91350100M000101Y43', 'check-character'],
    ['two neighbours exchanged', '19350100M000100Y43', 'check-character'],
    ['an inner check character that does not fit under an outer one that does', '91350100M000100Y56', 'organization-code'],
  ])('given %s, then the fault is named', (_, code, fault) => {
    expect(checkUscc(code)).toBe(fault);
    expect(uscc.safeParse(code).error?.issues).toMatchObject([{ message: USCC_FAULTS[fault], params: { fault } }]);
  });

  test('GB 11714: given an organization code with check value 10 or 11, then it is written X or 0', () => {
    expect(completeUscc('3436080000000006')[16]).toBe('X');
    expect(completeUscc('3436080000000000')[16]).toBe('0');
    expect(checkUscc(completeUscc('3436080000000006'))).toBeUndefined();
  });

  test('given the first 16 characters of a sound code, then it is completed to itself', () => {
    expect(sound.map((code) => completeUscc(code.slice(0, 16)))).toEqual(sound);
  });

  test.each(['', '343608000000000', '34360800000000055', '3436080I00000005', '34360800i0000005'])('given “%s”, then there is nothing to complete', (base) => {
    expect(() => completeUscc(base)).toThrow(RangeError);
  });

  const alphabet = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'];
  const made = fc
    .tuple(fc.integer({ min: 100000, max: 999999 }), fc.array(fc.constantFrom(...alphabet), { minLength: 8, maxLength: 8 }))
    .map(([division, body]) => completeUscc(`34${division}${body.join('')}`));

  test('given any made code, then it is sound, and no single character of it can be changed unseen', () => {
    fc.assert(
      fc.property(made, fc.nat(17), fc.constantFrom(...alphabet), (code, place, other) => {
        expect(checkUscc(code)).toBeUndefined();
        if (code[place] !== other) expect(checkUscc(code.slice(0, place) + other + code.slice(place + 1))).toBeDefined();
      }),
    );
  });
});
