import * as z from 'zod';
import { AgencyFact, AgencyRegistered, DivisionListFact, rosterKind } from '../../../events/agencies.ts';
import { command, lookUp } from '../../kernel/command.ts';
import { conflict, refuse } from '../../kernel/decision.ts';
import { agency } from '../agency.ts';
import { DIRECTORY, LISTED } from '../articles.ts';
import { LISTED_AT_MOST } from '../division.ts';

/**
 * 登入名录: a bureau enters an agency in the directory, so that it can be told and can act: those of its own division; a province's also those
 * of elsewhere, which commission an appraisal here or are told of one.
 */
export default command({
  name: 'agencies/register-agency',
  title: '登入名录',
  aggregate: agency,
  input: z.strictObject(AgencyRegistered.data.shape),
  who: [
    { kind: 'justice-bureau', roles: ['operator'], within: { division: ({ input }) => input.division } },
    { kind: 'justice-bureau', roles: ['operator'], within: 'province-level' },
    { kind: 'ministry', roles: ['operator'] },
  ],
  key: ({ id }) => id,
  facts: ({ superior, discipline, kind, division }) => ({
    superior: lookUp(AgencyFact, superior ?? undefined),
    discipline: lookUp(AgencyFact, discipline ?? undefined),
    list: lookUp(DivisionListFact, rosterKind.safeParse(kind).success ? division : undefined),
  }),
  decide: (state, input, { facts }) => {
    if (state) return conflict('already_registered', '该单位已在名录中', '/id');
    if (input.superior !== null && !facts.superior.state)
      return refuse('unknown_superior', '上级机关或者主管单位不在名录中', DIRECTORY, { pointer: '/superior' });
    if (input.discipline !== null && !facts.discipline.state)
      return refuse('unknown_discipline', '纪检监察机关不在名录中', DIRECTORY, { pointer: '/discipline' });
    if ((facts.list.state?.agencies.length ?? 0) >= LISTED_AT_MOST)
      return refuse('division_list_full', `该区划已登入 ${LISTED_AT_MOST} 个法院、检察院、公安机关和市场监督管理部门`, LISTED, {
        cure: '核对区划代码是否误填',
        pointer: '/division',
      });
    return [AgencyRegistered.of(input)];
  },
});
