import * as z from 'zod';
import { CaseConcluded, caseOutcome } from '../../../events/commissions.ts';
import { caseNumber, day } from '../../../events/common.ts';
import { command } from '../../kernel/command.ts';
import { conflict, notFound, refuse } from '../../kernel/decision.ts';
import { CONCLUSION, NOT_ACCEPTED } from '../articles.ts';
import { caseFile } from '../case.ts';
import { ofCaseInstitution } from '../relations.ts';

/** 办结: with an opinion, a refusal to accept or a termination. From then on the rows of the record that are missing are asked for. */
export default command({
  name: 'commissions/conclude-case',
  title: '办结鉴定案件',
  aggregate: caseFile,
  input: z.strictObject({
    case: caseNumber,
    outcome: caseOutcome.meta({ title: '办结方式' }),
    /** 办结之日, where it is not today. */
    concludedOn: day.optional(),
  }),
  who: [{ kind: 'institution', roles: ['head', 'staff'], relation: ofCaseInstitution }],
  key: (input) => input.case,
  occurredOn: (input) => input.concludedOn,
  decide: (state, { outcome }, { occurredOn }) => {
    if (!state) return notFound('鉴定案件', '/case');
    if (state.status !== 'open') return conflict('already_concluded', '该案件已办结', '/case');
    if (outcome === 'opinion' && state.number === 'matter')
      return refuse('not_accepted', '受理前事项没有受理，不能以出具意见办结', NOT_ACCEPTED, {
        cure: '受理的，另以案件编号建档；不受理的，登记不予受理',
        pointer: '/outcome',
      });
    const basis = CONCLUSION[outcome];
    if (occurredOn < state.receivedOn) return refuse('concluded_before_received', '办结日期不能早于收到委托之日', basis, { pointer: '/concludedOn' });
    const { case: number, institution, appraisers } = state;
    return [CaseConcluded.of({ case: number, institution, outcome, appraisers, concludedOn: occurredOn, basis })];
  },
});
