import { EntryCompensated } from '../../../events/integrity.ts';
import { command } from '../../kernel/command.ts';
import { entry, subjectKey } from '../entry.ts';

/** 更正诚信档案记录: it stands no longer, and stays to be read (X7). Kept where the entry has not come yet. */
export default command({
  name: 'integrity/compensate-entry',
  title: '更正诚信档案记录',
  aggregate: entry,
  input: EntryCompensated.data,
  who: 'system',
  key: ({ subject, cause }) => [subjectKey(subject), cause],
  decide: ({ compensated }, input) => (compensated ? [] : [EntryCompensated.of(input)]),
});
