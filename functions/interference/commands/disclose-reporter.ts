import * as z from 'zod';
import { opaqueId, shortText } from '../../../events/common.ts';
import { identityPurpose, ReporterDisclosed } from '../../../events/interference.ts';
import { command } from '../../kernel/command.ts';
import { notFound } from '../../kernel/decision.ts';
import { streamName } from '../../kernel/stream.ts';
import { PROTECTION } from '../articles.ts';
import { ofSupervisingBureau } from '../relations.ts';
import { report } from '../report.ts';
import { reporterIn } from '../reported.ts';

/** 查明报告人身份: the only way to who reported, for a purpose; the reporter sees that it was opened, by which role and to what end. */
export default command({
  name: 'interference/disclose-reporter',
  title: '查明报告人身份',
  aggregate: report,
  input: z.strictObject({ report: opaqueId, purpose: identityPurpose.meta({ title: '查明报告人身份的目的' }), reason: shortText }),
  who: [{ kind: 'justice-bureau', roles: ['officer', 'leader'], relation: ofSupervisingBureau }],
  inPerson: true,
  key: (input) => input.report,
  decide: (state, { report: id, purpose, reason }, { actor, occurredOn }) => {
    if (!state) return notFound('报告', '/report');
    const toRole = actor.roles.includes('leader') ? 'leader' : 'officer';
    return [ReporterDisclosed.of({ report: id, toAgency: actor.agency, toRole, purpose, disclosedOn: occurredOn, basis: PROTECTION.identity }, { reason })];
  },
  discloses: {
    streams: ({ input }) => [streamName('interference/report', [input.report])],
    answer: (opened) => reporterIn(opened),
  },
});
