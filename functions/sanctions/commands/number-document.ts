import { DocumentNumbered } from '../../../events/sanctions.ts';
import { command } from '../../kernel/command.ts';
import { ADDED, nextNumber, partiesOf, series, seriesOf } from '../series.ts';

/** 编文号 (rule X12): the next of its series, in order of arrival. An event is numbered once, by the reaction's receipt. */
export default command({
  name: 'sanctions/number-document',
  title: '编文号',
  aggregate: series,
  input: DocumentNumbered.data.omit(ADDED),
  who: 'system',
  key: seriesOf,
  facts: partiesOf,
  decide: (state, input, context) => [DocumentNumbered.of({ ...input, ...nextNumber(state, input, context) })],
});
