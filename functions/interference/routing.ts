import type * as z from 'zod';
import type { AgencyFact } from '../../events/agencies.ts';
import type { Basis } from '../../events/basis.ts';
import { type RoutingAct, routingAct, type Situation, situation } from '../../events/interference.ts';
import { isRefusal, type Refusal, refuse } from '../kernel/decision.ts';
import { joined, ROUTING } from './articles.ts';

type Agency = z.infer<typeof AgencyFact.schema>;
type Act = RoutingAct['act'];

/** 机关、单位, as the directory has it. */
export type Organ = Pick<Agency, 'id' | 'kind' | 'superior'> & Partial<Pick<Agency, 'discipline'>>;

/** 承办人对一名干预人认定的情形: one interferer, as the officer establishes him. */
export interface Established {
  readonly situation: Situation;
  /** 干预人所在的机关或组织, or the organ that itself interferes; asked for 第（二）项 and 第（四）项. */
  readonly organ?: Organ | undefined;
  /** Can be told without telling what the commissioning organ or its staff did (能分开说明); asked only beside such an interferer. */
  readonly separable: boolean;
  /** 党员: a parallel track beside art. 8 (art. 7); asked only of insiders and of a justice bureau's staff. */
  readonly partyMember?: boolean | undefined;
}

/** 报告所涉案件 */
export interface RoutedCase {
  /** 主管该鉴定机构的司法行政机关, which has received the report. */
  readonly bureau: Organ & Pick<Agency, 'discipline'>;
  readonly institution: string;
  /** 委托人; a private one is told nothing. */
  readonly commissioner: ({ readonly kind: 'organ' } & { readonly organ: Organ }) | { readonly kind: 'company' } | { readonly kind: 'person' };
}

const commissionerOf = ({ commissioner }: RoutedCase): Organ | undefined => (commissioner.kind === 'organ' ? commissioner.organ : undefined);
const isInstitution = (organ: Organ, about: RoutedCase) => organ.id === about.institution;
const isCommissioner = (organ: Organ, about: RoutedCase) => organ.id === commissionerOf(about)?.id;
const isJusticeBureau = (organ: Organ) => organ.kind === 'justice-bureau';

interface Step {
  readonly act: Act;
  /** `null`: the directory names none. */
  readonly recipient: (about: RoutedCase, organ: Organ | undefined) => string | null | undefined;
  readonly basis: Basis;
}

/** One line of art. 8. */
interface Line {
  /** The agency that the situation itself names; the officer may name no other. */
  readonly belongsTo?: (about: RoutedCase) => string | undefined;
  /** The organ has to be named, and to be of this sort. */
  readonly named?: (organ: Organ, about: RoutedCase) => boolean;
  readonly steps: readonly Step[];
  /** By what the commissioning organ is told; absent: it is not. */
  readonly told?: readonly Basis[];
  /** What is added for a party member; absent: the text adds nothing. */
  readonly party?: readonly Step[];
}

const investigate: Step = { act: 'investigate', recipient: ({ bureau }) => bureau.id, basis: ROUTING.insider };
const informCommissionersSuperior: Step = {
  act: 'inform-superior',
  recipient: (about) => commissionerOf(about)?.superior,
  basis: ROUTING.commissioner,
};
const informOrgansSuperior = (basis: Basis): Step => ({ act: 'inform-superior', recipient: (_, organ) => organ?.superior, basis });

const discipline = (basis: Basis): Step => ({ act: 'inform-discipline', recipient: ({ bureau }) => bureau.discipline, basis });

const ofInstitution = ({ institution }: RoutedCase) => institution;
const ofCommissioner = (about: RoutedCase) => commissionerOf(about)?.id;

