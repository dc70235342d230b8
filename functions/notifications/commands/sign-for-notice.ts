import * as z from 'zod';
import { opaqueId } from '../../../events/common.ts';
import { NoticeSignedFor } from '../../../events/notifications.ts';
import { command } from '../../kernel/command.ts';
import { notFound } from '../../kernel/decision.ts';
import { desk } from '../../kernel/rights.ts';
import { notice } from '../notice.ts';
import { addressee } from '../relations.ts';

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
