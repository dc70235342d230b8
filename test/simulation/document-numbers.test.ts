import { expect, test } from 'vitest';
import { byDocument, numberFaults } from './document-numbers.ts';

const numbered = (of: string, ordinal: number, stream = 'sanctions/series/made/order/2026', series = '虚构鉴处', name = 'DocumentNumbered') => ({
  stream,
  events: [{ name, data: { of, series, year: 2026, ordinal, number: `${series}〔2026〕${ordinal}号` } }],
});

test('1 to n in each series is right, in whatever order it stands in the ledger', () => {
  expect(numberFaults([numbered('b', 2), numbered('a', 1), numbered('c', 1, 'sanctions/series/made/revocation/2026', '虚构鉴撤')])).toEqual([]);
});

test.each([
  ['a gap', [numbered('a', 1), numbered('b', 3)], ['numbers of sanctions/series/made/order/2026 are 1,3']],
  ['one that begins late', [numbered('a', 2)], ['numbers of sanctions/series/made/order/2026 are 2']],
  ['one number for two', [numbered('a', 1), numbered('b', 1)], [expect.stringContaining('are 1,1'), '虚构鉴处〔2026〕1号 was given twice']],
  ['two numbers for one', [numbered('a', 1), numbered('a', 2)], ['the document of a was numbered twice']],
  [
    'a gap in what other procedures decided',
    [numbered('a', 2, 'sanctions/series/made/rectification/2026', '虚构鉴改', 'DecisionNumbered')],
    ['numbers of sanctions/series/made/rectification/2026 are 2'],
  ],
  ['two series of one name', [numbered('a', 1), numbered('b', 1, 'sanctions/series/other/order/2026')], ['虚构鉴处〔2026〕1号 was given twice']],
])('%s is a fault', (_, commits, faults) => {
  expect(numberFaults(commits)).toEqual(faults);
});

test('two right runs read the same, whoever came first; a number that stands with another document does not', () => {
  const [one, other] = [
    [numbered('a', 1), numbered('b', 2)],
    [numbered('b', 1), numbered('a', 2)],
  ];
  const rows = (first: string, second: string) => ({ a: { 文号: [`虚构鉴处〔2026〕${first}号`] }, b: { 文号: [`虚构鉴处〔2026〕${second}号`] } });
  expect(byDocument(one)(rows('1', '2'))).toEqual(byDocument(other)(rows('2', '1')));
  expect(byDocument(one)(rows('1', '2'))).not.toEqual(byDocument(other)(rows('1', '2')));
  expect(byDocument(one)(one[0]?.events)).toEqual(byDocument(other)(other[1]?.events));
});