/** 第八条 as a table. */
const LINES: Readonly<Record<Situation, Line>> = {
  'insider-head': { belongsTo: ofInstitution, steps: [investigate], told: [ROUTING.insider, ROUTING.alsoTold], party: [discipline(ROUTING.partyOfHead)] },
  'insider-serious': { belongsTo: ofInstitution, steps: [investigate], told: [ROUTING.insider, ROUTING.alsoTold], party: [discipline(ROUTING.partyOfHead)] },
  'insider-ordinary': {
    belongsTo: ofInstitution,
    steps: [{ act: 'return-to-institution', recipient: ofInstitution, basis: ROUTING.ordinaryInsider }],
    party: [{ act: 'party-discipline', recipient: ofInstitution, basis: ROUTING.partyOrganization }, discipline(ROUTING.partyOrganization)],
  },
  'bureau-staff': {
    named: isJusticeBureau,
    steps: [{ act: 'handle', recipient: (_, organ) => organ?.id, basis: ROUTING.bureauStaff }],
    told: [ROUTING.bureauStaff, ROUTING.alsoTold],
    party: [{ act: 'inform-discipline', recipient: (_, organ) => organ?.discipline, basis: ROUTING.partyOfBureauStaff }],
  },
  'bureau-head': {
    belongsTo: ({ bureau }) => bureau.id,
    steps: [
      { act: 'inform-superior', recipient: ({ bureau }) => bureau.superior, basis: ROUTING.bureauHead },
      { act: 'inform-discipline', recipient: ({ bureau }) => bureau.discipline, basis: ROUTING.bureauHead },
    ],
    told: [ROUTING.bureauHead, ROUTING.alsoTold],
    // 纪检监察 is told in any case.
    party: [],
  },
  'commissioning-organ': { belongsTo: ofCommissioner, steps: [informCommissionersSuperior] },
  'commissioning-organ-staff': { belongsTo: ofCommissioner, steps: [informCommissionersSuperior] },
  'other-organ': {
    named: (organ, about) => !isInstitution(organ, about) && !isCommissioner(organ, about),
    steps: [informOrgansSuperior(ROUTING.otherOrgan)],
    told: [ROUTING.otherOrgan, ROUTING.alsoTold],
  },
  'other-organ-staff': {
    named: (organ, about) => !isInstitution(organ, about) && !isCommissioner(organ, about) && !isJusticeBureau(organ),
    steps: [informOrgansSuperior(ROUTING.otherOrganStaff)],
    told: [ROUTING.otherOrganStaff, ROUTING.alsoTold],
  },
  individual: { steps: [], told: [ROUTING.individual] },
  unknown: { steps: [{ act: 'identify', recipient: ({ bureau }) => bureau.id, basis: ROUTING.unknown }], told: [ROUTING.unknown] },
};

/** Under which item somebody of that organ belongs; the first that fits. */
const PROPER_ITEMS: readonly { fits: (organ: Organ, about: RoutedCase) => boolean; cure: string }[] = [
  { fits: isInstitution, cure: '该单位是本案鉴定机构，按第（一）项认定为内部人员' },
  { fits: isCommissioner, cure: '该单位是本案委托人，按第（三）项认定' },
  { fits: isJusticeBureau, cure: '该单位是司法行政机关，其工作人员按第（二）项认定' },
];
const ANY_OTHER_ORGAN = '该单位不是本案委托人，按第（四）项认定';

/** Whether the organ named is one that the situation can be about. */
function checkOrgan({ situation, organ }: Established, about: RoutedCase, pointer: string): Refusal | undefined {
  const { belongsTo, named, steps } = LINES[situation];
  const at = { pointer: `${pointer}/organ` };
  if (belongsTo && belongsTo(about) === undefined) {
    return refuse('commissioner_not_an_organ', '本案委托人不是司法机关、行政执法机关等机关', ROUTING.privateCommissioner, {
      cure: '委托人是其他单位的，按第（四）项认定；是个人的，按第（五）项认定',
      pointer: `${pointer}/situation`,
    });
  }
  if (named && !organ) return refuse('organ_missing', '没有指明干预人所在的机关或者组织', steps[0]?.basis ?? ROUTING.all, { cure: '指明其所在单位', ...at });
  if (!organ) return undefined;
  if (!belongsTo && !named) {
    return refuse('organ_not_asked', '按个人认定的，不填所在单位', ROUTING.individual, {
      cure: '以单位工作人员身份干预的，按第（三）项或者第（四）项认定；律师等以个人身份干预的，不填所在单位',
      ...at,
    });
  }
  if (named ? named(organ, about) : belongsTo?.(about) === organ.id) return undefined;
  return refuse('situation_misclassified', '认定的情形与干预人所在单位不符', ROUTING.all, {
    cure: PROPER_ITEMS.find(({ fits }) => fits(organ, about))?.cure ?? ANY_OTHER_ORGAN,
    ...at,
  });
}

const noRecipient = (act: Act, basis: Basis, pointer: string): Refusal =>
  act === 'inform-discipline'
    ? refuse('discipline_missing', '名录中没有负责该机关的纪检监察机关，无法通报', basis, { cure: '先在单位名录中登记其纪检监察机关', pointer })
    : refuse('superior_missing', '名录中没有该单位的上级机关或者主管单位，无法通报', basis, { cure: '先在单位名录中登记其上级机关或者主管单位', pointer });

