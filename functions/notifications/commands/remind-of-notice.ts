import { NoticeReminded } from '../../../events/notifications.ts';
import { command } from '../../kernel/command.ts';
import { notice } from '../notice.ts';

/** 催办签收: once. That nobody had signed is the deadline's finding, which looked at this very notice when it passed. */
export default command({
  name: 'notifications/remind-of-notice',
  title: '催办签收',
  aggregate: notice,
  input: NoticeReminded.data.omit({ remindedOn: true }),
  who: 'system',
  key: ({ about, recipient }) => [about, recipient],
  decide: (state, input, { occurredOn }) => (!state || state.remindedOn !== null ? [] : [NoticeReminded.of({ ...input, remindedOn: occurredOn })]),
});
