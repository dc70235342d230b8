import type { DataOf } from '../../events/event.ts';
import { NoticeEscalated, NoticeReminded, NoticeReplied, NoticeSent, NoticeSignedFor, ReplyDisclosed } from '../../events/notifications.ts';
import { aggregate } from '../kernel/aggregate.ts';

/** Sender where no agency stands behind a notice. */
export const SYSTEM = 'system';

/** 通知, one for an event and a recipient; `null` before it is sent. */
export type NoticeState =
  | (DataOf<typeof NoticeSent> & {
      readonly sentAt: string;
      readonly signedOn: string | null;
      readonly remindedOn: string | null;
      readonly escalatedOn: string | null;
      readonly replies: number;
      /** Day of the last reply. */
      readonly repliedOn: string | null;
    })
  | null;

type Sent = NonNullable<NoticeState>;

/** 通知状态: the first that holds. Signing settles what was late before. */
const STATUS: readonly (readonly [status: string, text: string, holds: (state: Sent) => boolean])[] = [
  ['replied', '已答复', ({ replies }) => replies > 0],
  ['signed', '已签收', ({ signedOn }) => signedOn !== null],
  ['escalated', '已上报', ({ escalatedOn }) => escalatedOn !== null],
  ['reminded', '已催办', ({ remindedOn }) => remindedOn !== null],
  ['for-information', '不需签收', ({ mustSign }) => !mustSign],
  ['unsigned', '未签收', () => true],
];

/** Comes after every time: newest first, what was reminded of stands before all others. */
const FIRST = '~';

export const notice = aggregate({
  name: 'notifications/notice',
  title: '通知',
  initial: null as NoticeState,
  events: [NoticeSent, NoticeSignedFor, NoticeReminded, NoticeEscalated, NoticeReplied, ReplyDisclosed],
  evolve: {
    NoticeSent: (_, data, { recordedAt }): NoticeState => ({
      ...data,
      sentAt: recordedAt,
      signedOn: null,
      remindedOn: null,
      escalatedOn: null,
      replies: 0,
      repliedOn: null,
    }),
    NoticeSignedFor: (state, { signedOn }) => state && { ...state, signedOn },
    NoticeReminded: (state, { remindedOn }) => state && { ...state, remindedOn },
    NoticeEscalated: (state, { escalatedOn }) => state && { ...state, escalatedOn },
    NoticeReplied: (state, { repliedOn }) => state && { ...state, replies: state.replies + 1, repliedOn },
    ReplyDisclosed: (state) => state,
  },
  listings: (state) => {
    if (!state) return [];
    const { sentAt, ...sent } = state;
    const [status = '', statusText = ''] = STATUS.find(([, , holds]) => holds(state)) ?? [];
    const item = { ...sent, status, statusText };
    const received = { partition: state.recipient, sort: `${sentAt}/${state.about}`, item };
    const outgoing = { partition: state.sender, sort: `${sentAt}/${state.about}/${state.recipient}`, item };
    const open = state.signedOn === null;
    return [
      { listing: 'notifications/inbox', ...received },
      ...(open ? [{ listing: 'notifications/inbox-open', ...received, sort: state.remindedOn === null ? received.sort : `${FIRST}${received.sort}` }] : []),
      ...(state.sender === SYSTEM ? [] : [{ listing: 'notifications/sent', ...outgoing }]),
      ...(state.sender === SYSTEM || !open || !state.mustSign ? [] : [{ listing: 'notifications/sent-open', ...outgoing }]),
    ];
  },
  counters: {
    NoticeSent: ({ recipient }) => [
      { counter: `notifications/sent/${recipient}`, by: 1 },
      { counter: `notifications/open/${recipient}`, by: 1 },
    ],
    NoticeSignedFor: ({ recipient }) => [{ counter: `notifications/open/${recipient}`, by: -1 }],
  },
});
