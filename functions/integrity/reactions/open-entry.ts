import { reaction } from '../../kernel/reaction.ts';
import openEntry from '../commands/open-entry.ts';
import { ENTERED, eventsIn, groundsFor } from '../grounds.ts';

/** 记入诚信档案: what the table names stands in its subject's file from the day of the fact. */
export default reaction({
  name: 'integrity/open-entry',
  title: '依事件记入诚信档案',
  hears: eventsIn(ENTERED),
  since: '2020-07-01',
  command: openEntry,
  targets: (event) => groundsFor(ENTERED, event).map((each) => ({ ...each, enteredOn: event.occurredOn })),
});
