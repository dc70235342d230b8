import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CITIZEN_NUMBER_FAULTS,
  type CitizenNumberFault,
  checkCitizenNumber,
  citizenNumber,
  completeCitizenNumber,
  maskCitizenNumber,
} from '../../../functions/kernel/codes/citizen-number.ts';

/** The two examples printed in GB 11643-1999. */
const printed = ['11010519491231002X', '440524188001010014'];

describe('GB 11643: 公民身份号码', () => {
  test.each(printed)('given the standard’s own example %s, then it is sound', (number) => {
    expect(checkCitizenNumber(number)).toBeUndefined();
    expect(citizenNumber.parse(number)).toBe(number);
    expect(completeCitizenNumber(number.slice(0, 17))).toBe(number);
  });

  test.each<[string, string, CitizenNumberFault]>([
    ['15 digits, invalid since 2013', '110105491231002', 'length'],
    ['17 characters', '11010519491231002', 'length'],
    ['19 characters', '11010519491231002XX', 'length'],
    ['a small x', '11010519491231002x', 'alphabet'],
    ['an X before the end', '1101051949123100X2', 'alphabet'],
    ['02-29 of a year without it', '110105194902290020', 'birth-date'],
    ['month 13', '110105194913310020', 'birth-date'],
    ['another check character', '110105194912310021', 'check-character'],
    ['two neighbours exchanged', '11010519491231020X', 'check-character'],
  ])('given %s, then the fault is named, and the number is not repeated', (_, number, fault) => {
    expect(checkCitizenNumber(number)).toBe(fault);
    const issues = citizenNumber.safeParse(number).error?.issues;
    expect(issues).toMatchObject([{ message: CITIZEN_NUMBER_FAULTS[fault], params: { fault } }]);
    expect(issues?.[0]?.message).not.toContain(number);
  });

  test('given 02-29 of a leap year, then the date exists', () => {
    expect(checkCitizenNumber(completeCitizenNumber('11010520000229001'))).toBeUndefined();
  });

  test.each(['', '1101051949123100', '110105194902290020', '1101051949123100A'])(
    'given “%s”, then there is nothing to complete, and the refusal does not repeat it',
    (base) => {
      expect(() => completeCitizenNumber(base)).toThrow(new RangeError('not the first 17 digits of a citizen number'));
    },
  );

  test('given any sound number, when one digit is changed, then it is sound no more', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[1-8]\d{5}19[5-9]\d(0[1-9]|1[0-2])(0[1-9]|1\d|2[0-8])\d{3}$/), fc.nat(16), fc.nat(9), (base, place, digit) => {
        const number = completeCitizenNumber(base);
        expect(checkCitizenNumber(number)).toBeUndefined();
        if (number[place] !== String(digit)) expect(checkCitizenNumber(number.slice(0, place) + digit + number.slice(place + 1))).toBeDefined();
      }),
    );
  });
});

describe('PIPL: a citizen number is shown masked', () => {
  test('given a number, then the first 3 and the last 4 characters stay', () => {
    expect(maskCitizenNumber('11010519491231002X')).toBe('110***********002X');
  });

  test.each(['', '1101', '1101051', '110105491231002', '11010519491231002XX'])('given “%s”, which is no such number, then nothing of it stays', (text) => {
    expect(maskCitizenNumber(text)).toBe('*'.repeat(text.length));
  });
});
