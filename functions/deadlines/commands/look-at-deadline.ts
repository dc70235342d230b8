import * as z from 'zod';
import { DeadlineOpened } from '../../../events/deadlines.ts';
import { command } from '../../kernel/command.ts';
import { deadline } from '../deadline.ts';
import { look } from '../look.ts';
import { groundOf, sourceOf } from '../source.ts';
import { terms } from '../terms.ts';

const { source, kind } = DeadlineOpened.data.shape;

/** 查看期限: nothing is said of a deadline whose source, or what that rests on, has moved since it was read. */
export default command({
  name: 'deadlines/look-at-deadline',
  title: '查看期限',
  aggregate: deadline,
  input: z.strictObject({ source, kind }),
  who: 'system',
  key: (input) => [input.source, input.kind],
  facts: (input) => ({ source: sourceOf(input, { guard: true }) }),
  moreFacts: ({ input, facts }) => ({ ground: groundOf(input, facts.source.state) }),
  decide: (state, { kind }, { facts: { source }, more: { ground }, today }) => {
    const { closed, ground: rests } = terms[kind].source;
    return look(state, closed(source.state) ?? (rests?.lost(ground.state, source.state) ? 'cancelled' : undefined), today);
  },
});
