import { describe, expect, test } from 'vitest';
import { foreignness, isMarkedUtf8, recordDecoder } from '../../../../infra/local/import/encoding.ts';
import { inGb18030 } from '../../../support/gb18030.ts';

const utf8 = (text: string) => Buffer.from(text, 'utf8');
const unmarked = () => recordDecoder({ utf8: false });

describe('the encoding of a file', () => {
  test.each([
    ['UTF-8', utf8],
    ['GB18030', inGb18030],
  ])('%s is found out from the first record that tells, plain ASCII before it or not', (_, encode) => {
    const decode = unmarked();
    for (const text of ['institution,item', '统一社会信用代码,年度', 'medicine-0201,2025', '缺席（有正当理由）', '满意']) {
      expect(decode(encode(text))).toBe(text);
    }
  });

  test('缺席 in GB18030 is sound UTF-8 by chance, and read as what it says', () => {
    const chance = inGb18030('缺席');
    expect(new TextDecoder('utf-8', { fatal: true }).decode(chance)).toHaveLength(2);
    expect(unmarked()(chance)).toBe('缺席');
  });

  test.each([
    ['UTF-8', utf8, inGb18030],
    ['GB18030', inGb18030, utf8],
  ])('is %s for the whole file: a record in the other is none, and those after it are read again', (_, own, other) => {
    const decode = unmarked();
    expect(decode(own('年度'))).toBe('年度');
    expect(decode(other('满意'))).toBeUndefined();
    expect(decode(own('满意'))).toBe('满意');
  });

  test('is UTF-8 where the file is marked so, whatever its first record is in', () => {
    const decode = recordDecoder({ utf8: true });
    expect(decode(inGb18030('满意'))).toBeUndefined();
    expect(decode(utf8('满意'))).toBe('满意');
  });

  test('is not decided by a record that is in neither', () => {
    const decode = unmarked();
    expect(decode(Uint8Array.of(0xff, 0xff))).toBeUndefined();
    expect(decode(utf8('满意'))).toBe('满意');
  });

  test.each([
    ['UTF-16, either end first', [0xff, 0xfe, 0x31, 0x00], 'UTF-16'],
    ['UTF-16, either end first', [0xfe, 0xff, 0x00, 0x31], 'UTF-16'],
    ['a workbook', [0x50, 0x4b, 0x03, 0x04, 0x14], '.xlsx'],
    ['an old workbook', [0xd0, 0xcf, 0x11, 0xe0, 0xa1], '.xls'],
    ['what has a zero in it', [0x31, 0x00, 0x2c], '不是文本'],
  ])('%s is no CSV, and what to do is told', (_, beginning, words) => {
    const told = foreignness(Uint8Array.from(beginning));
    expect(told).toContain(words);
    expect(told).toContain('另存为');
  });

  test('a text is not foreign, and only the three bytes mark it as UTF-8', () => {
    expect(foreignness(utf8('\ufeff年度'))).toBeUndefined();
    expect(foreignness(inGb18030('年度'))).toBeUndefined();
    expect([isMarkedUtf8(utf8('\ufeff年度')), isMarkedUtf8(utf8('年度')), isMarkedUtf8(Uint8Array.of(0xef, 0xbb))]).toEqual([true, false, false]);
  });
});
