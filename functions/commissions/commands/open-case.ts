import * as z from 'zod';
import { AgencyFact } from '../../../events/agencies.ts';
import { CaseOpened, caseNumberKind, commissioner } from '../../../events/commissions.ts';
import { caseNumber, day, shortText } from '../../../events/common.ts';
import { AppraiserFact, InstitutionFact } from '../../../events/registry.ts';
import { command, lookUp, need } from '../../kernel/command.ts';
import { conflict, notFound, refuse } from '../../kernel/decision.ts';
import { personPseudonym } from '../../kernel/identity.ts';
import { ACCEPTANCE, APPRAISERS_OF_INSTITUTION, TWO_APPRAISERS } from '../articles.ts';
import { caseFile } from '../case.ts';

/** 建档: an institution opens the file of a case that it has received, and assigns its appraisers. */
export default command({
  name: 'commissions/open-case',
  title: '鉴定案件建档',
  aggregate: caseFile,
  input: z.strictObject({
    case: caseNumber,
    /** What the number is, where it is not of an accepted case. */
    number: caseNumberKind.optional(),
    matter: shortText,
    commissioner,
    /** 执业证号 of each appraiser assigned. */
    appraisers: z.array(z.string().trim().min(4).max(40)).min(1).max(20),
    /** 收到委托之日, where it is not today. */
    receivedOn: day.optional(),
  }),
  who: [{ kind: 'institution', roles: ['head', 'staff'] }],
  key: (input) => input.case,
  occurredOn: (input) => input.receivedOn,
  facts: ({ commissioner: by }, { actor }) => ({
    institution: lookUp(InstitutionFact, actor.agency),
    organ: lookUp(AgencyFact, by.kind === 'organ' ? by.agency : undefined),
  }),
  moreFacts: ({ input }, context) =>
    Object.fromEntries(input.appraisers.map((licence, at) => [at, need(AppraiserFact, personPseudonym(context, licence), `/appraisers/${at}`)])),
  decide: (state, input, { facts, more, actor, occurredOn }) => {
    if (state) return conflict('case_exists', '该案件编号已建档', '/case');
    if (!facts.institution.state) return refuse('institution_not_registered', '贵机构未登记，不能受理委托', ACCEPTANCE);
    if (input.commissioner.kind === 'organ' && !facts.organ.state) return notFound('委托机关', '/commissioner/agency');
    const assigned = Object.values(more).map(({ state: each }) => each);
    const stranger = assigned.findIndex(({ institution }) => institution !== actor.agency);
    if (stranger >= 0)
      return refuse('appraiser_of_another_institution', '鉴定人应当为本机构登记执业的鉴定人', APPRAISERS_OF_INSTITUTION, {
        pointer: `/appraisers/${stranger}`,
      });
    const persons = [...new Set(assigned.map(({ person }) => person))];
    if (persons.length < 2 || persons.length < assigned.length)
      return refuse('two_appraisers', '鉴定人应当不少于二人，且不得重复指定', TWO_APPRAISERS, { pointer: '/appraisers' });
    return [
      CaseOpened.of({
        case: input.case,
        matter: input.matter,
        institution: actor.agency,
        commissioner: input.commissioner,
        appraisers: persons,
        receivedOn: occurredOn,
        ...(input.number === undefined ? {} : { number: input.number }),
      }),
    ];
  },
});
