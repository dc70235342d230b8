import * as z from 'zod';
import { basis } from './basis.ts';
import { agencyId, day, longText, numbered, opaqueId, shortText, systemId, threeDates } from './common.ts';
import { defineEvent } from './event.ts';
import { defineFact } from './fact.ts';
import { itemCode, testYear } from './proficiency.ts';
import { cancellationOutcome } from './registry.ts';

/** Whose file it stands in (责任主体): an appraiser's own, or for anyone else of an institution the institution's, naming the role. */
export const subject = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('appraiser'), id: systemId.meta({ title: '司法鉴定人代号' }) }),
  z.object({ kind: z.literal('institution'), id: agencyId, role: z.enum(['head', 'staff', 'institution']) }),
]);
export type Subject = z.infer<typeof subject>;

/** Natural key of a subject's ladder: a person's own, or the institution's with the capacity. */
export const ladderKey = (of: Subject): readonly string[] => (of.kind === 'appraiser' ? ['appraiser', of.id] : ['institution', of.id, of.role]);

/** 第十一条 (一) (二) (三), with what was breached. */
export const breach = z.enum([
  'did-not-record',
  'recorded-untruthfully',
  'did-not-report',
  'reported-untruthfully',
  'instructed-not-to-record-or-report',
  'leaked',
  'retaliated',
  'did-not-forward',
  'other',
]);
export type Breach = z.infer<typeof breach>;

/** 行政处理, never 行政处罚. */
export const measure = z.enum(['order-to-correct', 'integrity-entry', 'admonition', 'circular-criticism']);
export type Measure = z.infer<typeof measure>;

/** A finding by its number, the institution whose inbox its notices reach, and the bureau that made it. */
const ofFinding = { finding: opaqueId, institution: agencyId, bureau: agencyId };
/** What was found: acts count, not decisions. */
const found = { ...ofFinding, subject, breach, acts: z.int().min(1).max(100).meta({ title: '行为次数' }) };

export const BreachFound = defineEvent({
  context: 'sanctions',
  name: 'BreachFound',
  title: '违反规定的行为已认定',
  means: 'A named officer has found a breach of the rules on recording and reporting; the step of art. 11 follows from the count.',
  restsOn: { 'interference-provisions': ['第十一条'] },
  data: z.object({
    ...found,
    /** Acts that count towards step two, this finding's included. */
    counted: z.int().min(0),
    /** Counted acts from which step two follows, by the rules of the finding's day. */
    threshold: z.int().min(1),
    measures: z.array(measure).min(1),
    correction: threeDates,
    foundOn: day,
    basis,
  }),
  restricted: z.object({ account: longText }),
});

export const FindingWithdrawn = defineEvent({
  context: 'sanctions',
  name: 'FindingWithdrawn',
  title: '认定已撤回',
  means: 'A finding is withdrawn; what rested on it, and only that, is compensated.',
  restsOn: { 'interference-provisions': ['第十一条'] },
  data: z.object({
    ...found,
    /** What still stood of the finding's own measures. */
    measures: z.array(measure),
    /** Later findings whose second step rested on this one, and what of theirs goes with it. */
    released: z.array(z.object({ ...ofFinding, measures: z.array(measure).min(1) })).max(100),
    /** There may be more of them than the count still knows by name: an officer looks through the later findings. */
    reviewLater: z.boolean(),
    withdrawnOn: day,
    basis,
  }),
  restricted: z.object({ reason: shortText }),
});

export const MeasuresIssued = defineEvent({
  context: 'sanctions',
  name: 'MeasuresIssued',
  title: '行政处理决定已作出',
  means: 'The measures of a finding are issued, with the deadline of the correction.',
  restsOn: { 'interference-provisions': ['第十一条'] },
  data: z.object({
    ...found,
    measures: z.array(measure).min(1),
    correction: threeDates,
    basis,
  }),
});

