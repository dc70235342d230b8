import * as z from 'zod';
import { basis } from './basis.ts';
import { agencyId, day, evidence, longText, numbered, opaqueId, shortText, threeDates } from './common.ts';
import { defineEvent } from './event.ts';
import { defineFact } from './fact.ts';

/** 鉴定项目 by its code: class and the official four digits, such as `medicine-0201`. */
export const itemCode = z
  .string()
  .min(1)
  .max(20)
  .meta({ examples: ['medicine-0201'] });
/** 能力验证年度 */
export const testYear = z
  .int()
  .min(2005)
  .max(9999)
  .meta({ examples: [2025] });

/** 结果 as the rules take it: 合格 · 有问题（警示）· 不合格 · 缺席. */
export const verdict = z.enum(['passed', 'warned', 'failed', 'absent']);
export type Verdict = z.infer<typeof verdict>;

const scores = z
  .array(z.number())
  .min(1)
  .max(50)
  .meta({ examples: [[0.8]] });

/** 评价: in the provider's words, or by the scores of which the worst decides. */
export const grade = z.discriminatedUnion('by', [
  z.object({
    by: z.literal('word'),
    word: z
      .string()
      .min(1)
      .max(20)
      .meta({ examples: ['满意'] }),
  }),
  z.object({ by: z.literal('z'), scores }),
  z.object({ by: z.literal('en'), scores }),
]);
export type Grade = z.infer<typeof grade>;

/** Whose proficiency, in what, in which year. */
const tested = { institution: agencyId, item: itemCode, year: testYear };
/** 主管该鉴定机构的司法行政机关, and the registrar's own where the register names it. */
const concerned = { bureau: agencyId, registrar: agencyId.nullable() };
const ofRound = { year: testYear, item: itemCode, provider: agencyId };

export const ProficiencyRoundOpened = defineEvent({
  context: 'proficiency',
  name: 'ProficiencyRoundOpened',
  title: '能力验证计划已开始',
  means: 'A provider offers a round of proficiency testing in an item for a year; the institutions named owe a result.',
  restsOn: { 'excellence-opinions': ['第14条'] },
  data: z.object({ ...ofRound, institutions: z.array(agencyId).max(1000), openedOn: day, basis }),
});

export const InstitutionsEnrolled = defineEvent({
  context: 'proficiency',
  name: 'InstitutionsEnrolled',
  title: '能力验证计划已增加参加机构',
  means: 'Further institutions owe a result in a round.',
  restsOn: { 'excellence-opinions': ['第14条'] },
  data: z.object({ ...ofRound, institutions: z.array(agencyId).min(1).max(1000), enrolledOn: day, basis }),
});

export const ProficiencyRoundClosed = defineEvent({
  context: 'proficiency',
  name: 'ProficiencyRoundClosed',
  title: '能力验证计划已结束',
  means: 'A round takes no further result.',
  restsOn: { 'excellence-opinions': ['第14条'] },
  data: z.object({ ...ofRound, enrolled: z.int().min(0), closedOn: day.meta({ title: '结束日期' }), basis }),
});

export const ProficiencyResultsDue = defineEvent({
  context: 'proficiency',
  name: 'ProficiencyResultsDue',
  title: '能力验证计划结束时的参加机构名单',
  means: 'Institutions of a round that is closed: whoever of them has no result was absent.',
  restsOn: { 'excellence-opinions': ['第14条'] },
  data: z.object({ ...ofRound, institutions: z.array(agencyId).min(1).max(200), closedOn: day.meta({ title: '结束日期' }), basis }),
});

const result = { ...tested, provider: agencyId, ...concerned, grade, reportedOn: day, basis };

export const ProficiencyTestPassed = defineEvent({
  context: 'proficiency',
  name: 'ProficiencyTestPassed',
  title: '能力验证合格',
  means: 'An institution has passed a year’s proficiency test in an item; a chain of failures ends with it.',
  restsOn: { 'excellence-opinions': ['第14条'] },
  data: z.object(result),
});

export const ProficiencyTestWarned = defineEvent({
  context: 'proficiency',
  name: 'ProficiencyTestWarned',
  title: '能力验证有问题',
  means: 'A result is questionable: no failure, but a recorded warning.',
  restsOn: { 'excellence-opinions': ['第14条'] },
  data: z.object(result),
});

export const ProficiencyTestFailed = defineEvent({
  context: 'proficiency',
  name: 'ProficiencyTestFailed',
  title: '能力验证不合格',
  means: 'An institution has failed a year’s proficiency test in an item.',
  restsOn: { 'excellence-opinions': ['第14条'] },
  data: z.object({
    ...result,
    /** 记入诚信档案: by the rules of its day. */
    entersFile: z.boolean(),
  }),
});

