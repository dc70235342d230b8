import { MeasuresIssued } from '../../../events/sanctions.ts';
import { command } from '../../kernel/command.ts';
import { order } from '../order.ts';

/** 作出行政处理决定: the text leaves no discretion, so the officer's finding is the decision (rule X9). */
export default command({
  name: 'sanctions/issue-measures',
  title: '作出行政处理决定',
  aggregate: order,
  input: MeasuresIssued.data,
  who: 'system',
  key: (input) => input.finding,
  decide: (state, input) => (state.issued ? [] : [MeasuresIssued.of(input)]),
});