interface Answer {
  readonly act: Act;
  readonly recipient: string;
  readonly situation: Situation;
  readonly bases: readonly Basis[];
}

/** The interferer is the commissioning organ itself, or of its staff. */
const isOfCommissioner = ({ situation, organ }: Established, about: RoutedCase): boolean => {
  const id = commissionerOf(about)?.id;
  return id !== undefined && id === (organ?.id ?? LINES[situation].belongsTo?.(about));
};

/** What one interferer asks for. `hidden`: nothing of it may be told to the commissioning organ, its superior is told in its place. */
function answersTo(established: Established, about: RoutedCase, hidden: boolean, pointer: string): readonly Answer[] | Refusal {
  const { situation, organ, partyMember = false } = established;
  const { steps, told, party } = LINES[situation];
  if (partyMember && !party) {
    return refuse('party_member_not_asked', '此情形不填是否党员', ROUTING.partyElsewhere, { cure: '删去该项', pointer: `${pointer}/partyMember` });
  }
  const commissioner = commissionerOf(about);
  const asked = [
    ...[...steps, ...(partyMember ? (party ?? []) : [])].map(({ act, recipient, basis }) => ({ act, recipient: recipient(about, organ), bases: [basis] })),
    ...(told && commissioner ? [{ act: 'tell-commissioner' as const, recipient: commissioner.id, bases: told }] : []),
  ];
  if (asked.length === 0) return [{ act: 'handle', recipient: about.bureau.id, situation, bases: [ROUTING.individualWithoutOrgan] }];

  const answers: Answer[] = [];
  for (const { act, recipient, bases } of asked) {
    const inItsPlace = hidden && recipient === commissioner?.id && (act === 'tell-commissioner' || act === 'inform-superior');
    const answer = inItsPlace
      ? { act: 'inform-superior' as const, recipient: commissioner?.superior, bases: [...bases, ROUTING.inPlaceOfCommissioner] }
      : { act, recipient, bases };
    if (!answer.recipient) return noRecipient(answer.act, joined(answer.bases), pointer);
    answers.push({ ...answer, recipient: answer.recipient, situation });
  }
  return answers;
}

const inOrder = (a: Answer, b: Answer): number =>
  routingAct.shape.act.options.indexOf(a.act) - routingAct.shape.act.options.indexOf(b.act) ||
  (a.recipient < b.recipient ? -1 : a.recipient > b.recipient ? 1 : 0) ||
  situation.options.indexOf(a.situation) - situation.options.indexOf(b.situation);

/** The same act towards the same recipient is one act, for all the situations that ask for it. */
function merged(answers: readonly Answer[]): readonly RoutingAct[] {
  const groups = Map.groupBy(answers.toSorted(inOrder), ({ act, recipient }) => JSON.stringify([act, recipient]));
  return [...groups.values()].flatMap((same) =>
    same.slice(0, 1).map(({ act, recipient }) => ({
      act,
      recipient,
      situations: [...new Set(same.map((answer) => answer.situation))],
      basis: joined(same.flatMap(({ bases }) => bases)),
    })),
  );
}

/**
 * What the supervising bureau does with a report (按下列不同情形分别作出处理): one act for each recipient and kind of act,
 * in an order that the order of the interferers does not change. Each interferer is answered by itself.
 *
 * The commissioning organ is told nothing of itself or its staff, nor of anyone who cannot be told apart from them:
 * there its superior is told in its place. Pointers are relative to a body that holds the list as `established`.
 *
 * Source: 第八条.
 */
export function route(established: readonly Established[], about: RoutedCase): readonly RoutingAct[] | Refusal {
  if (established.length === 0) {
    return refuse('nothing_established', '没有认定任何干预人的情形', ROUTING.all, { cure: '逐一认定干预人的情形', pointer: '/established' });
  }
  const commissionerInvolved = established.some((one) => isOfCommissioner(one, about));
  const answers: Answer[] = [];
  for (const [index, one] of established.entries()) {
    const pointer = `/established/${index}`;
    const fault = checkOrgan(one, about, pointer);
    if (fault) return fault;
    const found = answersTo(one, about, isOfCommissioner(one, about) || (commissionerInvolved && !one.separable), pointer);
    if (isRefusal(found)) return found;
    answers.push(...found);
  }
  return merged(answers);
}
