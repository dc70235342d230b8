/**
 * The rules as data 规则参数: what the texts leave to figures and switches, effective-dated, national with a province's overrides (X5).
 * `[default]` marks our reading, `[config]` a figure that the texts do not settle; what is decided by either says so in its basis.
 */
import * as z from 'zod';
import type { Basis } from '../../events/basis.ts';
import { cite, DOCUMENT_IDS, DOCUMENTS, type DocumentId } from '../../events/documents.ts';
import { calendarDay, term, workdayTerm } from '../kernel/calendar.ts';

/** 干预记录与报告 (司办通〔2020〕56号). */
const interference = z.strictObject({
  /** From the row to the institution's knowledge, and from there to its forwarding: a service alert when it takes longer, never a breach (art. 5, 及时; X4) [default]. */
  reportAlert: workdayTerm,
  /** From the report to the bureau's routing: a service alert, never a breach (art. 8, 及时; X4) [default]. */
  routeAlert: workdayTerm,
  /** Failures to record or report truthfully from which 训诫、通报批评 follow, this number included (art. 11, 两次以上; X1). */
  stepTwoThreshold: z.int().positive(),
  /** Whether a head's instructions 授意 reach step two in their own count (art. 11) [default]. */
  headInstructionsReachStepTwo: z.boolean(),
  /** Within which to put right what was ordered 责令改正 (art. 11, no length given) [default]. */
  correction: term,
  /** From the opinion, refusal or termination: then who still lacks a row is reminded (art. 4, no time given) [default]. */
  zeroReportReminder: workdayTerm,
});

/** 送达与签收 of notices: all three run from the day the notice was sent. */
const notices = z.strictObject({
  /** Within which a recipient is to sign for a notice [default]. */
  signForWithin: workdayTerm,
  /** After which one who has not signed is reminded [default]. */
  remind: workdayTerm,
  /** After which the recipient's superior and the sender are told that it was not signed [default]. */
  escalate: workdayTerm,
});

/** 能力验证. */
const proficiency = z.strictObject({
  /** Length of 限期整改 after two failed years (吉安方案第12项, no length given) [default]. */
  rectification: term,
  /** What a provider's word for a result means (评价用语): 合格 passed · 有问题 warned · 不合格 failed (rule P-1) [config]. */
  words: z.record(z.string().min(1).max(20), z.enum(['passed', 'warned', 'failed'])).readonly(),
  /** z 比分数: the absolute value up to which it is 满意, and from which it is 不满意, both included; between them 有问题 (rule P-1) [config]. */
  z: z.strictObject({ passedUpTo: z.number().positive(), failedFrom: z.number().positive() }).readonly(),
  /** En 值: the absolute value up to which it is 满意, this included (rule P-1) [config]. */
  en: z.strictObject({ passedUpTo: z.number().positive() }).readonly(),
  /** Whether an unexcused absence counts as a failed year; otherwise it is a breach of its own (rule P-2) [default]. */
  absenceCounts: z.boolean(),
  /** Whether a failed on-site assessment 现场测评 counts as a failed year (rule P-5) [config]. */
  assessmentCounts: z.boolean(),
  /** Whether a failed item takes no new commission until a corrective retest passes (rule P-4) [config]. */
  commissionsStopAfterFailure: z.boolean(),
});

/** 注销 (rule R-3). */
const cancellation = z.strictObject({
  /** From the registrar's notice 预先告知 to the last day for asking to be heard [config]. */
  hearing: term,
});

/** 委托办理 (rule X12). */
const delegation = z.strictObject({
  /** Longest time from the first day of a delegation to its last (no text gives one) [default]. */
  atMost: term,
});

const word = z.string().min(1).max(20);

/** 发文机关代字: what stands before the year in the number 文号 of a decision document (rule X12). */
const documentSeries = z.strictObject({
  /** 机关代字 by agency; one that is not listed stands with its registered name (no text gives the words) [default]. */
  agencies: z.record(z.string().min(1).max(64), word),
  /** What follows it for each kind of document, so that no two series of a bureau share a number [default]. */
  kinds: z.strictObject({ order: word, revocation: word, rectification: word, cancellation: word }).readonly(),
});
const distinct = (words: Readonly<Record<string, string>>): boolean => new Set(Object.values(words)).size === Object.keys(words).length;

/** 采用: a province's document by which a draft or a reply letter came to bind there (X10). */
const adoption = z
  .strictObject({
    document: z.enum(DOCUMENT_IDS).refine((id) => DOCUMENTS[id].status !== 'law', '在施行的法律文件无须采用'),
    /** First day on which it binds. */
    from: calendarDay,
    /** Number and title of the adopting document. */
    by: z.string().min(1, '须写明采用文件'),
  })
  .readonly();
export type Adoption = z.infer<typeof adoption>;

const adoptions = z
  .array(adoption)
  .refine((list) => new Set(list.map(({ document }) => document)).size === list.length, '同一文件只能采用一次')
  .readonly();

/** Everything in force in one place on one day. */
export const policy = z
  .strictObject({
    interference: interference.readonly(),
    notices: notices
      .refine(
        ({ signForWithin, remind, escalate }) => remind.workdays <= signForWithin.workdays && signForWithin.workdays <= escalate.workdays,
        '顺序须为：提醒、签收期限、上报',
      )
      .readonly(),
    proficiency: proficiency.refine(({ z: { passedUpTo, failedFrom } }) => passedUpTo < failedFrom, '满意的上限须低于不满意的下限').readonly(),
    cancellation: cancellation.readonly(),
    delegation: delegation.readonly(),
    documentSeries: documentSeries.refine(({ agencies, kinds }) => distinct(agencies) && distinct(kinds), '代字不得重复').readonly(),
    adoptions,
  })
  .readonly();
export type Policy = z.infer<typeof policy>;

/** What a province sets differently: any part of any section; a list stands for the whole list. */
export const policyOverride = z
  .strictObject({
    interference: interference.partial().readonly(),
    notices: notices.partial().readonly(),
    proficiency: proficiency.partial().readonly(),
    cancellation: cancellation.partial().readonly(),
    delegation: delegation.partial().readonly(),
    documentSeries: documentSeries.partial().readonly(),
    adoptions,
  })
  .partial()
  .readonly();
export type PolicyOverride = z.infer<typeof policyOverride>;

/** By what a document came to bind here; nothing when it has not been adopted. */
export const adoptionOf = (id: DocumentId, { adoptions: adopted }: Pick<Policy, 'adoptions'>): Adoption | undefined =>
  adopted.find(({ document }) => document === id);

/** Whether a document's rules take effect; otherwise they only draw up what an officer may decide (X10). */
export const isBinding = (id: DocumentId, values: Pick<Policy, 'adoptions'>): boolean => DOCUMENTS[id].status === 'law' || adoptionOf(id, values) !== undefined;

/** A basis on an article of a draft (X6, X10): the reading says by which document it was adopted here, or that it was not and only draws up. */
export function citeDraft(id: DocumentId, article: string, policy: Pick<Policy, 'adoptions'>, ...readings: readonly string[]): Basis {
  const adopted = adoptionOf(id, policy);
  const standing = adopted ? `本省以${adopted.by}采用，自${adopted.from}起施行` : '征求意见稿，本省尚未采用，只拟办，不产生后果';
  return cite(id, article, [standing, ...readings].join('；'));
}
