import { DocumentNumbered } from '../../../events/sanctions.ts';
import { reaction } from '../../kernel/reaction.ts';
import keepNumber from '../commands/keep-number.ts';

/** A document numbered → the order of its finding knows the number. */
export default reaction({
  name: 'sanctions/keep-number',
  title: '编号后记入行政处理决定',
  hears: [DocumentNumbered],
  since: '2020-07-01',
  command: keepNumber,
  targets: ({ data: { of, finding, institution, bureau, document, number, issuedBy, issuedTo, basis } }) => [
    { of, finding, institution, bureau, kind: document.kind, number, issuedBy, issuedTo, basis },
  ],
});