export const MeasuresRevoked = defineEvent({
  context: 'sanctions',
  name: 'MeasuresRevoked',
  title: '行政处理决定已撤销',
  means: 'Measures of a finding are revoked, because it, or one that its second step rested on, was withdrawn.',
  restsOn: { 'interference-provisions': ['第十一条'] },
  data: z.object({
    ...ofFinding,
    measures: z.array(measure).min(1),
    /** Finding that was withdrawn. */
    because: opaqueId,
    basis,
  }),
});

/** Where a number stands in its series 文号序列. */
const inSeries = {
  decidedOn: day,
  /** 发文机关代字 */
  series: z.string().min(1).max(220),
  year: z.int().meta({ title: '发文年度', examples: [2026] }),
  /** 发文顺序号: from 1 in each series, without a gap. */
  ordinal: z.int().min(1),
};

export const DocumentNumbered = defineEvent({
  context: 'sanctions',
  name: 'DocumentNumbered',
  title: '决定文书已编号',
  means: 'A decision document has its number in the series of its bureau, kind and year, and can be served.',
  restsOn: { 'interference-provisions': ['第十一条'] },
  data: z.object({
    ...ofFinding,
    ...numbered,
    /** 行政处理决定, or 撤销决定 of such measures. */
    document: z
      .discriminatedUnion('kind', [z.object({ kind: z.literal('order'), subject, correction: threeDates }), z.object({ kind: z.literal('revocation') })])
      .meta({ title: '决定文书' }),
    measures: z.array(measure).min(1),
    ...inSeries,
    basis,
  }),
});

export const DecisionNumbered = defineEvent({
  context: 'sanctions',
  name: 'DecisionNumbered',
  title: '决定书已编号',
  means: 'A decision on a rectification or a striking off has its number in the series of who issued it, its kind and year, and can be served.',
  restsOn: { 'jian-reform-plan': ['第12项'] },
  data: z.object({
    institution: agencyId,
    /** Who issued it: the supervising bureau, or the registrar 登记机关. */
    bureau: agencyId.meta({ title: '发文机关' }),
    ...numbered,
    /** Number of the rectification, or of the striking off. */
    matter: opaqueId.meta({ title: '限期整改或者注销程序编号' }),
    item: itemCode,
    /** 责令限期整改决定, or the decision 注销、不予注销. */
    document: z
      .discriminatedUnion('kind', [
        z.object({
          kind: z.literal('rectification'),
          /** The later of the two failed years. */
          failedYear: testYear,
          dates: threeDates,
        }),
        z.object({ kind: z.literal('cancellation'), outcome: cancellationOutcome.meta({ title: '决定' }) }),
      ])
      .meta({ title: '决定文书' }),
    /** 抄送: who else is told of it. */
    toTell: z.array(agencyId).max(10),
    ...inSeries,
    basis,
  }),
});

export const OrderNumbered = defineEvent({
  context: 'sanctions',
  name: 'OrderNumbered',
  title: '文号已记入行政处理决定',
  means: 'The order of a finding knows the number of a document of its own: of itself, or of a revocation.',
  restsOn: { 'interference-provisions': ['第十一条'] },
  data: z.object({ ...ofFinding, ...numbered, kind: z.enum(['order', 'revocation']), basis }),
});

export const CorrectionVerified = defineEvent({
  context: 'sanctions',
  name: 'CorrectionVerified',
  title: '改正情况已核实',
  means: 'The bureau has verified that what was ordered has been corrected.',
  restsOn: { 'interference-provisions': ['第十一条'] },
  data: z.object({ ...ofFinding, verifiedOn: day, basis }),
});

/** 责任主体的计次 */
export const LadderFact = defineFact('sanctions/ladder', '计次', z.unknown());
/** 已撤回的认定 of a subject: the latest, known here before its order hears of it. */
export const WithdrawnFact = defineFact('sanctions/ladder', '已撤回的认定', z.object({ withdrawn: z.array(opaqueId) }));
/** 行政处理决定 of a finding */
export const OrderFact = defineFact(
  'sanctions/order',
  '认定',
  z.object({
    finding: opaqueId,
    issued: z.object({ subject, institution: agencyId, bureau: agencyId, breach, acts: z.int(), measures: z.array(measure) }).nullable(),
    revoked: z.array(measure),
    correctedOn: day.nullable(),
  }),
);
