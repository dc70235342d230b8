import { MeasuresRevoked } from '../../../events/sanctions.ts';
import { command } from '../../kernel/command.ts';
import { order } from '../order.ts';

/** 撤销行政处理决定: what rested on a withdrawn finding, also before the order itself was heard of. */
export default command({
  name: 'sanctions/revoke-measures',
  title: '撤销行政处理决定',
  aggregate: order,
  input: MeasuresRevoked.data,
  who: 'system',
  key: (input) => input.finding,
  decide: (_, input) => [MeasuresRevoked.of(input)],
});
