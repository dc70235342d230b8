import * as z from 'zod';
import { opaqueId, shortText } from '../../../events/common.ts';
import { HearingDisclosed, HearingHeld, HearingRequested } from '../../../events/registry.ts';
import { command } from '../../kernel/command.ts';
import { streamName } from '../../kernel/stream.ts';
import { HEARING, planIn } from '../articles.ts';
import { cancellation } from '../cancellation.ts';
import { ofApplyingBureau, ofNoticedInstitution, ofRegistrar } from '../relations.ts';

const ROLES = ['registrar', 'leader', 'officer', 'head', 'staff'] as const;
/** What may be read: what the institution said before and in the hearing. */
const MATERIAL: readonly string[] = [HearingRequested.name, HearingHeld.name];

/** 查阅陈述申辩材料: opens them to the registrar and to either side, and leaves who, when, why. */
export default command({
  name: 'registry/disclose-hearing',
  title: '查阅陈述申辩材料',
  aggregate: cancellation,
  input: z.strictObject({ cancellation: opaqueId, purpose: shortText }),
  who: [
    { kind: 'justice-bureau', roles: ['registrar'], within: 'province-level', relation: ofRegistrar },
    { kind: 'justice-bureau', roles: ['officer', 'leader'], relation: ofApplyingBureau },
    { kind: 'institution', roles: ['head', 'staff'], relation: ofNoticedInstitution },
  ],
  key: (input) => input.cancellation,
  decide: (_, { cancellation: id, purpose }, { actor, occurredOn, policy }) => {
    const toRole = ROLES.find((role) => actor.roles.includes(role)) ?? 'officer';
    return [HearingDisclosed.of({ cancellation: id, toAgency: actor.agency, toRole, disclosedOn: occurredOn, basis: planIn(policy, HEARING) }, { purpose })];
  },
  discloses: {
    streams: ({ input }) => [streamName('registry/cancellation', [input.cancellation])],
    answer: (opened) =>
      opened.filter(({ name }) => MATERIAL.includes(name)).map(({ name, occurredOn, restricted }) => ({ event: name, occurredOn, restricted })),
  },
});
