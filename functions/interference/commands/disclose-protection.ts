import * as z from 'zod';
import { shortText } from '../../../events/common.ts';
import { ProtectionDisclosed, protectionId } from '../../../events/interference.ts';
import { command } from '../../kernel/command.ts';
import { notFound } from '../../kernel/decision.ts';
import { streamName } from '../../kernel/stream.ts';
import { PROTECTION } from '../articles.ts';
import { protection } from '../protection.ts';
import { ofProtectingBureau } from '../relations.ts';

/** 查阅保护请求: who asks for protection and why, to the officer who has to give it; who asked can see that it was opened. */
export default command({
  name: 'interference/disclose-protection',
  title: '查阅保护请求',
  aggregate: protection,
  input: z.strictObject({ matter: protectionId, purpose: shortText }),
  who: [{ kind: 'justice-bureau', roles: ['officer', 'leader'], relation: ofProtectingBureau }],
  inPerson: true,
  key: (input) => input.matter,
  decide: (state, { matter, purpose }, { actor, occurredOn }) => {
    if (!state) return notFound('保护请求', '/matter');
    const toRole = actor.roles.includes('leader') ? 'leader' : 'officer';
    return [ProtectionDisclosed.of({ matter, toAgency: actor.agency, toRole, disclosedOn: occurredOn, basis: PROTECTION.identity }, { purpose })];
  },
  discloses: {
    streams: ({ input }) => [streamName('interference/protection', [input.matter])],
    answer: (opened) => opened.map(({ name, occurredOn, restricted }) => ({ event: name, occurredOn, restricted })),
  },
});
