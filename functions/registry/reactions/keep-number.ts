import { DecisionNumbered } from '../../../events/sanctions.ts';
import { reaction } from '../../kernel/reaction.ts';
import keepNumber from '../commands/keep-number.ts';

/** A decision on striking off numbered → its procedure knows the number. */
export default reaction({
  name: 'registry/keep-number',
  title: '编号后记入注销决定',
  hears: [DecisionNumbered],
  since: '2020-07-01',
  command: keepNumber,
  targets: ({ data: { document, matter, of, number, issuedBy, issuedTo, basis } }) =>
    document.kind === 'cancellation' ? [{ cancellation: matter, of, number, issuedBy, issuedTo, basis }] : [],
});
