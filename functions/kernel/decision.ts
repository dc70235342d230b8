import type { Basis } from '../../events/basis.ts';
import type { NewEvent } from '../../events/event.ts';

/**
 * A refusal (不予办理) as a value: what the rule says no to, by which article, and what would cure it.
 *
 * `code` is stable and English, `detail` Chinese and without anything of the restricted parts.
 */
export interface Refusal {
  readonly refused: 'rule' | 'not-found' | 'forbidden' | 'conflict';
  readonly code: string;
  readonly detail: string;
  /** Absent only where no rule of law stands behind it (not found, forbidden, conflict). */
  readonly basis?: Basis;
  /** What the asker can do about it, in Chinese. */
  readonly cure?: string;
  /** JSON Pointer into the body, where one field is at fault. */
  readonly pointer?: string;
}

/** What a rule decides: events (none: nothing to do), or a refusal. */
export type Decision = readonly NewEvent[] | Refusal;

export const isRefusal = (decision: unknown): decision is Refusal => typeof decision === 'object' && decision !== null && 'refused' in decision;

/** A rule says no (422). */
export const refuse = (code: string, detail: string, basis: Basis, more: { cure?: string; pointer?: string } = {}): Refusal => ({
  refused: 'rule',
  code,
  detail,
  basis,
  ...more,
});

/** What was named does not exist (404). */
export const notFound = (title: string, pointer?: string): Refusal => ({
  refused: 'not-found',
  code: 'not_found',
  detail: `${title}不存在`,
  ...(pointer === undefined ? {} : { pointer }),
});

/** The actor has no right to this (403); `code` where the want of it has a name of its own. */
export const forbidden = (detail: string, code = 'forbidden'): Refusal => ({ refused: 'forbidden', code, detail });

/** It stands there already, or has moved on (409). */
export const conflict = (code: string, detail: string, pointer?: string): Refusal => ({
  refused: 'conflict',
  code,
  detail,
  ...(pointer === undefined ? {} : { pointer }),
});
