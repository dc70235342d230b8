import * as z from 'zod';
import { basis } from './basis.ts';
import { commissioner } from './commissions.ts';
import { agencyId, caseNumber, day, evidence, longText, opaqueId, personId, shortText } from './common.ts';
import { defineEvent } from './event.ts';
import { defineFact } from './fact.ts';

/** 干预人, the boxes of the form: the superset of its two rows. */
export const interfererBox = z.enum(['commissioner', 'party-or-agent', 'insider', 'bureau-staff', 'other']);
/** 干预内容, the boxes of the form. */
export const contentBox = z.enum(['plead', 'procedure', 'opinion', 'other']);
/** Kinds of interference of art. 3: 请托说情; 邀请私下会见; 强迫违规受理、出具特定意见、终止鉴定; 其他. */
export const articleThreeKind = z.enum(['plead', 'private-meeting', 'coerce', 'other']);

/** One interferer as the form ticks him, with the text that 其他 needs. */
export const interferer = z.object({
  box: interfererBox,
  other: shortText.optional(),
  name: shortText.optional().meta({ title: '姓名' }),
  organ: shortText.optional(),
});

/** 情况记录: nothing of the kind, or who, what and how. */
export const recordContent = z.discriminatedUnion('answer', [
  z.object({ answer: z.literal('none') }),
  z.object({
    answer: z.literal('interference'),
    interferers: z.array(interferer).min(1).max(10),
    contents: z
      .array(z.object({ box: contentBox, other: shortText.optional() }))
      .min(1)
      .max(4),
    articleThree: z.array(articleThreeKind).min(1).max(4),
    /** 具体情况 */
    account: longText,
    evidence: z.array(evidence).max(20),
  }),
]);
export type RecordContent = z.infer<typeof recordContent>;

export const RecordRowSigned = defineEvent({
  context: 'interference',
  name: 'RecordRowSigned',
  title: '干预司法鉴定活动记录表已签名',
  means: 'A person has signed a row of the record of a case. Whether it says “none” or tells of interference is restricted.',
  restsOn: { 'interference-provisions': ['第四条'] },
  data: z.object({
    case: caseNumber,
    institution: agencyId,
    row: opaqueId,
    signer: personId,
    signedOn: day,
    /** Row of the same signer that this one corrects 更正; that one stays. */
    corrects: opaqueId.optional(),
    /** Appraisers assigned at the time, each of whom owes a row. */
    assigned: z.array(personId).max(20).optional(),
    basis: basis.optional(),
  }),
  restricted: z.object({ content: recordContent }),
});

export const RowsAskedFor = defineEvent({
  context: 'interference',
  name: 'RowsAskedFor',
  title: '已要求补签干预情况记录',
  means: 'The case is concluded and assigned appraisers still owe a row of its record.',
  restsOn: { 'interference-provisions': ['第四条'] },
  data: z.object({ case: caseNumber, institution: agencyId, bureau: agencyId, missing: z.array(personId).min(1).max(20), concludedOn: day, basis }),
});

export const RecordCompleted = defineEvent({
  context: 'interference',
  name: 'RecordCompleted',
  title: '干预情况记录已签齐',
  means: 'Every appraiser who was asked for a row of the record has signed one.',
  restsOn: { 'interference-provisions': ['第四条'] },
  data: z.object({ case: caseNumber, institution: agencyId, completedOn: day, basis }),
});

export const RecordDisclosed = defineEvent({
  context: 'interference',
  name: 'RecordDisclosed',
  title: '干预情况记录表已依权限调阅',
  means: 'A record was opened: when, to which role of which agency; restricted, why and which rows were shown, for that would tell which were reported.',
  restsOn: { 'interference-provisions': ['第十条', '附件《干预司法鉴定活动记录表》'] },
  data: z.object({ case: caseNumber, institution: agencyId, toAgency: agencyId, toRole: z.string(), basis }),
  restricted: z.object({
    purpose: shortText,
    /** Rows whose content was shown; of the others only that they are signed. */
    rows: z.array(opaqueId).max(200),
  }),
});

/** Where a report stands in art. 8, as the officer establishes it for one interferer. */
export const situation = z.enum([
  'insider-head',
  'insider-serious',
  'insider-ordinary',
  'bureau-staff',
  'bureau-head',
  'commissioning-organ',
  'commissioning-organ-staff',
  'other-organ',
  'other-organ-staff',
  'individual',
  'unknown',
]);
export type Situation = z.infer<typeof situation>;

/** What is done under art. 8, towards whom. */
export const routingAct = z.object({
  act: z.enum(['investigate', 'handle', 'inform-superior', 'tell-commissioner', 'return-to-institution', 'inform-discipline', 'identify', 'party-discipline']),
  recipient: agencyId,
  /** Situations that the act answers, each once. */
  situations: z.array(situation).min(1),
  basis,
});
export type RoutingAct = z.infer<typeof routingAct>;
/** The act as others may know it: which situation it answers is restricted, for it points at a person. */
export const openRoutingAct = routingAct.omit({ situations: true });

