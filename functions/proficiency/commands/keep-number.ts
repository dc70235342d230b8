import { RectificationNumbered } from '../../../events/proficiency.ts';
import { command } from '../../kernel/command.ts';
import { rectification } from '../rectification.ts';

/** 记入文号 (rule X12): where the order to rectify is read, its number is found. */
export default command({
  name: 'proficiency/keep-number',
  title: '记入文号',
  aggregate: rectification,
  input: RectificationNumbered.data,
  who: 'system',
  key: (input) => input.rectification,
  decide: (_, input) => [RectificationNumbered.of(input)],
});
