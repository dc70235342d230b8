import { reaction } from '../../kernel/reaction.ts';
import closeDeadline from '../commands/close-deadline.ts';
import { eventsOf, linesFor } from '../terms.ts';

/** 了结期限: what is met or cancelled by the table. */
export default reaction({
  name: 'deadlines/close-deadlines',
  title: '依事件了结期限',
  hears: eventsOf('metBy', 'cancelledBy'),
  since: '2020-07-01',
  command: closeDeadline,
  targets: (event) => linesFor(event, 'metBy', 'cancelledBy').map(({ kind, answer }) => ({ source: event.stream, kind, holder: answer })),
});
