import * as z from 'zod';
import { CaseFact } from '../../../events/commissions.ts';
import { caseNumber, opaqueId } from '../../../events/common.ts';
import { RecordCompleted, RecordRowSigned, recordContent } from '../../../events/interference.ts';
import { command, need } from '../../kernel/command.ts';
import { refuse } from '../../kernel/decision.ts';
import { FORM, RECORD } from '../articles.ts';
import { checkContent } from '../form.ts';
import { MOST_ROWS, missingOf, record } from '../record.ts';
import { ofCaseInstitution } from '../relations.ts';

/**
 * 签署记录: every assigned appraiser signs a row, “none” or what happened; a call after a true “none” is a further row, after the archive too.
 * A correction is a further row that names the first, which stays.
 */
export default command({
  name: 'interference/sign-row',
  title: '签署干预司法鉴定活动记录',
  aggregate: record,
  input: z.strictObject({
    case: caseNumber,
    content: recordContent,
    /** Row of one's own that this one corrects. */
    corrects: opaqueId.optional(),
  }),
  who: [{ kind: 'institution', roles: ['appraiser', 'staff', 'head'], relation: ofCaseInstitution }],
  key: (input) => input.case,
  facts: (input) => ({ case: need(CaseFact, input.case, '/case') }),
  decide: (state, { content, corrects }, { facts, actor, callId, occurredOn }) => {
    const fault = checkContent(content);
    if (fault) return fault;
    if ((state?.rows.length ?? 0) >= MOST_ROWS) return refuse('record_full', `一案的记录不超过 ${MOST_ROWS} 行`, FORM.form);
    const rows = state?.rows ?? [];
    // Of a row of another no more is told than of one that does not exist.
    if (corrects !== undefined && !rows.some(({ row, signer }) => row === corrects && signer === actor.person))
      return refuse('not_own_row', '只能更正本人在本案已签署的记录', RECORD.correction, {
        cure: '写明本人所签记录的编号；不是更正的，不填写此项，另签一行',
        pointer: '/corrects',
      });
    const { case: number, institution, appraisers: assigned } = facts.case.state;
    const missing = missingOf({ assigned, rows: [...rows, { signer: actor.person }] });
    return [
      RecordRowSigned.of(
        {
          case: number,
          institution,
          row: callId,
          signer: actor.person,
          signedOn: occurredOn,
          assigned,
          ...(corrects === undefined ? {} : { corrects }),
          basis: RECORD.row,
        },
        { content },
      ),
      ...(state?.complete === false && missing.length === 0
        ? [RecordCompleted.of({ case: number, institution, completedOn: occurredOn, basis: RECORD.completed })]
        : []),
    ];
  },
});
