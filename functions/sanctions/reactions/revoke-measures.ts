import { FindingWithdrawn } from '../../../events/sanctions.ts';
import { reaction } from '../../kernel/reaction.ts';
import revokeMeasures from '../commands/revoke-measures.ts';

/** A finding withdrawn → its own measures, and the second steps that rested on it, are revoked. */
export default reaction({
  name: 'sanctions/revoke-measures',
  title: '撤回认定后撤销行政处理决定',
  hears: [FindingWithdrawn],
  since: '2020-07-01',
  command: revokeMeasures,
  targets: ({ data: { finding, measures, released, institution, bureau, basis } }) =>
    [{ finding, institution, bureau, measures }, ...released].map((each) => ({ ...each, because: finding, basis })),
});
