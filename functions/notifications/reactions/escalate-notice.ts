import { DeadlinePassed } from '../../../events/deadlines.ts';
import { reaction } from '../../kernel/reaction.ts';
import escalateNotice from '../commands/escalate-notice.ts';
import { unsignedNotices } from '../unsigned.ts';

/** 逾期上报: whose notice is still not signed for, of that its superior and the sender learn. */
export default reaction({
  name: 'notifications/escalate-notice',
  title: '逾期未签收上报',
  hears: [DeadlinePassed],
  since: '2020-07-01',
  command: escalateNotice,
  targets: (event) => unsignedNotices(event, 'escalate-notice'),
});
