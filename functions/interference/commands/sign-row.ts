import * as z from 'zod';
import { CaseFact } from '../../../events/commissions.ts';
import { caseNumber } from '../../../events/common.ts';
import { RecordRowSigned, recordContent } from '../../../events/interference.ts';
import { command, need } from '../../kernel/command.ts';
import { refuse } from '../../kernel/decision.ts';
import { FORM } from '../articles.ts';
import { checkContent } from '../form.ts';
import { MOST_ROWS, record } from '../record.ts';
import { ofCaseInstitution } from '../relations.ts';

/** 签署记录: every assigned appraiser signs a row, “none” or what happened; a call after a true “none” is a further row. */
export default command({
  name: 'interference/sign-row',
  title: '签署干预司法鉴定活动记录',
  aggregate: record,
  input: z.strictObject({ case: caseNumber, content: recordContent }),
  who: [{ kind: 'institution', roles: ['appraiser', 'staff', 'head'], relation: ofCaseInstitution }],
  key: (input) => input.case,
  facts: (input) => ({ case: need(CaseFact, input.case, '/case') }),
  decide: (state, { content }, { facts, actor, callId, occurredOn }) => {
    const fault = checkContent(content);
    if (fault) return fault;
    if ((state?.rows.length ?? 0) >= MOST_ROWS) return refuse('record_full', `一案的记录不超过 ${MOST_ROWS} 行`, FORM.form);
    const { case: number, institution } = facts.case.state;
    return [RecordRowSigned.of({ case: number, institution, row: callId, signer: actor.person, signedOn: occurredOn }, { content })];
  },
});
