import * as z from 'zod';
import { agencyId } from '../../../events/common.ts';
import { itemCode } from '../../../events/proficiency.ts';
import { InstitutionFact } from '../../../events/registry.ts';
import { command, need } from '../../kernel/command.ts';
import { year } from '../inputs.ts';
import { record, yearOf } from '../record.ts';
import { absence, firstResult } from '../results.ts';

/** 记录缺席: an institution that owed a result in a round that is closed, and has none from anybody. */
export default command({
  name: 'proficiency/record-absence',
  title: '记录能力验证缺席',
  aggregate: record,
  input: z.strictObject({ institution: agencyId, item: itemCode, year, provider: agencyId }),
  who: 'system',
  key: ({ institution, item }) => [institution, item],
  facts: ({ institution }) => ({ institution: need(InstitutionFact, institution, '/institution') }),
  decide: (state, { item, year: of, provider }, { facts, occurredOn, policy }) => {
    if (yearOf(state, of).test) return [];
    const about = { institution: facts.institution.state, item, year: of, provider, on: occurredOn, policy };
    return firstResult(state, absence(false, about), about);
  },
});
