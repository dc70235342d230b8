import { type HeardEvent, reaction } from '../../kernel/reaction.ts';
import closeDeadline from '../commands/close-deadline.ts';
import { eventsOf, type How, linesFor } from '../terms.ts';

const closings = (event: HeardEvent, column: 'metBy' | 'cancelledBy', how: How) =>
  linesFor(event, column).map(({ kind, answer }) => ({ source: event.stream, kind, holder: answer, how, by: event.name }));

/** 了结期限: what is met or cancelled by the table. */
export default reaction({
  name: 'deadlines/close-deadlines',
  title: '依事件了结期限',
  hears: eventsOf('metBy', 'cancelledBy'),
  since: '2020-07-01',
  command: closeDeadline,
  targets: (event) => [...closings(event, 'metBy', 'met'), ...closings(event, 'cancelledBy', 'cancelled')],
});
