import type { DataOf } from '../../events/event.ts';
import { NoticeSent, NoticeSignedFor } from '../../events/notifications.ts';
import { aggregate } from '../kernel/aggregate.ts';

/** 通知, one for an event and a recipient; `null` before it is sent. */
export type NoticeState = (DataOf<typeof NoticeSent> & { readonly sentAt: string; readonly signedOn: string | null }) | null;

export const notice = aggregate({
  name: 'notifications/notice',
  title: '通知',
  initial: null as NoticeState,
  events: [NoticeSent, NoticeSignedFor],
  evolve: {
    NoticeSent: (_, data, { recordedAt }): NoticeState => ({ ...data, sentAt: recordedAt, signedOn: null }),
    NoticeSignedFor: (state, { signedOn }) => state && { ...state, signedOn },
  },
  listings: (state) => {
    if (!state) return [];
    const { sentAt, ...item } = state;
    const at = { partition: state.recipient, sort: `${sentAt}/${state.about}`, item };
    return [{ listing: 'notifications/inbox', ...at }, ...(state.signedOn === null ? [{ listing: 'notifications/inbox-open', ...at }] : [])];
  },
  counters: {
    NoticeSent: ({ recipient }) => [
      { counter: `notifications/sent/${recipient}`, by: 1 },
      { counter: `notifications/open/${recipient}`, by: 1 },
    ],
    NoticeSignedFor: ({ recipient }) => [{ counter: `notifications/open/${recipient}`, by: -1 }],
  },
});
