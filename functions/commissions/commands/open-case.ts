import * as z from 'zod';
import { AgencyFact } from '../../../events/agencies.ts';
import { CaseOpened, caseNumberKind, commissioner } from '../../../events/commissions.ts';
import { caseNumber, day, shortText } from '../../../events/common.ts';
import { officialItem } from '../../../events/items.ts';
import { ProficiencyFact } from '../../../events/proficiency.ts';
import { AppraiserFact, InstitutionFact } from '../../../events/registry.ts';
import { command, type Fact, lookUp, need } from '../../kernel/command.ts';
import { conflict, notFound, refuse } from '../../kernel/decision.ts';
import { personPseudonym } from '../../kernel/identity.ts';
import { type Asked, mustNotAccept } from '../acceptance.ts';
import { ACCEPTANCE, APPRAISERS_OF_INSTITUTION, TWO_APPRAISERS } from '../articles.ts';
import { caseFile } from '../case.ts';

type Opened = { readonly number?: z.infer<typeof caseNumberKind> | undefined; readonly items?: readonly string[] | undefined };

/** Items that are accepted by opening the file: a matter 受理前事项 is not accepted yet, and one that must not be is refused in writing with its file. */
const accepted = ({ number, items = [] }: Opened): readonly string[] => (number === 'matter' ? [] : items);

const askedOf = (items: readonly string[], facts: Readonly<{ [name: string]: Fact<unknown> }>): readonly Asked[] =>
  items.map((item) => ({ item, record: facts[item]?.state as Asked['record'] }));

/**
 * 建档: an institution opens the file of a case that it has received, and assigns its appraisers.
 *
 * What the items are asked of is guarded: one that is struck off or failed in that very moment is not accepted.
 */
export default command({
  name: 'commissions/open-case',
  title: '鉴定案件建档',
  aggregate: caseFile,
  input: z.strictObject({
    case: caseNumber,
    /** What the number is, where it is not of an accepted case. */
    number: caseNumberKind.optional().meta({ title: '编号种类' }),
    matter: shortText,
    commissioner,
    /** 执业证号 of each appraiser assigned. */
    appraisers: z
      .array(z.string().trim().min(4).max(40))
      .min(1)
      .max(20)
      .meta({ title: '各司法鉴定人的执业证号', examples: [['MADE-LICENCE-1', 'MADE-LICENCE-2']] }),
    /** 鉴定项目 that the matter falls under. */
    items: z
      .array(officialItem)
      .min(1)
      .max(10)
      .refine((items) => new Set(items).size === items.length, '同一鉴定项目只写一次')
      .optional(),
    /** 收到委托之日, where it is not today. */
    receivedOn: day.optional(),
  }),
  who: [{ kind: 'institution', roles: ['head', 'staff'] }],
  key: (input) => input.case,
  occurredOn: (input) => input.receivedOn,
  facts: (input, { actor }) => ({
    ...Object.fromEntries(accepted(input).map((item) => [item, lookUp(ProficiencyFact, [actor.agency, item], { guard: true })])),
    institution: lookUp(InstitutionFact, actor.agency, { guard: accepted(input).length > 0 }),
    organ: lookUp(AgencyFact, input.commissioner.kind === 'organ' ? input.commissioner.agency : undefined),
  }),
  moreFacts: ({ input }, context) =>
    Object.fromEntries(input.appraisers.map((licence, at) => [at, need(AppraiserFact, personPseudonym(context, licence), `/appraisers/${at}`)])),
  decide: (state, input, { facts, more, actor, occurredOn, policy }) => {
    if (state) return conflict('case_exists', '该案件编号已建档', '/case');
    if (!facts.institution.state) return refuse('institution_not_registered', '贵机构未登记，不能受理委托', ACCEPTANCE);
    if (input.commissioner.kind === 'organ' && !facts.organ.state) return notFound('委托机关', '/commissioner/agency');
    const unacceptable = mustNotAccept(askedOf(accepted(input), facts), facts.institution.state, policy);
    if (unacceptable) return unacceptable;
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
        ...(input.items === undefined ? {} : { items: input.items }),
      }),
    ];
  },
});
