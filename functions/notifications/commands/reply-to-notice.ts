import * as z from 'zod';
import { longText, opaqueId } from '../../../events/common.ts';
import { NoticeReplied } from '../../../events/notifications.ts';
import { command } from '../../kernel/command.ts';
import { notFound, refuse } from '../../kernel/decision.ts';
import { desk } from '../../kernel/rights.ts';
import { NOTICES } from '../articles.ts';
import { notice, SYSTEM } from '../notice.ts';
import { addressee } from '../relations.ts';

/** Replies to one notice. */
export const MOST_REPLIES = 5;

/** 答复通知: in writing, to the agency that sent it, which alone can open what the reply says. */
export default command({
  name: 'notifications/reply-to-notice',
  title: '答复通知',
  aggregate: notice,
  /** `about`: event that the notice tells of. */
  input: z.strictObject({ about: opaqueId, text: longText }),
  who: desk.map((right) => ({ ...right, relation: addressee })),
  key: ({ about }, { actor }) => [about, actor.agency],
  decide: (state, { about, text }, { occurredOn }) => {
    if (!state) return notFound('通知', '/about');
    const { sender, recipient, event, mustSign, signedOn, replies } = state;
    if (sender === SYSTEM) return refuse('no_sender', '该通知由系统发出，没有可以答复的单位', NOTICES.reply, { pointer: '/about' });
    if (mustSign && signedOn === null) return refuse('not_signed_for', '通知尚未签收，不能答复', NOTICES.reply, { cure: '请先签收', pointer: '/about' });
    if (replies >= MOST_REPLIES)
      return refuse('too_many_replies', `同一通知最多答复${MOST_REPLIES}次`, NOTICES.reply, { cure: '请与发出单位联系', pointer: '/about' });
    return [NoticeReplied.of({ about, event, recipient, sender, repliedOn: occurredOn, basis: NOTICES.reply }, { text })];
  },
});
