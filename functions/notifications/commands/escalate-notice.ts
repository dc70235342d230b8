import { AgencyFact } from '../../../events/agencies.ts';
import { NoticeEscalated } from '../../../events/notifications.ts';
import { command, lookUp } from '../../kernel/command.ts';
import { notice } from '../notice.ts';

/**
 * 逾期未签收上报: once, to the recipient's superior where the directory names one, and to the sender.
 *
 * That nobody had signed is the finding of the deadline, which looked at this very notice when it passed, guarded. It is told with its day and
 * not looked at again: otherwise a queue that lags would decide who is told.
 */
export default command({
  name: 'notifications/escalate-notice',
  title: '逾期未签收上报',
  aggregate: notice,
  input: NoticeEscalated.data.pick({ about: true, recipient: true, basis: true }),
  who: 'system',
  key: ({ about, recipient }) => [about, recipient],
  facts: ({ recipient }) => ({ recipient: lookUp(AgencyFact, recipient) }),
  decide: (state, input, { occurredOn, facts }) => {
    if (!state || state.escalatedOn !== null) return [];
    const { sender, sentOn } = state;
    return [NoticeEscalated.of({ ...input, sender, superior: facts.recipient.state?.superior ?? null, sentOn, escalatedOn: occurredOn })];
  },
});
