import * as z from 'zod';
import { opaqueId, shortText } from '../../../events/common.ts';
import { RectificationDisclosed, RectificationFailed, RectificationSubmitted } from '../../../events/proficiency.ts';
import { command } from '../../kernel/command.ts';
import { streamName } from '../../kernel/stream.ts';
import { planIn, VERIFICATION } from '../articles.ts';
import { rectification } from '../rectification.ts';
import { ofRectifyingBureau, ofRectifyingInstitution } from '../relations.ts';

const ROLES = ['leader', 'officer', 'head', 'staff'] as const;
/** What may be read: the submissions, and what the bureau found. */
const MATERIAL: readonly string[] = [RectificationSubmitted.name, RectificationFailed.name];

/** 查阅整改材料: opens what was submitted and what was found to either side, and leaves who, when, why. */
export default command({
  name: 'proficiency/disclose-rectification',
  title: '查阅整改材料',
  aggregate: rectification,
  input: z.strictObject({ rectification: opaqueId, purpose: shortText }),
  who: [
    { kind: 'justice-bureau', roles: ['officer', 'leader'], relation: ofRectifyingBureau },
    { kind: 'institution', roles: ['head', 'staff'], relation: ofRectifyingInstitution },
  ],
  key: (input) => input.rectification,
  decide: (_, { rectification: id, purpose }, { actor, occurredOn, policy }) => {
    const toRole = ROLES.find((role) => actor.roles.includes(role)) ?? 'officer';
    const basis = planIn(policy, VERIFICATION);
    return [RectificationDisclosed.of({ rectification: id, toAgency: actor.agency, toRole, disclosedOn: occurredOn, basis }, { purpose })];
  },
  discloses: {
    streams: ({ input }) => [streamName('proficiency/rectification', [input.rectification])],
    answer: (opened) =>
      opened.filter(({ name }) => MATERIAL.includes(name)).map(({ name, occurredOn, restricted }) => ({ event: name, occurredOn, restricted })),
  },
});
