import { reaction } from '../../kernel/reaction.ts';
import compensateEntry from '../commands/compensate-entry.ts';
import { COMPENSATED, eventsIn, groundsFor } from '../grounds.ts';

/** 更正诚信档案记录: what it rested on is withdrawn or corrected, and no other entry is touched (X7). */
export default reaction({
  name: 'integrity/compensate-entry',
  title: '依事件更正诚信档案',
  hears: eventsIn(COMPENSATED),
  since: '2020-07-01',
  command: compensateEntry,
  targets: (event) => groundsFor(COMPENSATED, event).map((each) => ({ ...each, because: event.id, compensatedOn: event.occurredOn })),
});
