import { OrderNumbered } from '../../../events/sanctions.ts';
import { command } from '../../kernel/command.ts';
import { order } from '../order.ts';

/** 记入文号: where the order is read, its number is found. */
export default command({
  name: 'sanctions/keep-number',
  title: '记入文号',
  aggregate: order,
  input: OrderNumbered.data,
  who: 'system',
  key: (input) => input.finding,
  decide: (_, input) => [OrderNumbered.of(input)],
});
