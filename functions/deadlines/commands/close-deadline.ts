import * as z from 'zod';
import { agencyId } from '../../../events/common.ts';
import { DeadlineClosed } from '../../../events/deadlines.ts';
import { command } from '../../kernel/command.ts';
import { deadline } from '../deadline.ts';
import { sourceOf } from '../source.ts';
import { terms } from '../terms.ts';

const { source, kind, how } = DeadlineClosed.data.shape;

/**
 * 了结期限: by the event that closed it in its source, and no other, in whatever order they are heard; also where the deadline has not
 * opened yet.
 */
export default command({
  name: 'deadlines/close-deadline',
  title: '了结期限',
  aggregate: deadline,
  /** `by`: name of the event heard. */
  input: z.strictObject({ source, kind, holder: agencyId, how, by: z.string() }),
  who: 'system',
  key: (input) => [input.source, input.kind],
  facts: (input) => ({ source: sourceOf(input, { guard: false }) }),
  decide: ({ closed }, { by, ...input }, { facts }) => {
    const { source: rule } = terms[input.kind];
    const { state } = facts.source;
    if (closed || input.how !== rule.closed(state) || (rule.closedBy && by !== rule.closedBy(state))) return [];
    return [DeadlineClosed.of(input)];
  },
});
