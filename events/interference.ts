import * as z from 'zod';
import { basis } from './basis.ts';
import { commissioner } from './commissions.ts';
import { agencyId, caseNumber, day, longText, opaqueId, personId, shortText } from './common.ts';
import { defineEvent } from './event.ts';
import { defineFact } from './fact.ts';

/** 干预人, the boxes of the form: the superset of its two rows. */
export const interfererBox = z.enum(['commissioner', 'party-or-agent', 'insider', 'bureau-staff', 'other']);
/** 干预内容, the boxes of the form. */
export const contentBox = z.enum(['plead', 'procedure', 'opinion', 'other']);
/** Kinds of interference of art. 3: 请托说情; 邀请私下会见; 强迫违规受理、出具特定意见、终止鉴定; 其他. */
export const articleThreeKind = z.enum(['plead', 'private-meeting', 'coerce', 'other']);

/** Where evidence (证据) is kept and what it hashes to; never the evidence itself. */
export const evidence = z.object({
  kind: shortText,
  /** SHA-256, lower-case hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  keptAt: shortText,
});

/** One interferer as the form ticks him, with the text that 其他 needs. */
export const interferer = z.object({ box: interfererBox, other: shortText.optional(), name: shortText.optional(), organ: shortText.optional() });

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
  data: z.object({ case: caseNumber, institution: agencyId, row: opaqueId, signer: personId, signedOn: day }),
  restricted: z.object({ content: recordContent }),
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
]);
export type Situation = z.infer<typeof situation>;

/** What is done under art. 8, towards whom. */
export const routingAct = z.object({
  act: z.enum(['investigate', 'handle', 'inform-superior', 'tell-commissioner', 'return-to-institution', 'inform-discipline']),
  recipient: agencyId,
  /** Situations that the act answers, each once. */
  situations: z.array(situation).min(1),
  basis,
});
export type RoutingAct = z.infer<typeof routingAct>;
/** The act as others may know it: which situation it answers is restricted, for it points at a person. */
export const openRoutingAct = routingAct.omit({ situations: true });

/** What the officer established for one interferer. */
export const established = z.object({ situation, organ: agencyId.optional(), separable: z.boolean() });

/** Whether an insider of the institution interferes: its head (负责人), another, none. */
export const insiderStanding = z.enum(['head', 'other', 'none']);

export const InterferenceReported = defineEvent({
  context: 'interference',
  name: 'InterferenceReported',
  title: '干预司法鉴定活动已报告',
  means: 'Interference was reported, to the institution or straight to the supervising bureau. Who reported and what happened is restricted.',
  data: z.object({
    report: opaqueId,
    case: caseNumber,
    institution: agencyId,
    /** 主管该鉴定机构的司法行政机关 */
    bureau: agencyId,
    commissioner,
    to: z.enum(['institution', 'bureau']),
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
  }),
});

export const ReportForwarded = defineEvent({
  context: 'interference',
  name: 'ReportForwarded',
  title: '鉴定机构已向主管司法行政机关报告',
  means: 'The institution has passed a report of interference by an outsider on to its supervising bureau.',
  data: z.object({ report: opaqueId, case: caseNumber, institution: agencyId, bureau: agencyId, commissioner, forwardedOn: day, basis }),
});

export const ReportRouted = defineEvent({
  context: 'interference',
  name: 'ReportRouted',
  title: '干预情况已按第八条处理',
  means: 'The supervising bureau has established the situation and decided, act by act, who handles and who is told.',
  data: z.object({ report: opaqueId, case: caseNumber, institution: agencyId, bureau: agencyId, acts: z.array(openRoutingAct).min(1).max(20), routedOn: day }),
  restricted: z.object({ established: z.array(established).min(1).max(10), acts: z.array(routingAct) }),
});

export const ReportDisclosed = defineEvent({
  context: 'interference',
  name: 'ReportDisclosed',
  title: '报告内容已依权限查阅',
  means: 'Restricted parts of a report were opened: when, to which role of which agency, and, restricted itself, why.',
  data: z.object({ report: opaqueId, toAgency: agencyId, toRole: z.string() }),
  restricted: z.object({ purpose: shortText }),
});

/** 干预司法鉴定活动记录表 */
export const RecordFact = defineFact(
  'interference/record',
  '干预司法鉴定活动记录表',
  z.object({ case: caseNumber, institution: agencyId, rows: z.array(z.object({ row: opaqueId, signer: personId })) }),
);

/** 干预情况报告 */
export const ReportFact = defineFact(
  'interference/report',
  '干预情况报告',
  z.object({ report: opaqueId, case: caseNumber, institution: agencyId, bureau: agencyId, status: z.string() }),
);
