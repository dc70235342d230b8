import * as z from 'zod';
import { opaqueId, shortText } from '../../../events/common.ts';
import { ReportDisclosed } from '../../../events/interference.ts';
import { command } from '../../kernel/command.ts';
import { notFound } from '../../kernel/decision.ts';
import { streamName } from '../../kernel/stream.ts';
import { PROTECTION } from '../articles.ts';
import { ofBureauOrSuperior, ofReceivingInstitution } from '../relations.ts';
import { report } from '../report.ts';
import { withoutReporter } from '../reported.ts';

const ROLES = ['leader', 'officer', 'head', 'staff'] as const;

/** 查阅报告内容: opens what was reported to who has to handle it, never who reported, and leaves who, when, why. */
export default command({
  name: 'interference/disclose-report',
  title: '查阅报告内容',
  aggregate: report,
  input: z.strictObject({ report: opaqueId, purpose: shortText }),
  who: [
    { kind: 'justice-bureau', roles: ['officer', 'leader'], relation: ofBureauOrSuperior },
    { kind: 'ministry', roles: ['officer', 'leader'], relation: ofBureauOrSuperior },
    { kind: 'institution', roles: ['head', 'staff'], relation: ofReceivingInstitution },
  ],
  key: (input) => input.report,
  decide: (state, { purpose }, { actor }) => {
    if (!state) return notFound('报告', '/report');
    const toRole = ROLES.find((role) => actor.roles.includes(role)) ?? 'officer';
    return [ReportDisclosed.of({ report: state.report, toAgency: actor.agency, toRole, basis: PROTECTION.content }, { purpose })];
  },
  discloses: {
    streams: ({ input }) => [streamName('interference/report', [input.report])],
    answer: (opened, { actor }) => withoutReporter(opened, actor),
  },
});