/** What the officer established for one interferer. */
export const established = z.object({
  situation,
  organ: agencyId.optional(),
  separable: z.boolean(),
  /** 党员: dealt with by the party's own rules as well (art. 7). */
  partyMember: z.boolean().optional(),
});

/** Whether an insider of the institution interferes: its head (负责人), another, none. */
export const insiderStanding = z.enum(['head', 'other', 'none']);

/** 报告对象: one's own institution, or its supervising bureau. */
export const addressee = z.enum(['institution', 'bureau']).meta({ title: '报告对象' });

export const InterferenceReported = defineEvent({
  context: 'interference',
  name: 'InterferenceReported',
  title: '干预司法鉴定活动已报告',
  means: 'Interference was reported, to the institution or straight to the supervising bureau. Who reported and what happened is restricted.',
  restsOn: { 'interference-provisions': ['第五条', '第六条'] },
  data: z.object({
    report: opaqueId,
    case: caseNumber,
    institution: agencyId,
    /** 主管该鉴定机构的司法行政机关 */
    bureau: agencyId,
    commissioner,
    to: addressee,
    reportedOn: day,
    basis,
  }),
  restricted: z.object({
    reporter: personId,
    row: opaqueId,
    content: recordContent,
    insider: insiderStanding,
    seriousConsequences: z.boolean(),
    /** 线索: the text does not name this reporter. */
    lead: z.boolean(),
    /** The very paragraph; the open one names no more than the article, for it would point at a person. */
    standing: basis,
    /** 未及时报告: later than the province's alert for it, which is no breach by itself (X4). */
    late: z.boolean().optional(),
  }),
});

export const ReportForwarded = defineEvent({
  context: 'interference',
  name: 'ReportForwarded',
  title: '鉴定机构已向主管司法行政机关报告',
  means: 'The institution has passed a report of interference by an outsider on to its supervising bureau.',
  restsOn: { 'interference-provisions': ['第六条'] },
  data: z.object({ report: opaqueId, case: caseNumber, institution: agencyId, bureau: agencyId, commissioner, forwardedOn: day, basis }),
});

export const InsiderDealtWith = defineEvent({
  context: 'interference',
  name: 'InsiderDealtWith',
  title: '鉴定机构已依章程处理',
  means: 'The institution has dealt with an insider by its charter, and recorded the outcome.',
  restsOn: { 'interference-provisions': ['第六条', '第七条第二款'] },
  data: z.object({
    report: opaqueId,
    case: caseNumber,
    institution: agencyId,
    bureau: agencyId,
    /** `forward`: outsiders interfered too, and the report is still to be forwarded. */
    remains: z.enum(['forward', 'nothing']),
    dealtOn: day,
    basis,
  }),
  restricted: z.object({
    /** 处理结果 */
    outcome: longText,
    /** The party organization dealt with a party member as well (art. 7). */
    byPartyOrganization: z.boolean(),
  }),
});

export const ReportWithdrawn = defineEvent({
  context: 'interference',
  name: 'ReportWithdrawn',
  title: '报告已由报告人撤回',
  means: 'Who reported has withdrawn a report that nothing rested on yet. The row stays.',
  restsOn: { 'interference-provisions': ['第五条'] },
  data: z.object({
    report: opaqueId,
    case: caseNumber,
    institution: agencyId,
    bureau: agencyId,
    to: addressee,
    withdrawnOn: day,
    basis,
  }),
  restricted: z.object({ reason: shortText }),
});

export const ReportRouted = defineEvent({
  context: 'interference',
  name: 'ReportRouted',
  title: '干预情况已按第八条处理',
  means: 'The supervising bureau has established the situation and decided, act by act, who handles and who is told.',
  restsOn: { 'interference-provisions': ['第六条', '第七条第二款', '第八条'] },
  data: z.object({
    report: opaqueId,
    case: caseNumber,
    institution: agencyId,
    bureau: agencyId,
    acts: z.array(openRoutingAct).min(1).max(20),
    /** Bureau that goes on with it, where the head of the receiving one interferes. */
    handedTo: agencyId.optional(),
    routedOn: day,
  }),
  restricted: z.object({ established: z.array(established).min(1).max(10), acts: z.array(routingAct) }),
});

export const ReportDisclosed = defineEvent({
  context: 'interference',
  name: 'ReportDisclosed',
  title: '报告内容已依权限查阅',
  means: 'Restricted parts of a report were opened: when, to which role of which agency, and, restricted itself, why.',
  restsOn: { 'interference-provisions': ['第十条'] },
  data: z.object({ report: opaqueId, toAgency: agencyId, toRole: z.string(), basis: basis.optional() }),
  restricted: z.object({ purpose: shortText }),
});

