import { DecisionNumbered } from '../../../events/sanctions.ts';
import { command } from '../../kernel/command.ts';
import { ADDED, nextNumber, partiesOf, series, seriesOf } from '../series.ts';

/** 编决定书文号 (rule X12): as every document is numbered, of what other procedures decide. */
export default command({
  name: 'sanctions/number-decision',
  title: '编决定书文号',
  aggregate: series,
  input: DecisionNumbered.data.omit(ADDED),
  who: 'system',
  key: seriesOf,
  facts: partiesOf,
  decide: (state, input, context) => [DecisionNumbered.of({ ...input, ...nextNumber(state, input, context) })],
});
