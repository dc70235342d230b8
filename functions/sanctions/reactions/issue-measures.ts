import { BreachFound } from '../../../events/sanctions.ts';
import { reaction } from '../../kernel/reaction.ts';
import issueMeasures from '../commands/issue-measures.ts';

/** A breach found → the measures of art. 11 are issued. */
export default reaction({
  name: 'sanctions/issue-measures',
  title: '认定后作出行政处理决定',
  hears: [BreachFound],
  since: '2020-07-01',
  command: issueMeasures,
  targets: ({ data: { finding, subject, institution, bureau, breach, acts, measures, correction, basis } }) => [
    { finding, subject, institution, bureau, breach, acts, measures, correction, basis },
  ],
});
