import { ProficiencyResultsDue } from '../../../events/proficiency.ts';
import { reaction } from '../../kernel/reaction.ts';
import recordAbsence from '../commands/record-absence.ts';

/** A round closed → whoever was enrolled and has no result was absent. */
export default reaction({
  name: 'proficiency/record-absences',
  title: '计划结束后记录缺席',
  hears: [ProficiencyResultsDue],
  since: '2020-07-01',
  command: recordAbsence,
  targets: ({ data: { institutions, item, year, provider } }) => institutions.map((institution) => ({ institution, item, year, provider })),
});
