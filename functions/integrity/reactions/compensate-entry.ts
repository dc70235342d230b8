import { FindingWithdrawn } from '../../../events/sanctions.ts';
import { reaction } from '../../kernel/reaction.ts';
import compensateEntry from '../commands/compensate-entry.ts';

/** 更正诚信档案记录: a withdrawn finding compensates the entry that rested on it, and no other (X7). */
export default reaction({
  name: 'integrity/compensate-entry',
  title: '认定撤回后更正诚信档案',
  hears: [FindingWithdrawn],
  since: '2020-07-01',
  command: compensateEntry,
  targets: ({ id, data: { finding, subject, measures, withdrawnOn, basis } }) =>
    measures.includes('integrity-entry') ? [{ subject, cause: finding, because: id, compensatedOn: withdrawnOn, basis }] : [],
});
