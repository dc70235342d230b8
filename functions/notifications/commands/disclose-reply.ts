import * as z from 'zod';
import { agencyId, opaqueId, shortText } from '../../../events/common.ts';
import { NoticeReplied, ReplyDisclosed } from '../../../events/notifications.ts';
import { command } from '../../kernel/command.ts';
import { notFound } from '../../kernel/decision.ts';
import { desk } from '../../kernel/rights.ts';
import { streamName } from '../../kernel/stream.ts';
import { NOTICES } from '../articles.ts';
import { notice } from '../notice.ts';
import { originator } from '../relations.ts';

/** 查阅答复: opens what was replied to a notice to the agency that sent it, and leaves who, when, why. */
export default command({
  name: 'notifications/disclose-reply',
  title: '查阅答复',
  aggregate: notice,
  /** `about`: event that the notice tells of; `recipient`: who replied. */
  input: z.strictObject({ about: opaqueId, recipient: agencyId, purpose: shortText }),
  who: desk.map((right) => ({ ...right, relation: originator })),
  key: ({ about, recipient }) => [about, recipient],
  decide: (state, { about, recipient, purpose }, { actor, occurredOn }) => {
    if (!state || state.replies === 0) return notFound('答复', '/about');
    const [toRole = ''] = actor.roles.filter((role) => desk.some(({ kind, roles }) => kind === actor.kind && roles.includes(role)));
    return [ReplyDisclosed.of({ about, recipient, toAgency: actor.agency, toRole, disclosedOn: occurredOn, basis: NOTICES.disclose }, { purpose })];
  },
  discloses: {
    streams: ({ input }) => [streamName(notice.name, [input.about, input.recipient])],
    answer: (opened) =>
      opened
        .filter(({ name }) => name === NoticeReplied.name)
        .map(({ occurredOn, restricted }) => ({ repliedOn: occurredOn, ...(restricted as { text: string }) })),
  },
});
