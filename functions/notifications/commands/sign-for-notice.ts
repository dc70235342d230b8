import * as z from 'zod';
import { opaqueId } from '../../../events/common.ts';
import { NoticeSignedFor } from '../../../events/notifications.ts';
import { command, type Relation } from '../../kernel/command.ts';
import { notFound } from '../../kernel/decision.ts';
import { desk } from '../../kernel/rights.ts';
import { type NoticeState, notice } from '../notice.ts';

/** The key is made of the actor's agency, so that another's notice cannot even be named. */
const addressee: Relation<NoticeState, unknown, unknown> = {
  title: '通知的收件单位',
  holds: ({ state, actor }) => state?.recipient === actor.agency,
  unseen: notFound('通知', '/about'),
};

/** 签收通知. Signing twice changes nothing. */
export default command({
  name: 'notifications/sign-for-notice',
  title: '签收通知',
  aggregate: notice,
  /** `about`: event that the notice tells of. */
  input: z.strictObject({ about: opaqueId }),
  who: desk.map((right) => ({ ...right, relation: addressee })),
  key: ({ about }, { actor }) => [about, actor.agency],
  decide: (state, { about }, { occurredOn }) => {
    if (!state) return notFound('通知', '/about');
    if (state.signedOn !== null) return [];
    return [NoticeSignedFor.of({ about, recipient: state.recipient, mustSign: state.mustSign, signedOn: occurredOn })];
  },
});
