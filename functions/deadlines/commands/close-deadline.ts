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
  input: z.strictObject({ source, kind, holder: agencyId, how }),
  who: 'system',
  key: (input) => [input.source, input.kind],
  facts: (input) => ({ source: sourceOf(input, { guard: false }) }),
  decide: ({ closed }, input, { facts }) => (closed || input.how !== terms[input.kind].source.closed(facts.source.state) ? [] : [DeadlineClosed.of(input)]),
});
