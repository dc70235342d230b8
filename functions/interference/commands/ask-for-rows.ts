import * as z from 'zod';
import { agencyId, caseNumber, day, personId } from '../../../events/common.ts';
import { RowsAskedFor } from '../../../events/interference.ts';
import { InstitutionFact } from '../../../events/registry.ts';
import { command, need } from '../../kernel/command.ts';
import { RECORD } from '../articles.ts';
import { missingOf, record } from '../record.ts';

/** 要求补签: once a case, of who still owes a row when it is concluded; nothing where everyone has signed. */
export default command({
  name: 'interference/ask-for-rows',
  title: '要求补签干预情况记录',
  aggregate: record,
  input: z.strictObject({ case: caseNumber, institution: agencyId, appraisers: z.array(personId), concludedOn: day }),
  who: 'system',
  key: (input) => input.case,
  facts: ({ institution }) => ({ institution: need(InstitutionFact, institution, '/institution') }),
  decide: (state, { case: number, institution, appraisers, concludedOn }, { facts }) => {
    const missing = missingOf({ assigned: appraisers, rows: state?.rows ?? [] });
    if (state?.asked || missing.length === 0) return [];
    const { supervisedBy: bureau } = facts.institution.state;
    return [RowsAskedFor.of({ case: number, institution, bureau, missing: [...missing], concludedOn, basis: RECORD.askedFor })];
  },
});
