import { reaction } from '../../kernel/reaction.ts';
import sendNotice from '../commands/send-notice.ts';
import { isLine, noticesOf } from '../line.ts';
import { routingTable } from '../routing-table.ts';

/** 发送通知: whom the table names is told. */
export default reaction({
  name: 'notifications/send-notices',
  title: '依事件发送通知',
  hears: [...new Set(routingTable.filter(isLine).map(({ event }) => event))],
  since: '2020-07-01',
  command: sendNotice,
  targets: (event) => noticesOf(routingTable, event).map((each) => ({ ...each, withheld: [...each.withheld], about: event.id, event: event.name })),
});
