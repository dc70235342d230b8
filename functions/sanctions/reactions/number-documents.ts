import { MeasuresIssued, MeasuresRevoked } from '../../../events/sanctions.ts';
import { reaction } from '../../kernel/reaction.ts';
import numberDocument from '../commands/number-document.ts';

/** Every decision document has a number in its series (rule X12): an order, and what revokes measures of one. */
export default reaction({
  name: 'sanctions/number-documents',
  title: '作出决定后编文号',
  hears: [MeasuresIssued, MeasuresRevoked],
  since: '2020-07-01',
  atOnce: 2,
  command: numberDocument,
  targets: ({ id, name, data, occurredOn }) => {
    const { finding, institution, bureau, measures, basis } = data;
    const document =
      name === 'MeasuresIssued' ? { kind: 'order' as const, subject: data.subject, correction: data.correction } : { kind: 'revocation' as const };
    return [{ of: id, finding, institution, bureau, document, measures, decidedOn: occurredOn, basis }];
  },
});
