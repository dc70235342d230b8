import { reaction } from '../../kernel/reaction.ts';
import openDeadline from '../commands/open-deadline.ts';
import { eventsOf, linesFor } from '../terms.ts';

/** 开始计算期限: what begins by the table. */
export default reaction({
  name: 'deadlines/open-deadlines',
  title: '依事件开始计算期限',
  hears: eventsOf('begins'),
  since: '2020-07-01',
  command: openDeadline,
  targets: (event) => linesFor(event, 'begins').map(({ kind, answer }) => ({ source: event.stream, kind, ...answer })),
});
