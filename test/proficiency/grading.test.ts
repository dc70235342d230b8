import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { verdictOf } from '../../functions/proficiency/grading.ts';
import { ADOPTED, ruled } from './made.ts';

const rules = ADOPTED.proficiency;

describe('P-1: a grade by the rules of its day', () => {
  test.each([
    [0, 'passed'],
    [2, 'passed'],
    [-2, 'passed'],
    [2.01, 'warned'],
    [-2.99, 'warned'],
    [3, 'failed'],
    [-3, 'failed'],
    [3.01, 'failed'],
  ])('given a z score of %d, then it is %s', (score, verdict) => {
    expect(verdictOf({ by: 'z', scores: [score] }, rules)).toBe(verdict);
  });

  test.each([
    [0, 'passed'],
    [1, 'passed'],
    [-1, 'passed'],
    [1.01, 'failed'],
    [-1.01, 'failed'],
  ])('given an En value of %d, then it is %s', (score, verdict) => {
    expect(verdictOf({ by: 'en', scores: [score] }, rules)).toBe(verdict);
  });

  test.each([
    ['满意', 'passed'],
    ['通过', 'passed'],
    ['有问题', 'warned'],
    ['不满意', 'failed'],
    ['不通过', 'failed'],
  ])('given the word %s, then it is %s', (word, verdict) => {
    expect(verdictOf({ by: 'word', word }, rules)).toBe(verdict);
  });

  test('given a word that is in no table, or one that every object has, then there is no verdict', () => {
    for (const word of ['良好', 'constructor', '__proto__']) expect(verdictOf({ by: 'word', word }, rules)).toBeUndefined();
  });

  test('given a province with words and limits of its own, then they hold', () => {
    const own = ruled({ words: { 基本满意: 'warned' }, z: { passedUpTo: 1, failedFrom: 2 }, en: { passedUpTo: 0.8 } }).proficiency;
    expect(verdictOf({ by: 'word', word: '基本满意' }, own)).toBe('warned');
    expect(verdictOf({ by: 'word', word: '满意' }, own)).toBeUndefined();
    expect(verdictOf({ by: 'z', scores: [2] }, own)).toBe('failed');
    expect(verdictOf({ by: 'en', scores: [0.9] }, own)).toBe('failed');
  });

  test('given several scores, then the worst of them decides, in whatever order they stand', () => {
    const severity = ['passed', 'warned', 'failed'];
    fc.assert(
      fc.property(fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 50 }), (scores) => {
        const single = scores.map((score) => severity.indexOf(verdictOf({ by: 'z', scores: [score] }, rules) ?? ''));
        const all = severity[Math.max(...single)];
        expect(verdictOf({ by: 'z', scores }, rules)).toBe(all);
        expect(verdictOf({ by: 'z', scores: scores.toReversed() }, rules)).toBe(all);
      }),
    );
  });
});
