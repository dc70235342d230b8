import * as z from 'zod';
import { DeadlineOpened } from '../../../events/deadlines.ts';
import { command } from '../../kernel/command.ts';
import { deadline } from '../deadline.ts';
import { look } from '../look.ts';
import { sourceOf } from '../source.ts';
import { terms } from '../terms.ts';

const { source, kind } = DeadlineOpened.data.shape;

/** 查看期限: nothing is said of a deadline whose source has moved since it was read. */
export default command({
  name: 'deadlines/look-at-deadline',
  title: '查看期限',
  aggregate: deadline,
  input: z.strictObject({ source, kind }),
  who: 'system',
  key: (input) => [input.source, input.kind],
  facts: (input) => ({ source: sourceOf(input, { guard: true }) }),
  decide: (state, input, { facts, today }) => look(state, terms[input.kind].source.closed(facts.source.state), today),
});
