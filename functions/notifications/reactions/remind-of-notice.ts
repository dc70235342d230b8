import { DeadlinePassed } from '../../../events/deadlines.ts';
import { reaction } from '../../kernel/reaction.ts';
import remindOfNotice from '../commands/remind-of-notice.ts';
import { unsignedNotices } from '../unsigned.ts';

/** 逾期催办: who has not signed for a notice by the reminder's day finds it before all others. */
export default reaction({
  name: 'notifications/remind-of-notice',
  title: '逾期催办签收',
  hears: [DeadlinePassed],
  since: '2020-07-01',
  command: remindOfNotice,
  targets: (event) => unsignedNotices(event, 'remind-of-notice'),
});
