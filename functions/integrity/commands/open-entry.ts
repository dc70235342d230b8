import { EntryOpened } from '../../../events/integrity.ts';
import { command } from '../../kernel/command.ts';
import { entry, subjectKey } from '../entry.ts';

/** 记入诚信档案: once for a subject and a finding, also where its withdrawal came first. */
export default command({
  name: 'integrity/open-entry',
  title: '记入诚信档案',
  aggregate: entry,
  input: EntryOpened.data,
  who: 'system',
  key: ({ subject, cause }) => [subjectKey(subject), cause],
  decide: ({ opened }, input) => (opened ? [] : [EntryOpened.of(input)]),
});
