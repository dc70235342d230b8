import { itemTitle } from '../../events/items.ts';
import {
  AppraiserRegistered,
  BusinessScopeCancelled,
  BusinessScopeRestored,
  CancellationApplied,
  CancellationDecided,
  CancellationNoticed,
  CancellationNumbered,
  CancellationWithdrawn,
  HearingDisclosed,
  HearingHeld,
  HearingRequested,
  InstitutionRegistered,
} from '../../events/registry.ts';
import { DecisionNumbered } from '../../events/sanctions.ts';
import { agencyIn, field, institutionSigns, type Line, nobody, ownBasis, type Silence, tell } from './line.ts';
import { SYSTEM } from './notice.ts';
import { CANCELLATION_OUTCOME_WORDS, dateHint } from './words.ts';

const each = (...agencies: readonly string[]) => [...new Set(agencies)].map((recipient) => ({ recipient }));
const institution = agencyIn('institution', 'the institution');
const registrar = agencyIn('registrar', 'the registrar');
const byRegistrar = { title: 'the registrar', of: field('registrar') };
const about = { 鉴定机构: field('institution'), 鉴定项目: ({ data }: { readonly data: { readonly item: string } }) => itemTitle(data.item) };
const named = { 注销编号: field('cancellation'), ...about };
const HEARD = ['陈述申辩内容'];
const plan = { document: 'jian-reform-plan', article: '第12项' } as const;

/** 登记、注销: who is told what (rules P-3, R-3, R-4). */
export const registryLines: readonly (Line | Silence)[] = [
  nobody(InstitutionRegistered, '在名册中'),
  nobody(AppraiserRegistered, '在名册中'),
  tell(CancellationApplied, {
    recipients: registrar,
    sender: { title: 'the bureau', of: field('bureau') },
    purpose: '申请注销相应鉴定业务，请依程序办理',
    withheld: ['整改材料'],
    particulars: { ...named, 申请日期: field('appliedOn') },
    mustSign: false,
    ...plan,
    basis: ownBasis,
  }),
  tell(CancellationNoticed, {
    recipients: { title: 'the institution, its bureau', of: ({ data }) => each(data.institution, data.bureau) },
    sender: byRegistrar,
    purpose: '注销预先告知：拟注销所列鉴定业务，可以在期限内陈述、申辩',
    withheld: [],
    particulars: {
      ...named,
      告知日期: field('noticedOn'),
      陈述申辩期限: field('hearingUntil'),
      日期提示: ({ data }) => dateHint(data.beyondCalendar),
    },
    mustSign: true,
    ...plan,
    basis: ownBasis,
  }),
  tell(HearingRequested, {
    recipients: registrar,
    sender: { title: 'the institution', of: field('institution') },
    purpose: '鉴定机构申请陈述、申辩，请安排听取',
    withheld: HEARD,
    particulars: { ...named, 申请日期: field('requestedOn') },
    mustSign: false,
    ...plan,
    basis: ownBasis,
  }),
  tell(HearingHeld, {
    recipients: institution,
    sender: byRegistrar,
    purpose: '已听取陈述、申辩，将依法作出决定',
    withheld: HEARD,
    particulars: { ...named, 听取日期: field('heldOn') },
    mustSign: false,
    ...plan,
    basis: ownBasis,
  }),
  nobody(HearingDisclosed, '查阅是办案双方自己的事，留痕备查'),
  nobody(CancellationNumbered, '文号随送达的通知告知'),
  nobody(CancellationDecided, '决定编有文号后送达'),
  tell(DecisionNumbered, {
    when: { title: 'on striking off', holds: ({ data }) => data.document.kind === 'cancellation' },
    recipients: { title: 'the institution, its bureau', of: ({ data }) => each(data.institution, ...data.toTell) },
    sender: { title: 'the registrar', of: field('bureau') },
    purpose: '对注销申请已作出决定，请查看决定结果',
    withheld: HEARD,
    particulars: {
      文号: field('number'),
      注销编号: field('matter'),
      ...about,
      决定结果: ({ data: { document } }) => (document.kind === 'cancellation' ? CANCELLATION_OUTCOME_WORDS[document.outcome] : undefined),
      决定日期: field('decidedOn'),
    },
    mustSign: institutionSigns,
    ...plan,
    basis: ownBasis,
  }),
  tell(CancellationWithdrawn, {
    recipients: { title: 'the institution, its bureau, the registrar', of: ({ data }) => each(data.institution, data.bureau, data.registrar) },
    sender: SYSTEM,
    purpose: '能力验证结果更正后，注销程序已撤销',
    withheld: HEARD,
    particulars: { ...named, 撤销日期: field('withdrawnOn') },
    mustSign: false,
    ...plan,
    basis: ownBasis,
  }),
  tell(BusinessScopeCancelled, {
    recipients: {
      title: 'courts, procuratorates, police and market regulators of its county, city and province (rule P-3)',
      of: ({ data }) => each(...data.toTell),
    },
    sender: byRegistrar,
    purpose: '所列鉴定业务已注销，该机构的其他鉴定业务不受影响',
    withheld: [],
    particulars: { ...named, 注销日期: field('cancelledOn') },
    mustSign: false,
    ...plan,
    basis: ownBasis,
  }),
  tell(BusinessScopeRestored, {
    recipients: {
      title: 'the institution, its bureau, the registrar, and whoever was told of the striking off',
      of: ({ data }) => each(data.institution, data.bureau, data.registrar, ...data.toTell),
    },
    sender: byRegistrar,
    purpose: {
      title: 'that the striking off has fallen, and whether the item is registered again',
      of: ({ data }) => (data.registered ? '所列鉴定业务的注销已撤销，恢复登记' : '所列鉴定业务的一项注销已撤销；因另有注销决定，该业务仍未恢复登记'),
    },
    withheld: [],
    particulars: { ...named, 恢复日期: field('restoredOn') },
    mustSign: false,
    ...plan,
    basis: ownBasis,
  }),
];
