import * as z from 'zod';
import { itemTitle } from '../../events/items.ts';
import { grade, type Verdict, verdict } from '../../events/proficiency.ts';

/** 能力验证记录 of an institution in an item, as its listing has it: the latest years, in their order. */
export const historyRow = z.object({
  institution: z.string(),
  item: z.string(),
  /** Latest failed year that nothing has resolved; `null`: none. */
  unresolved: z.int().nullable(),
  years: z.array(
    z.object({
      year: z.int(),
      test: z
        .object({
          verdict,
          grade: grade.nullable(),
          excused: z.boolean(),
          counts: z.boolean(),
          provider: z.string(),
          on: z.string(),
          event: z.string(),
        })
        .nullable(),
      assessment: z.object({ passed: z.boolean(), counts: z.boolean(), on: z.string() }).nullable(),
      retest: z.object({ passed: z.boolean(), on: z.string() }).nullable(),
      /** Event that detected this year and the one before as failed. */
      detected: z.string().nullable(),
    }),
  ),
});
export type HistoryRow = z.infer<typeof historyRow>;

/** 结果 in words. */
export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = { passed: '合格', warned: '有问题', failed: '不合格', absent: '缺席' };
export const passedWord = (passed: boolean): string => VERDICT_WORDS[passed ? 'passed' : 'failed'];

/** A history as it is told: with the item's title, and every result in its word. */
export const told = ({ years, ...row }: HistoryRow) => ({
  ...row,
  title: itemTitle(row.item),
  years: years.map(({ test, assessment, retest, ...year }) => ({
    ...year,
    test: test && { ...test, word: VERDICT_WORDS[test.verdict] },
    assessment: assessment && { ...assessment, word: passedWord(assessment.passed) },
    retest: retest && { ...retest, word: passedWord(retest.passed) },
  })),
});
export type History = ReturnType<typeof told>;
