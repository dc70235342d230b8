import type * as z from 'zod';
import type { Stage } from './stage.ts';

/** Names of the blanks in a sentence: `{人员}转报{报告}`. */
type Blanks<Sentence extends string> = Sentence extends `${string}{${infer Name}}${infer Rest}` ? Name | Blanks<Rest> : never;
type Filled<Sentence extends string> = { readonly [Name in Blanks<Sentence>]: string };

/** What a step may take: the parameters beneath its sentence. */
export type Takes = z.ZodObject;

/**
 * A step (步骤) that scenarios may use: its sentence as it stands in the YAML, what it takes beneath it, what it does.
 *
 * An `act` (假如, 当) calls the API once or more and leaves the last answer on the stage. A `check` (那么) throws {@link Mismatch}.
 */
export interface Step {
  readonly kind: 'act' | 'check';
  readonly says: string;
  readonly takes: Takes;
  readonly run: (stage: Stage, filled: Readonly<Record<string, string>>, given: Readonly<Record<string, unknown>>) => Promise<void>;
}

const defineStep =
  (kind: Step['kind']) =>
  <const Sentence extends string, Given extends Takes>(
    says: Sentence,
    takes: Given,
    run: (stage: Stage, filled: Filled<Sentence>, given: z.output<Given>) => Promise<void>,
  ): Step => ({ kind, says, takes, run: run as Step['run'] });

export const act = defineStep('act');
export const check = defineStep('check');

/** What a check expected and what it found (不一致), both in words. */
export class Mismatch extends Error {
  override readonly name = 'Mismatch';
  readonly expected: unknown;
  readonly found: unknown;
  constructor(expected: unknown, found: unknown) {
    super('expected otherwise');
    this.expected = expected;
    this.found = found;
  }
}

/** What a scenario says wrongly of itself: an unknown name, a word that is in no table. */
export class Misstated extends Error {
  override readonly name = 'Misstated';
}

/** The sentence as a pattern; a blank takes as little as it can. */
export const patternOf = (says: string): RegExp =>
  new RegExp(`^${says.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replaceAll(/\{([^}]+)\}/g, (_, name: string) => `(?<${name}>.+?)`)}$`, 'u');
