import * as z from 'zod';
import { AgencyFact } from '../../../events/agencies.ts';
import { CaseFact } from '../../../events/commissions.ts';
import { caseNumber, evidence, longText, opaqueId } from '../../../events/common.ts';
import { ProtectionSought, protectionKind, RecordFact } from '../../../events/interference.ts';
import { InstitutionFact } from '../../../events/registry.ts';
import { command, lookUp, need } from '../../kernel/command.ts';
import { notFound, refuse } from '../../kernel/decision.ts';
import { PROTECTION } from '../articles.ts';
import { protection } from '../protection.ts';
import { ofCaseInstitution } from '../relations.ts';

const BASIS = { retaliation: PROTECTION.retaliation, leak: PROTECTION.leak } as const;

/**
 * 请求保护: who signed a row tells the supervising bureau of retaliation (打击报复) or of a leak (泄露), or its superior where the bureau
 * is concerned itself. The key is opaque and the same for a row, a kind and a person; nothing that the institution reads changes.
 */
export default command({
  name: 'interference/seek-protection',
  title: '请求保护',
  aggregate: protection,
  input: z.strictObject({
    case: caseNumber,
    /** Row that the one who asks has signed. */
    row: opaqueId,
    kind: protectionKind,
    /** The supervising bureau, or its superior. */
    to: z.enum(['bureau', 'superior']).meta({ title: '请求对象' }),
    account: longText,
    evidence: z.array(evidence).max(20),
  }),
  who: [{ kind: 'institution', roles: ['appraiser', 'staff', 'head'], relation: ofCaseInstitution }],
  sealsActor: true,
  key: ({ row, kind }, { pseudonym, actor }) => pseudonym('protection', `${row} ${kind} ${actor.person}`),
  facts: (input, { actor }) => ({
    case: need(CaseFact, input.case, '/case'),
    record: need(RecordFact, input.case, '/case'),
    institution: lookUp(InstitutionFact, actor.agency),
  }),
  moreFacts: ({ facts }) => ({ bureau: lookUp(AgencyFact, facts.institution.state?.supervisedBy) }),
  decide: (_, { case: number, row, kind, to, account, evidence: kept }, { facts, more, actor, key, occurredOn }) => {
    const [matter = ''] = key;
    const signed = facts.record.state.rows.find((each) => each.row === row);
    if (!signed) return notFound('记录', '/row');
    if (signed.signer !== actor.person) return refuse('row_of_another', '只能就本人签署的记录请求保护', BASIS[kind], { pointer: '/row' });
    const receiver = to === 'bureau' ? facts.institution.state?.supervisedBy : more.bureau.state?.superior;
    if (receiver == null) {
      return refuse('superior_missing', '名录中没有主管司法行政机关的上级机关', PROTECTION.toSuperior, { cure: '向主管司法行政机关请求保护', pointer: '/to' });
    }
    const basis = to === 'bureau' ? BASIS[kind] : PROTECTION.toSuperior;
    return [
      ProtectionSought.of(
        { matter, kind, institution: actor.agency, receiver, soughtOn: occurredOn, basis },
        { reporter: actor.person, case: number, row, account, evidence: kept },
      ),
    ];
  },
});
