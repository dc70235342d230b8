import { BreachFound } from '../../../events/sanctions.ts';
import { reaction } from '../../kernel/reaction.ts';
import openEntry from '../commands/open-entry.ts';

/** 记入诚信档案: a finding whose measures say so (art. 11) stands in its subject's file from the day of the finding. */
export default reaction({
  name: 'integrity/open-entry',
  title: '认定后记入诚信档案',
  hears: [BreachFound],
  since: '2020-07-01',
  command: openEntry,
  targets: ({ data: { finding, subject, institution, breach, measures, foundOn, basis } }) =>
    measures.includes('integrity-entry') ? [{ subject, institution, cause: finding, about: `BreachFound/${breach}`, enteredOn: foundOn, basis }] : [],
});
