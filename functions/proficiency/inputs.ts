import * as z from 'zod';
import { grade } from '../../events/proficiency.ts';

/** 能力验证年度, from outside. */
export { testYear as year } from '../../events/proficiency.ts';

/** 结果 as a provider reports it: the grade in words or scores, or an absence. */
export const reportedResult = z.discriminatedUnion('by', [
  ...(grade.options.map((each) => each.strict()) as typeof grade.options),
  z.strictObject({ by: z.literal('absent'), excused: z.boolean() }),
]);
