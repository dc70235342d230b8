import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { inByteOrder } from '../contract/samples.ts';
import { compareNames, SortedKeys } from './sorted-keys.ts';

const key = fc.string({ unit: 'binary', maxLength: 4 });

test('names compare as the bytes of their UTF-8 do', () => {
  fc.assert(
    fc.property(key, key, (a, b) => {
      expect(Math.sign(compareNames(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
    {
      numRuns: 2000,
      examples: [
        ['\uff5e', '😀'],
        ['a😀', 'a\ue000'],
        ['\ud7ff', '\ue000'],
      ],
    },
  );
});

test('keys added and deleted over many chunks come in order, upwards, downwards and by prefix', () => {
  const keys = new SortedKeys();
  const all = Array.from({ length: 5000 }, (_, at) => `${(at * 7919) % 5000}`);
  for (const one of all.slice(0, 2500)) keys.add(one);
  expect([...keys.upFrom('')]).toEqual(inByteOrder(all.slice(0, 2500)));
  for (const one of all.slice(2500)) keys.add(one);
  for (const one of [...all.filter((text) => text.startsWith('3')), 'absent']) keys.delete(one);
  const left = inByteOrder(all.filter((text) => !text.startsWith('3')));
  expect([...keys.upFrom('')]).toEqual(left);
  expect([...keys.downFrom(undefined)]).toEqual(left.toReversed());
  for (const from of ['', '1', '2999', '29995', '3', '4000', '40001', '9999', '99999']) {
    expect([...keys.upFrom(from)]).toEqual(left.filter((one) => one >= from));
    expect([...keys.downFrom(from)]).toEqual(left.filter((one) => one <= from).toReversed());
    expect([...keys.beginningWith(from)]).toEqual(left.filter((one) => one.startsWith(from)));
  }
  for (const one of left) keys.delete(one);
  expect([...keys.upFrom(''), ...keys.downFrom(undefined)]).toEqual([]);
  keys.add('again');
  expect([...keys.upFrom('')]).toEqual(['again']);
});
