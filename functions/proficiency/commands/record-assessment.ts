import * as z from 'zod';
import { agencyId, day } from '../../../events/common.ts';
import { itemCode, OnSiteAssessmentRecorded } from '../../../events/proficiency.ts';
import { InstitutionFact } from '../../../events/registry.ts';
import { command, need } from '../../kernel/command.ts';
import { ASSESSMENT } from '../articles.ts';
import { year } from '../inputs.ts';
import { record, withYear } from '../record.ts';
import { ofSupervisingBureau } from '../relations.ts';
import { chainEvents, concernedBy, outOfPlace } from '../results.ts';

/** 记录现场测评结果 (rule P-5): a later one of the year stands for the earlier, so that a wrong one is put right. */
export default command({
  name: 'proficiency/record-assessment',
  title: '记录现场测评结果',
  aggregate: record,
  input: z.strictObject({
    institution: agencyId,
    item: itemCode,
    year,
    passed: z.boolean(),
    /** 测评之日, where it is not today. */
    assessedOn: day.optional(),
  }),
  who: [{ kind: 'justice-bureau', roles: ['officer', 'leader'], relation: ofSupervisingBureau }],
  key: ({ institution, item }) => [institution, item],
  occurredOn: (input) => input.assessedOn,
  facts: ({ institution }) => ({ institution: need(InstitutionFact, institution, '/institution') }),
  decide: (state, { item, year: of, passed }, { facts, actor, occurredOn, policy }) => {
    const institution = facts.institution.state;
    const about = { institution, item, year: of, on: occurredOn, policy };
    const misplaced = outOfPlace(about);
    if (misplaced) return misplaced;
    const counts = !passed && policy.proficiency.assessmentCounts;
    const assessed = OnSiteAssessmentRecorded.of({
      institution: institution.uscc,
      item,
      year: of,
      assessor: actor.agency,
      ...concernedBy(institution),
      passed,
      counts,
      assessedOn: occurredOn,
      basis: ASSESSMENT,
    });
    const after = withYear(state, of, { assessment: { event: '', passed, counts, on: occurredOn } });
    return [assessed, ...chainEvents(after, about)];
  },
});
