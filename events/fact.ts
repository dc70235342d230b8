import type * as z from 'zod';

/**
 * What one context lets the others read of its aggregate (事实): part of the published language, so that a context can
 * declare a read of a stream without knowing the code behind it.
 */
export interface FactDefinition<T = unknown> {
  /** `<context>/<aggregate>` */
  readonly aggregate: string;
  /** 中文名, as a refusal names it. */
  readonly title: string;
  /** Part of the aggregate's state; unknown keys are left out. */
  readonly schema: z.ZodType<T>;
}

export const defineFact = <T>(aggregate: string, title: string, schema: z.ZodType<T>): FactDefinition<T> => ({ aggregate, title, schema });