/** Why the reporter's identity is asked for 查明报告人身份的目的: open, so that the reporter can be told. */
export const identityPurpose = z.enum(['investigate', 'protect', 'transfer', 'inspect']);

export const ReporterDisclosed = defineEvent({
  context: 'interference',
  name: 'ReporterDisclosed',
  title: '报告人身份已依权限查明',
  means: 'The identity of who reported was opened: when, to which role of which agency, to what end; restricted, the reason. The reporter can see it.',
  restsOn: { 'interference-provisions': ['第九条', '第十条'] },
  data: z.object({
    report: opaqueId,
    toAgency: agencyId,
    toRole: z.string(),
    purpose: identityPurpose.meta({ title: '查明报告人身份的目的' }),
    disclosedOn: day,
    basis,
  }),
  restricted: z.object({ reason: shortText }),
});

export const ReportReclassified = defineEvent({
  context: 'interference',
  name: 'ReportReclassified',
  title: '干预情况已重新认定',
  means: 'Later facts change the situation from this day on: what is done beyond what was done, which stays.',
  restsOn: { 'interference-provisions': ['第六条', '第七条第二款', '第八条'] },
  data: z.object({
    report: opaqueId,
    case: caseNumber,
    institution: agencyId,
    bureau: agencyId,
    acts: z.array(openRoutingAct).max(20),
    handedTo: agencyId.optional(),
    reclassifiedOn: day,
    basis,
  }),
  restricted: z.object({ established: z.array(established).min(1).max(10), acts: z.array(routingAct), reason: shortText }),
});

/** What came of an act of art. 8 办理结果. */
export const routingOutcome = z.enum(['substantiated', 'unsubstantiated', 'educated', 'disciplined', 'transferred', 'other']);

export const OutcomeRecorded = defineEvent({
  context: 'interference',
  name: 'OutcomeRecorded',
  title: '办理结果已登记',
  means: 'What came of one act of art. 8 is on record.',
  restsOn: { 'interference-provisions': ['第八条'] },
  data: z.object({
    report: opaqueId,
    case: caseNumber,
    institution: agencyId,
    bureau: agencyId,
    act: routingAct.shape.act,
    recipient: agencyId,
    outcome: routingOutcome.meta({ title: '办理结果' }),
    recordedOn: day,
    basis,
  }),
  restricted: z.object({ account: longText }),
});

export const ReportClosed = defineEvent({
  context: 'interference',
  name: 'ReportClosed',
  title: '干预情况报告已办结',
  means: 'Every act of art. 8 that asks for an outcome has one; whom it concerns is told so.',
  restsOn: { 'interference-provisions': ['第八条'] },
  data: z.object({ report: opaqueId, case: caseNumber, institution: agencyId, bureau: agencyId, toTell: z.array(agencyId).max(20), closedOn: day, basis }),
});

/** 打击报复、泄露. */
export const protectionKind = z.enum(['retaliation', 'leak']).meta({ title: '请求保护的事由' });
/** 保护请求 by its number. */
export const protectionId = opaqueId.meta({ title: '保护请求编号' });

export const ProtectionSought = defineEvent({
  context: 'interference',
  name: 'ProtectionSought',
  title: '已请求保护',
  means: 'Who recorded or reported tells of retaliation or of a leak. Who it is and what happened is restricted.',
  restsOn: { 'interference-provisions': ['第九条', '第十条'] },
  data: z.object({
    matter: protectionId,
    kind: protectionKind,
    institution: agencyId,
    /** The supervising bureau, or its superior where the bureau itself is concerned. */
    receiver: agencyId,
    soughtOn: day,
    basis,
  }),
  restricted: z.object({ reporter: personId, case: caseNumber, row: opaqueId, account: longText, evidence: z.array(evidence).max(20) }),
});

export const ProtectionDisclosed = defineEvent({
  context: 'interference',
  name: 'ProtectionDisclosed',
  title: '保护请求的内容已依权限查阅',
  means: 'What a request for protection says was opened: when, to which role of which agency; restricted, why. Who asked can see it.',
  restsOn: { 'interference-provisions': ['第九条', '第十条'] },
  data: z.object({ matter: protectionId, toAgency: agencyId, toRole: z.string(), disclosedOn: day, basis }),
  restricted: z.object({ purpose: shortText }),
});

