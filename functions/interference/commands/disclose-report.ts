import * as z from 'zod';
import { opaqueId, shortText } from '../../../events/common.ts';
import { ReportDisclosed } from '../../../events/interference.ts';
import { command } from '../../kernel/command.ts';
import { notFound } from '../../kernel/decision.ts';
import { streamName } from '../../kernel/stream.ts';
import { ofBureauOrSuperior } from '../relations.ts';
import { report } from '../report.ts';

/** 查阅报告内容: opens what is restricted to the officer who has to handle it, and leaves who, when, why. */
export default command({
  name: 'interference/disclose-report',
  title: '查阅报告内容',
  aggregate: report,
  input: z.strictObject({ report: opaqueId, purpose: shortText }),
  who: [
    { kind: 'justice-bureau', roles: ['officer', 'leader'], relation: ofBureauOrSuperior },
    { kind: 'ministry', roles: ['officer', 'leader'], relation: ofBureauOrSuperior },
  ],
  key: (input) => input.report,
  decide: (state, { purpose }, { actor }) => {
    if (!state) return notFound('报告', '/report');
    return [ReportDisclosed.of({ report: state.report, toAgency: actor.agency, toRole: actor.roles.includes('leader') ? 'leader' : 'officer' }, { purpose })];
  },
  discloses: {
    streams: ({ input }) => [streamName('interference/report', [input.report])],
    answer: (opened) => opened.map(({ name, occurredOn, restricted }) => ({ event: name, occurredOn, restricted })),
  },
});
