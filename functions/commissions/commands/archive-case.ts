import * as z from 'zod';
import { CaseArchived } from '../../../events/commissions.ts';
import { caseNumber } from '../../../events/common.ts';
import { RecordFact } from '../../../events/interference.ts';
import { command, lookUp } from '../../kernel/command.ts';
import { conflict, notFound, refuse } from '../../kernel/decision.ts';
import { ARCHIVE, NOT_CONCLUDED, ZERO_REPORT } from '../articles.ts';
import { caseFile } from '../case.ts';
import { ofCaseInstitution } from '../relations.ts';

/**
 * 归档: not before every appraiser assigned has signed a row of the record of interference (零报告). What a row says is nobody's affair here.
 *
 * The record is no guarded fact: its rows only grow, and one that is there now makes the act lawful whatever follows.
 */
export default command({
  name: 'commissions/archive-case',
  title: '鉴定案件归档',
  aggregate: caseFile,
  input: z.strictObject({ case: caseNumber }),
  who: [{ kind: 'institution', roles: ['head', 'staff'], relation: ofCaseInstitution }],
  key: (input) => input.case,
  facts: (input) => ({ record: lookUp(RecordFact, input.case) }),
  decide: (state, _, { facts, occurredOn }) => {
    if (!state) return notFound('鉴定案件', '/case');
    if (state.status === 'archived') return conflict('already_archived', '该案件已归档', '/case');
    if (state.status === 'open')
      return refuse('not_concluded', '案件尚未办结，不能归档', NOT_CONCLUDED, { cure: '先登记出具意见、不予受理或者终止鉴定', pointer: '/case' });
    const rows = facts.record.state?.rows ?? [];
    const missing = state.appraisers.filter((person) => !rows.some(({ signer }) => signer === person));
    if (missing.length > 0)
      return refuse('rows_missing', `《干预司法鉴定活动记录表》尚缺下列鉴定人的签名，不能归档：${missing.join('、')}`, ZERO_REPORT, {
        cure: '由所列鉴定人如实填写记录表并签名，没有干预情形的勾选“无此类情况”，签齐后再归档',
        pointer: '/case',
      });
    const { case: number, institution } = state;
    return [CaseArchived.of({ case: number, institution, archivedOn: occurredOn, basis: ARCHIVE })];
  },
});