export const ProtectionDecided = defineEvent({
  context: 'interference',
  name: 'ProtectionDecided',
  title: '保护请求已处理',
  means: 'A named officer has decided on a request for protection; a suspected crime is transferred.',
  restsOn: { 'interference-provisions': ['第九条', '第十条'] },
  data: z.object({
    matter: protectionId,
    kind: protectionKind,
    institution: agencyId,
    receiver: agencyId,
    outcome: z.enum(['substantiated', 'unsubstantiated', 'transferred']),
    /** Organ that a suspected crime is transferred to. */
    transferredTo: agencyId.nullable(),
    decidedOn: day,
    basis,
  }),
  restricted: z.object({ account: longText }),
});

/** 干预司法鉴定活动记录表 */
export const RecordFact = defineFact(
  'interference/record',
  '干预司法鉴定活动记录表',
  z.object({
    case: caseNumber,
    institution: agencyId,
    rows: z.array(z.object({ row: opaqueId, signer: personId, signedOn: day, corrects: opaqueId.optional() })),
    /** All rows that were asked for after the case was concluded are there; `null` where none had to be asked for. */
    complete: z.boolean().nullable(),
  }),
);

/** 干预情况报告 */
export const ReportFact = defineFact(
  'interference/report',
  '干预情况报告',
  z.object({
    report: opaqueId,
    case: caseNumber,
    institution: agencyId,
    bureau: agencyId,
    status: z.string(),
    /** It was reported to the institution. */
    institutionKnows: z.boolean(),
    forwarded: z.boolean(),
  }),
);

/** 保护请求 */
export const ProtectionFact = defineFact('interference/protection', '保护请求', z.object({ matter: opaqueId, receiver: agencyId, decidedOn: day.nullable() }));

/** 月份 in Asia/Shanghai, `YYYY-MM`. */
export const month = z
  .string()
  .regex(/^20\d{2}-(0[1-9]|1[0-2])$/, '应为月份，写作 2026-03')
  .meta({ examples: ['2026-03'] });

const count = z.int().min(0).max(9_999_999);

/** 检查统计 of one institution over a period, as it may know it of itself: nothing of what passed it by. */
export const institutionFigures = z.object({
  /** 建档案件 */
  cases: count,
  /** 已签记录 */
  rows: count,
  /** 要求补签的记录 */
  asked: count,
  /** 补签齐全的案件 */
  completed: count,
  /** 收到报告 */
  reports: count,
  /** 向主管机关转报 */
  forwarded: count,
  /** 依章程处理内部人员 */
  insiders: count,
  /** 报告人撤回 */
  withdrawn: count,
  /** 机构待办的报告, on the day it was drawn up. */
  open: count,
  /** 结案后仍未签的记录, likewise. */
  missing: count.meta({ title: '结案后仍未签的记录数' }),
  /** 已过的期限, likewise. */
  overdue: count,
});
export type InstitutionFigures = z.infer<typeof institutionFigures>;

/** 通报中的一行 */
export const circularLine = z.object({ institution: agencyId, ...institutionFigures.shape });
/** Institutions of one circular. */
export const MOST_LINES = 300;
/** Institutions that one event addresses: what follows for them fits into one list of a reaction. */
export const MOST_ADDRESSED = 40;

export const CircularIssued = defineEvent({
  context: 'interference',
  name: 'CircularIssued',
  title: '情况通报已印发',
  means: 'A bureau has issued a circular on the records and reports of interference in a period, with the figures of each institution.',
  restsOn: { 'interference-provisions': ['印发通知第二段'] },
  data: z.object({
    circular: opaqueId,
    bureau: agencyId,
    from: month,
    to: month,
    lines: z.array(circularLine).min(1).max(MOST_LINES),
    text: z.string().trim().min(1).max(2000).meta({ title: '通报内容' }),
    measures: z.string().trim().min(1).max(1000).meta({ title: '工作要求' }),
    issuedOn: day,
    basis,
  }),
});

export const CircularAddressed = defineEvent({
  context: 'interference',
  name: 'CircularAddressed',
  title: '情况通报已发往鉴定机构',
  means: 'A circular goes to these institutions, each of which it names.',
  restsOn: { 'interference-provisions': ['印发通知第二段'] },
  data: z.object({
    circular: opaqueId,
    bureau: agencyId,
    from: month,
    to: month,
    institutions: z.array(agencyId).min(1).max(MOST_ADDRESSED),
    issuedOn: day,
    basis,
  }),
});

export const ImportantMatterReported = defineEvent({
  context: 'interference',
  name: 'ImportantMatterReported',
  title: '重要情况已向上级请示报告',
  means: 'A bureau has reported an important matter to its superior, which may open the report from then on. Why is restricted.',
  restsOn: { 'interference-provisions': ['印发通知第二段'] },
  data: z.object({
    report: opaqueId,
    case: caseNumber,
    institution: agencyId,
    /** Who reports upward. */
    bureau: agencyId,
    superior: agencyId,
    reportedOn: day,
    basis,
  }),
  restricted: z.object({ reason: longText }),
});
