import type { Grade, Verdict } from '../../events/proficiency.ts';
import type { Policy } from '../policy/policy.ts';

type Rules = Pick<Policy['proficiency'], 'words' | 'z' | 'en'>;
type Graded = Exclude<Verdict, 'absent'>;

const SEVERITY: readonly Graded[] = ['passed', 'warned', 'failed'];
const worst = (verdicts: readonly Graded[]): Graded => SEVERITY[Math.max(...verdicts.map((each) => SEVERITY.indexOf(each)))] as Graded;

const ofZ = (score: number, { passedUpTo, failedFrom }: Rules['z']): Graded => {
  const size = Math.abs(score);
  if (size <= passedUpTo) return 'passed';
  return size < failedFrom ? 'warned' : 'failed';
};
const ofEn = (score: number, { passedUpTo }: Rules['en']): Graded => (Math.abs(score) <= passedUpTo ? 'passed' : 'failed');

/**
 * 评定: what a provider's grade means by the rules of its day; the worst of several scores decides. `undefined`: the word is in no table.
 *
 * Source: rule P-1 (|z| ≤ 2 满意, 2 < |z| < 3 有问题, |z| ≥ 3 不满意; |En| ≤ 1 满意).
 */
export function verdictOf(grade: Grade, { words, z, en }: Rules): Graded | undefined {
  if (grade.by === 'word') return Object.hasOwn(words, grade.word) ? words[grade.word] : undefined;
  return worst(grade.scores.map((score) => (grade.by === 'z' ? ofZ(score, z) : ofEn(score, en))));
}
