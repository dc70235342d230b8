import { NoticeSent } from '../../../events/notifications.ts';
import { command } from '../../kernel/command.ts';
import { notice } from '../notice.ts';

/** 发送通知: once for an event and a recipient, whatever comes twice. */
export default command({
  name: 'notifications/send-notice',
  title: '发送通知',
  aggregate: notice,
  input: NoticeSent.data.omit({ sentOn: true }),
  who: 'system',
  key: ({ about, recipient }) => [about, recipient],
  decide: (state, input, { today }) => (state ? [] : [NoticeSent.of({ ...input, sentOn: today })]),
});
