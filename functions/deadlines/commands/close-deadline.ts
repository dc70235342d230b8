import * as z from 'zod';
import { agencyId } from '../../../events/common.ts';
import { DeadlineClosed } from '../../../events/deadlines.ts';
import { command } from '../../kernel/command.ts';
import { deadline } from '../deadline.ts';
import { sourceOf } from '../source.ts';
import { terms } from '../terms.ts';

const { source, kind } = DeadlineClosed.data.shape;

/**
 * 了结期限: once, as its source says, whichever of the source's events is heard first; also where the deadline has not opened yet.
 */
export default command({
  name: 'deadlines/close-deadline',
  title: '了结期限',
  aggregate: deadline,
  input: z.strictObject({ source, kind, holder: agencyId }),
  who: 'system',
  key: (input) => [input.source, input.kind],
  facts: (input) => ({ source: sourceOf(input, { guard: false }) }),
  decide: ({ closed }, input, { facts }) => {
    const how = terms[input.kind].source.closed(facts.source.state);
    return closed || !how ? [] : [DeadlineClosed.of({ ...input, how })];
  },
});
