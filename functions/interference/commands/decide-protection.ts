import * as z from 'zod';
import { AgencyFact } from '../../../events/agencies.ts';
import { agencyId, longText } from '../../../events/common.ts';
import { ProtectionDecided, protectionId } from '../../../events/interference.ts';
import { command, lookUp } from '../../kernel/command.ts';
import { conflict, notFound, refuse } from '../../kernel/decision.ts';
import { PROTECTION } from '../articles.ts';
import { protection } from '../protection.ts';
import { ofProtectingBureau } from '../relations.ts';

const BASIS = { retaliation: PROTECTION.retaliation, leak: PROTECTION.leak } as const;

/** 处理保护请求: a named officer's decision; a suspected crime goes to the organ that may pursue it. The sanction is a finding of its own (art. 11). */
export default command({
  name: 'interference/decide-protection',
  title: '处理保护请求',
  aggregate: protection,
  input: z.strictObject({
    matter: protectionId,
    outcome: ProtectionDecided.data.shape.outcome,
    /** 移送机关, where a crime is suspected. */
    transferredTo: agencyId.optional(),
    account: longText,
  }),
  who: [{ kind: 'justice-bureau', roles: ['officer', 'leader'], relation: ofProtectingBureau }],
  key: (input) => input.matter,
  facts: (input) => ({ organ: lookUp(AgencyFact, input.transferredTo) }),
  decide: (state, { matter, outcome, transferredTo, account }, { facts, occurredOn }) => {
    if (!state) return notFound('保护请求', '/matter');
    if (state.decidedOn !== null) return conflict('already_decided', '该保护请求已处理', '/matter');
    if ((outcome === 'transferred') !== (transferredTo !== undefined)) {
      return refuse('transfer_disagrees', '移送与移送机关不一致', PROTECTION.crime, {
        cure: '移送的，写明移送机关；不移送的，删去该项',
        pointer: '/transferredTo',
      });
    }
    if (transferredTo !== undefined && !facts.organ.state) return notFound('移送机关', '/transferredTo');
    const { kind, institution, receiver } = state;
    const basis = outcome === 'transferred' ? PROTECTION.crime : BASIS[kind];
    return [
      ProtectionDecided.of({ matter, kind, institution, receiver, outcome, transferredTo: transferredTo ?? null, decidedOn: occurredOn, basis }, { account }),
    ];
  },
});
