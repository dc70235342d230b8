import * as z from 'zod';
import { itemCode, ProficiencyResultsDue, ProficiencyRoundClosed } from '../../../events/proficiency.ts';
import { command } from '../../kernel/command.ts';
import { conflict, notFound } from '../../kernel/decision.ts';
import { ROUND_CLOSED } from '../articles.ts';
import { year } from '../inputs.ts';
import { DUE_AT_ONCE, round } from '../round.ts';

/** 结束能力验证计划: it takes no further result, and whoever was enrolled and has none was absent. */
export default command({
  name: 'proficiency/close-round',
  title: '结束能力验证计划',
  aggregate: round,
  input: z.strictObject({ year, item: itemCode }),
  who: [{ kind: 'provider', roles: ['clerk'] }],
  key: (input, { actor }) => [String(input.year), input.item, actor.agency],
  decide: (state, _, { occurredOn }) => {
    if (!state) return notFound('能力验证计划', '/year');
    if (state.closed) return conflict('round_closed', '该能力验证计划已结束', '/year');
    const { year: of, item, provider, institutions } = state;
    const named = { year: of, item, provider, closedOn: occurredOn, basis: ROUND_CLOSED };
    const lists = Array.from({ length: Math.ceil(institutions.length / DUE_AT_ONCE) }, (_, at) => institutions.slice(at * DUE_AT_ONCE, (at + 1) * DUE_AT_ONCE));
    return [
      ProficiencyRoundClosed.of({ ...named, enrolled: institutions.length }),
      ...lists.map((list) => ProficiencyResultsDue.of({ ...named, institutions: list })),
    ];
  },
});