export const ProficiencyAbsenceRecorded = defineEvent({
  context: 'proficiency',
  name: 'ProficiencyAbsenceRecorded',
  title: '能力验证缺席已记录',
  means: 'An institution gave no result in a round that it was to take part in.',
  restsOn: { 'excellence-opinions': ['第14条'] },
  data: z.object({
    ...tested,
    provider: agencyId,
    ...concerned,
    /** 有正当理由 */
    excused: z.boolean(),
    /** Counts as a failed year, by the rules of its day. */
    counts: z.boolean(),
    entersFile: z.boolean(),
    reportedOn: day,
    basis,
  }),
});

/** 更正原因: 填报错误 · 提供者重新评价 · 申诉成立. */
export const correctionCause = z.enum(['misreported', 'reassessed', 'appeal-upheld']);

export const ProficiencyResultCorrected = defineEvent({
  context: 'proficiency',
  name: 'ProficiencyResultCorrected',
  title: '能力验证结果已更正',
  means: 'A result was wrongly reported and counts no longer; what stands in its place, if anything, is an event of its own.',
  restsOn: { 'excellence-opinions': ['第14条'] },
  data: z.object({
    ...tested,
    provider: agencyId,
    ...concerned,
    /** Event that it corrects. */
    corrects: opaqueId.meta({ title: '被更正结果的事件编号' }),
    was: verdict,
    /** `null`: nothing stands in its place (作废). */
    now: verdict.nullable(),
    /** The corrected event had opened an entry in the integrity file. */
    enteredFile: z.boolean(),
    cause: correctionCause.meta({ title: '更正原因' }),
    correctedOn: day,
    basis,
  }),
});

export const OnSiteAssessmentRecorded = defineEvent({
  context: 'proficiency',
  name: 'OnSiteAssessmentRecorded',
  title: '现场测评结果已记录',
  means: 'A justice bureau has recorded how an institution did in an on-site assessment in an item; a later one of the year stands for the earlier.',
  restsOn: { 'jian-reform-plan': ['第12项'] },
  data: z.object({
    ...tested,
    assessor: agencyId,
    ...concerned,
    passed: z.boolean(),
    /** A failed one counts as a failed year, by the rules of its day. */
    counts: z.boolean(),
    assessedOn: day,
    basis,
  }),
});

export const CorrectiveRetestRecorded = defineEvent({
  context: 'proficiency',
  name: 'CorrectiveRetestRecorded',
  title: '补测结果已记录',
  means: 'A corrective retest after a failed year: passed, the item takes commissions again where failure had stopped them. The year stays failed.',
  restsOn: { 'excellence-opinions': ['第14条'] },
  data: z.object({ ...tested, provider: agencyId, ...concerned, passed: z.boolean(), retestedOn: day, basis }),
});

/** Two years running in one item: `year` and the one before it. */
const chain = { ...tested, ...concerned };

export const ConsecutiveFailureDetected = defineEvent({
  context: 'proficiency',
  name: 'ConsecutiveFailureDetected',
  title: '连续两年能力验证不合格',
  means: 'An institution has failed in one item in two consecutive years. Its id names all that follows.',
  restsOn: { 'jian-reform-plan': ['第12项'] },
  data: z.object({ ...chain, detectedOn: day, basis }),
});

export const ConsecutiveFailureRevoked = defineEvent({
  context: 'proficiency',
  name: 'ConsecutiveFailureRevoked',
  title: '连续两年不合格的认定已撤销',
  means: 'One of the two years no longer counts as failed: what followed from the two is compensated.',
  restsOn: { 'jian-reform-plan': ['第12项'] },
  data: z.object({
    ...chain,
    /** Event that had detected them. */
    detected: opaqueId,
    revokedOn: day,
    basis,
  }),
});

/** One rectification: named by the event that detected the two years. */
const ofRectification = { rectification: opaqueId, ...chain };

export const RectificationDrawnUp = defineEvent({
  context: 'proficiency',
  name: 'RectificationDrawnUp',
  title: '责令限期整改已拟办',
  means: 'An order to rectify lies drawn up on the bureau’s desk; nothing burdens the institution until an officer decides.',
  restsOn: { 'jian-reform-plan': ['第12项'] },
  data: z.object({
    ...ofRectification,
    /** The document it rests on has been adopted in the province; otherwise it cannot be ordered. */
    binding: z.boolean(),
    drawnUpOn: day,
    basis,
  }),
});

