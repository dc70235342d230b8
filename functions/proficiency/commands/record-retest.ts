import * as z from 'zod';
import { agencyId, day } from '../../../events/common.ts';
import { CorrectiveRetestRecorded, itemCode } from '../../../events/proficiency.ts';
import { InstitutionFact } from '../../../events/registry.ts';
import { command, need } from '../../kernel/command.ts';
import { refuse } from '../../kernel/decision.ts';
import { RETEST } from '../articles.ts';
import { year } from '../inputs.ts';
import { record, yearOf } from '../record.ts';
import { ofReportingProvider } from '../relations.ts';
import { concernedBy, outOfPlace } from '../results.ts';

/** 报告补测结果 (rule P-4), by the provider whose test was failed: passed, a failed item takes commissions again; the failed year stays failed. */
export default command({
  name: 'proficiency/record-retest',
  title: '报告补测结果',
  aggregate: record,
  input: z.strictObject({
    institution: agencyId,
    item: itemCode,
    /** The failed year that it corrects. */
    year,
    passed: z.boolean(),
    /** 补测之日, where it is not today. */
    retestedOn: day.optional(),
  }),
  who: [{ kind: 'provider', roles: ['clerk'], relation: ofReportingProvider }],
  key: ({ institution, item }) => [institution, item],
  occurredOn: (input) => input.retestedOn,
  facts: ({ institution }) => ({ institution: need(InstitutionFact, institution, '/institution') }),
  decide: (state, { item, year: of, passed }, { facts, actor, occurredOn }) => {
    const institution = facts.institution.state;
    const misplaced = outOfPlace({ institution, item, year: of, on: occurredOn });
    if (misplaced) return misplaced;
    if (yearOf(state, of).test?.verdict !== 'failed')
      return refuse('nothing_to_retest', '该年度该项目没有不合格的结果，无须补测', RETEST, { pointer: '/year' });
    const named = { institution: institution.uscc, item, year: of, provider: actor.agency, ...concernedBy(institution) };
    return [CorrectiveRetestRecorded.of({ ...named, passed, retestedOn: occurredOn, basis: RETEST })];
  },
});
