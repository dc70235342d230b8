import * as z from 'zod';
import { basis } from './basis.ts';
import { agencyId, day, divisionCode, longText, numbered, opaqueId, personId, shortText } from './common.ts';
import { defineEvent } from './event.ts';
import { defineFact } from './fact.ts';

/** 业务范围: an item by its code. */
const scope = z.string().max(20);

const institution = z.object({
  /** 统一社会信用代码; also the institution's id as an agency. */
  uscc: agencyId,
  name: shortText,
  division: divisionCode,
  /** 主管该鉴定机构的司法行政机关 */
  supervisedBy: agencyId,
  /** 业务范围 by item code. */
  scopes: z.array(scope).min(1).max(60),
  registeredOn: day,
});

export const InstitutionRegistered = defineEvent({
  context: 'registry',
  name: 'InstitutionRegistered',
  title: '司法鉴定机构已登记',
  means: 'An institution is registered, with its scopes and the bureau that supervises it.',
  restsOn: { 'appraisal-decision': ['第三条'] },
  data: institution.extend({
    /** 登记机关; absent where it was registered before this was kept. */
    registeredBy: agencyId.optional(),
  }),
});

export const AppraiserRegistered = defineEvent({
  context: 'registry',
  name: 'AppraiserRegistered',
  title: '司法鉴定人已登记',
  means: 'An appraiser is registered at an institution.',
  restsOn: { 'appraisal-decision': ['第三条'], 'appraiser-registration': ['第三条'] },
  data: z.object({ person: personId, institution: agencyId, scopes: z.array(scope).max(60), registeredOn: day }),
  restricted: z.object({ name: shortText, licence: z.string().min(4).max(40) }),
});

/** One procedure of striking off one item of one institution: named by the rectification that failed. */
const ofCancellation = {
  cancellation: opaqueId,
  institution: agencyId,
  item: scope,
  /** 主管该鉴定机构的司法行政机关, which applied. */
  bureau: agencyId,
  /** 登记机关 */
  registrar: agencyId,
};

export const CancellationApplied = defineEvent({
  context: 'registry',
  name: 'CancellationApplied',
  title: '已申请注销相应鉴定业务',
  means: 'The supervising bureau applies to the registrar to strike off one item, because its rectification failed.',
  restsOn: { 'jian-reform-plan': ['第12项'] },
  data: z.object({ ...ofCancellation, appliedOn: day, basis }),
});

export const CancellationNoticed = defineEvent({
  context: 'registry',
  name: 'CancellationNoticed',
  title: '已作出注销预先告知',
  means: 'The registrar has told the institution what it intends and why; a hearing may be asked until the day named.',
  restsOn: { 'jian-reform-plan': ['第12项'] },
  data: z.object({ ...ofCancellation, hearingUntil: day, beyondCalendar: z.boolean(), noticedOn: day, basis }),
});

export const HearingRequested = defineEvent({
  context: 'registry',
  name: 'HearingRequested',
  title: '已申请听取陈述申辩',
  means: 'The institution asks to be heard, in time. What it says is restricted.',
  restsOn: { 'jian-reform-plan': ['第12项'] },
  data: z.object({ ...ofCancellation, requestedOn: day, basis }),
  restricted: z.object({ statement: longText }),
});

export const HearingHeld = defineEvent({
  context: 'registry',
  name: 'HearingHeld',
  title: '已听取陈述申辩',
  means: 'The registrar has heard the institution. What was said is restricted.',
  restsOn: { 'jian-reform-plan': ['第12项'] },
  data: z.object({ ...ofCancellation, heldOn: day, basis }),
  restricted: z.object({ account: longText }),
});

export const HearingDisclosed = defineEvent({
  context: 'registry',
  name: 'HearingDisclosed',
  title: '陈述申辩材料已依权限查阅',
  means: 'What was said in a hearing or before it was opened: when, to which role of which agency; restricted, why.',
  restsOn: { 'jian-reform-plan': ['第12项'] },
  data: z.object({ cancellation: opaqueId, toAgency: agencyId, toRole: z.string(), disclosedOn: day, basis }),
  restricted: z.object({ purpose: shortText }),
});

/** 决定: 注销 · 不予注销. */
export const cancellationOutcome = z.enum(['cancel', 'keep']);

export const CancellationDecided = defineEvent({
  context: 'registry',
  name: 'CancellationDecided',
  title: '注销申请已作出决定',
  means: 'A named registrar has decided whether the item is struck off, after the window for a hearing or the hearing itself.',
  restsOn: { 'jian-reform-plan': ['第12项'] },
  data: z.object({ ...ofCancellation, outcome: cancellationOutcome.meta({ title: '决定' }), decidedOn: day, basis }),
});

export const CancellationNumbered = defineEvent({
  context: 'registry',
  name: 'CancellationNumbered',
  title: '文号已记入注销申请的决定',
  means: 'The decision on striking off knows its number, and the full names of its two sides.',
  restsOn: { 'jian-reform-plan': ['第12项'] },
  data: z.object({ cancellation: opaqueId, ...numbered, basis }),
});

export const CancellationWithdrawn = defineEvent({
  context: 'registry',
  name: 'CancellationWithdrawn',
  title: '注销程序已撤销',
  means: 'What the procedure rested on is gone: it ends, and an item struck off by it is restored.',
  restsOn: { 'jian-reform-plan': ['第12项'] },
  data: z.object({
    ...ofCancellation,
    /** The item had been struck off. */
    restores: z.boolean(),
    withdrawnOn: day.meta({ title: '撤销日期' }),
    basis,
  }),
});

/** Agencies that the roster concerns at the institution's own seat: courts, procuratorates, police, market regulators of its county, city and province. */
const toTell = z.array(agencyId).max(300);

export const BusinessScopeCancelled = defineEvent({
  context: 'registry',
  name: 'BusinessScopeCancelled',
  title: '鉴定业务已注销',
  means: 'One item is struck off an institution’s scope, from this day; its other items stay.',
  restsOn: { 'jian-reform-plan': ['第12项'] },
  data: z.object({ ...ofCancellation, toTell, cancelledOn: day.meta({ title: '注销日期' }), basis }),
});

export const BusinessScopeRestored = defineEvent({
  context: 'registry',
  name: 'BusinessScopeRestored',
  title: '鉴定业务已恢复',
  means: 'One striking off falls, because what the decision rested on was wrong: the item is registered again, unless another decision keeps it struck off.',
  restsOn: { 'jian-reform-plan': ['第12项'] },
  data: z.object({
    ...ofCancellation,
    /** Event by which it was struck off. */
    cancelled: opaqueId,
    /** No other decision keeps the item struck off. */
    registered: z.boolean(),
    toTell,
    restoredOn: day,
    basis,
  }),
});

/** 登记的司法鉴定机构, as it is registered now. */
export const InstitutionFact = defineFact(
  'registry/institution',
  '司法鉴定机构',
  institution.extend({
    registeredBy: agencyId.optional(),
    /** Items that are registered now. */
    scopes: z.array(scope),
    /** Items that were struck off, and are not registered now. */
    struckOff: z.array(scope),
  }),
);

/** 注销程序 */
export const CancellationFact = defineFact(
  'registry/cancellation',
  '注销程序',
  z.object({ outcome: cancellationOutcome.nullable(), withdrawnOn: day.nullable() }),
);

/** 登记的司法鉴定人 */
export const AppraiserFact = defineFact('registry/appraiser', '司法鉴定人', z.object({ person: personId, institution: agencyId }));
