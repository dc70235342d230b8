import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { divide } from '../../functions/interference/room.ts';

const room = { lines: 2, width: 10, indent: 0 };

describe('room for a text', () => {
  test('given as many full-width characters as there is room for, then all is here; given one more, then it is over, and the mark has room', () => {
    expect(divide('字'.repeat(20), room, '接')).toEqual({ here: '字'.repeat(20), over: '' });
    expect(divide('字'.repeat(21), room, '接')).toEqual({ here: '字'.repeat(19), over: '字字' });
  });
  test('what is printed before it takes room of the first line only', () => {
    expect(divide('字'.repeat(16), { ...room, indent: 4 }, '接').over).toBe('');
    expect(divide('字'.repeat(17), { ...room, indent: 4 }, '接').here).toHaveLength(15);
  });
  test('a line that ends early takes a line', () => {
    expect(divide('一\n二', room, '接').over).toBe('');
    expect(divide('一\n二\n三', room, '接')).toEqual({ here: '一\n二', over: '\n三' });
  });
  test('small letters and digits take less than capitals, what no font is sure to have takes more', () => {
    expect(divide('a'.repeat(28), room, '').over).toBe('');
    expect(divide('a'.repeat(29), room, '').over).toBe('a');
    expect(divide('W'.repeat(21), room, '').over).toBe('W');
    expect(divide('ⅷ'.repeat(11), room, '').over).toBe('ⅷ');
  });
  test('nothing is lost, repeated or torn, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.nat({ max: 9 }), (text, indent) => {
        const { here, over } = divide(text, { ...room, indent }, '（下接）');
        expect(here + over).toBe(text);
        expect(here.isWellFormed() && over.isWellFormed()).toBe(true);
      }),
    );
  });
});
