import { CancellationNumbered } from '../../../events/registry.ts';
import { command } from '../../kernel/command.ts';
import { cancellation } from '../cancellation.ts';

/** 记入文号 (rule X12): where the procedure is read, the number of its decision is found. */
export default command({
  name: 'registry/keep-number',
  title: '记入文号',
  aggregate: cancellation,
  input: CancellationNumbered.data,
  who: 'system',
  key: (input) => input.cancellation,
  decide: (state, input) => (state ? [CancellationNumbered.of(input)] : []),
});
