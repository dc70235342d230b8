import type { DeadlineKind } from '../../events/deadlines.ts';
import { type FactRequest, lookUp } from '../kernel/command.ts';
import { parseStream } from '../kernel/stream.ts';
import { terms } from './terms.ts';

/** The source of a deadline as a fact. Guarded, nothing is said of it that is no longer so when it is written. */
export const sourceOf = ({ source, kind }: { readonly source: string; readonly kind: DeadlineKind }, options: { guard: boolean }): FactRequest<unknown> =>
  lookUp(terms[kind].source.fact, parseStream(source).key, options);

/** What the source of a deadline rests on itself, by the source's state; guarded. */
export const groundOf = ({ kind }: { readonly kind: DeadlineKind }, state: unknown): FactRequest<unknown> => {
  const { fact, ground } = terms[kind].source;
  return lookUp(ground?.fact ?? fact, ground?.key(state), { guard: true });
};