export const RectificationOrdered = defineEvent({
  context: 'proficiency',
  name: 'RectificationOrdered',
  title: '已责令限期整改',
  means: 'A named officer has ordered an institution to rectify within a time.',
  restsOn: { 'jian-reform-plan': ['第12项'] },
  data: z.object({ ...ofRectification, dates: threeDates, orderedOn: day, basis }),
});

export const RectificationNumbered = defineEvent({
  context: 'proficiency',
  name: 'RectificationNumbered',
  title: '文号已记入责令限期整改决定',
  means: 'The order of a rectification knows its number, and the full names of its two sides.',
  restsOn: { 'jian-reform-plan': ['第12项'] },
  data: z.object({ rectification: opaqueId, ...numbered, basis }),
});

export const RectificationSubmitted = defineEvent({
  context: 'proficiency',
  name: 'RectificationSubmitted',
  title: '整改情况已提交',
  means: 'The institution has submitted its rectification with evidence, in time. What it says is restricted.',
  restsOn: { 'jian-reform-plan': ['第12项'] },
  data: z.object({
    ...ofRectification,
    /** As the order has them: by then the bureau is to have verified it. */
    dates: threeDates,
    submittedOn: day,
    basis,
  }),
  restricted: z.object({ account: longText, evidence: z.array(evidence).min(1).max(20) }),
});

export const RectificationDisclosed = defineEvent({
  context: 'proficiency',
  name: 'RectificationDisclosed',
  title: '整改材料已依权限查阅',
  means: 'What a rectification says was opened: when, to which role of which agency; restricted, why.',
  restsOn: { 'jian-reform-plan': ['第12项'] },
  data: z.object({ rectification: opaqueId, toAgency: agencyId, toRole: z.string(), disclosedOn: day, basis }),
  restricted: z.object({ purpose: shortText }),
});

export const RectificationVerified = defineEvent({
  context: 'proficiency',
  name: 'RectificationVerified',
  title: '整改已核实到位',
  means: 'The bureau has verified that what was submitted is in place and the institution meets the conditions of practice.',
  restsOn: { 'jian-reform-plan': ['第12项'] },
  data: z.object({ ...ofRectification, verifiedOn: day, basis }),
});

/** 整改不到位 · 仍不符合执业要求 · 期满未提交. */
export const rectificationFault = z.enum(['not-in-place', 'still-unfit', 'nothing-submitted']);

export const RectificationFailed = defineEvent({
  context: 'proficiency',
  name: 'RectificationFailed',
  title: '整改未通过',
  means: 'The rectification failed: the bureau found it so, or nothing was submitted by the deadline. The bureau may apply for striking off.',
  restsOn: { 'jian-reform-plan': ['第12项'] },
  data: z.object({ ...ofRectification, fault: rectificationFault, failedOn: day, basis }),
  restricted: z.object({ account: longText }),
});

/** 整改状态: 已拟办 · 整改中 · 已提交 · 已核实 · 未通过 · 已撤销. */
export const rectificationStatus = z.enum(['drawn-up', 'ordered', 'submitted', 'verified', 'failed', 'cancelled']);
export type RectificationStatus = z.infer<typeof rectificationStatus>;

export const RectificationCancelled = defineEvent({
  context: 'proficiency',
  name: 'RectificationCancelled',
  title: '限期整改已撤销',
  means: 'The two failed years no longer stand, and the rectification with them; what had followed from it is compensated.',
  restsOn: { 'jian-reform-plan': ['第12项'] },
  data: z.object({
    ...ofRectification,
    /** Where it stood; `null`: it was not drawn up yet, and will not be. */
    was: rectificationStatus.nullable().meta({ title: '撤销前的整改状态' }),
    /** Its events that had opened an entry in the integrity file. */
    entered: z.array(opaqueId).max(2),
    cancelledOn: day,
    basis,
  }),
});

/** 能力验证计划 */
export const RoundFact = defineFact('proficiency/round', '贵单位该年度该项目的能力验证计划', z.object({ closed: z.boolean() }));

/** 能力验证记录 of one institution in one item. */
export const ProficiencyFact = defineFact(
  'proficiency/record',
  '能力验证记录',
  z.object({
    /** Latest failed year after which nothing was passed, no test and no retest; `null`: none. */
    unresolved: testYear.nullable(),
  }),
);

/** 限期整改 */
export const RectificationFact = defineFact(
  'proficiency/rectification',
  '限期整改',
  z.object({
    rectification: opaqueId,
    institution: agencyId,
    item: itemCode,
    bureau: agencyId,
    registrar: agencyId.nullable(),
    status: rectificationStatus.nullable(),
    submitted: z.boolean(),
    /** The bureau has found it in place or not. */
    decided: z.boolean(),
    /** How it failed; `null`: it has not. */
    fault: rectificationFault.nullable(),
  }),
);
