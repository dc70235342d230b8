import { DeliverySucceeded } from '../../../events/deliveries.ts';
import { reaction } from '../../kernel/reaction.ts';
import noteAnswer from '../commands/note-answer.ts';

/** A delivery was taken → the endpoint answers, on this day. */
export default reaction({
  name: 'deliveries/note-answer',
  title: '投递成功后记录端点已应答',
  hears: [DeliverySucceeded],
  since: '2020-07-01',
  atOnce: 2,
  command: noteAnswer,
  targets: ({ data: { recipient, deliveredOn } }) => [{ agency: recipient, answeredOn: deliveredOn }],
});
