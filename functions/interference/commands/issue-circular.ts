import * as z from 'zod';
import { AgencyFact } from '../../../events/agencies.ts';
import { CircularAddressed, CircularIssued, circularLine, MOST_ADDRESSED, MOST_LINES } from '../../../events/interference.ts';
import { InstitutionFact } from '../../../events/registry.ts';
import { command, lookUp, need } from '../../kernel/command.ts';
import { refuse } from '../../kernel/decision.ts';
import { INSPECTION } from '../articles.ts';
import { circular, inGroups } from '../circular.ts';

const { from, to, text, measures } = CircularIssued.data.shape;

/**
 * 印发情况通报: the figures of a period as `interference/statistics` drew them up, with what the bureau says of them and asks for. It names
 * institutions that the bureau supervises, a province's any of the province. What the bureau alone knows has no field in it.
 */
export default command({
  name: 'interference/issue-circular',
  title: '印发情况通报',
  aggregate: circular,
  input: z.strictObject({
    from,
    to,
    lines: z
      .array(z.strictObject(circularLine.shape))
      .min(1)
      .max(MOST_LINES)
      .refine((lines) => new Set(lines.map(({ institution }) => institution)).size === lines.length, '同一机构不得列两行'),
    text,
    measures,
  }),
  who: [{ kind: 'justice-bureau', roles: ['officer', 'leader'] }],
  key: (_, { actor, callId }) => [actor.agency, callId],
  facts: (_, { actor }) => ({ bureau: lookUp(AgencyFact, actor.agency) }),
  moreFacts: ({ input }) => Object.fromEntries(input.lines.map(({ institution }, at) => [at, need(InstitutionFact, institution, `/lines/${at}/institution`)])),
  decide: (_, input, { facts, more, actor, callId, occurredOn }) => {
    const basis = INSPECTION.circulate;
    if (input.from > input.to) return refuse('period_reversed', '起始月份晚于截止月份', basis, { pointer: '/to' });
    if (input.to > occurredOn.slice(0, 7)) return refuse('period_ahead', '通报的期间尚未开始', basis, { pointer: '/to' });
    const ids = input.lines.map(({ institution }) => institution);
    const ofProvince = facts.bureau.state?.level === 'province';
    const stranger = ofProvince ? -1 : ids.findIndex((_, at) => more[at]?.state.supervisedBy !== actor.agency);
    if (stranger >= 0)
      return refuse('not_supervised', '该机构不由贵机关主管', basis, { cure: '只通报本机关主管的鉴定机构', pointer: `/lines/${stranger}/institution` });
    const about = { circular: callId, bureau: actor.agency, from: input.from, to: input.to, issuedOn: occurredOn, basis };
    return [
      CircularIssued.of({ ...about, lines: input.lines, text: input.text, measures: input.measures }),
      ...inGroups(ids, MOST_ADDRESSED).map((institutions) => CircularAddressed.of({ ...about, institutions })),
    ];
  },
});
