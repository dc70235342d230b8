import { DecisionNumbered } from '../../../events/sanctions.ts';
import { reaction } from '../../kernel/reaction.ts';
import keepNumber from '../commands/keep-number.ts';

/** An order to rectify numbered → its rectification knows the number. */
export default reaction({
  name: 'proficiency/keep-number',
  title: '编号后记入责令限期整改决定',
  hears: [DecisionNumbered],
  since: '2020-07-01',
  command: keepNumber,
  targets: ({ data: { document, matter, of, number, issuedBy, issuedTo, basis } }) =>
    document.kind === 'rectification' ? [{ rectification: matter, of, number, issuedBy, issuedTo, basis }] : [],
});
