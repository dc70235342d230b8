import * as z from 'zod';

/** Day in Asia/Shanghai, `YYYY-MM-DD`. */
export const day = z.iso
  .date({ error: ({ code }) => (code === 'invalid_format' ? '应为存在的日期，写作 2026-03-10' : undefined) })
  .meta({ examples: ['2026-03-10'] });
/** Id of an agency (机关、单位): the directory's id, or an institution's unified social credit code. */
export const agencyId = z
  .string()
  .min(1)
  .max(64)
  .meta({ examples: ['made-city-bureau'] });
/** What the system names by itself: 32 lower-case hex characters. */
export const systemId = z
  .string()
  .regex(/^[0-9a-f]{32}$/, '应为系统给出的编号：32位，由数字和小写字母 a 至 f 组成')
  .meta({ examples: ['0123456789abcdef0123456789abcdef'] });
/** Keyed pseudonym of a person (人员代号). */
export const personId = systemId;
/** Opaque id (编号) given by the system. */
export const opaqueId = systemId;
/** Number of a case (案件编号) as the institution gives it. */
export const caseNumber = z
  .string()
  .min(1)
  .max(80)
  .meta({ examples: ['（2026）虚构鉴字第1号'] });
/** A short text in Chinese. */
export const shortText = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .meta({ examples: ['虚构文字'] });
/** A longer account. */
export const longText = z
  .string()
  .trim()
  .min(1)
  .max(4000)
  .meta({ examples: ['虚构的详细说明'] });
/** 行政区划代码, GB/T 2260: six digits. */
export const divisionCode = z
  .string()
  .regex(/^\d{6}$/, '应为六位行政区划代码')
  .meta({ examples: ['360800'] });

/** Where evidence (证据) is kept and what it hashes to; never the evidence itself. */
export const evidence = z.object({
  kind: shortText.meta({ title: '证据种类', examples: ['录音'] }),
  /** SHA-256, lower-case hex. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, '应为 SHA-256 校验值：64位，由数字和小写字母 a 至 f 组成')
    .meta({ examples: ['0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'] }),
  keptAt: shortText,
});

/** What a decision document (决定文书) says of itself: its number 文号, and the full names 全称 of who issued it and to whom, as they were. */
export const numbered = {
  /** Event that the document is of. */
  of: opaqueId,
  number: z.string().min(1).max(250),
  issuedBy: shortText,
  issuedTo: shortText,
};

/** Three dates of a deadline (期限): as counted, as the law has it (rolled to a working day), as the reminder needs it. */
export const threeDates = z.object({
  /** Day it starts from, itself not counted. */
  start: day,
  rawDue: day,
  legalDue: day,
  alertDue: day,
  /** A date lies after the last year whose holidays are known. */
  beyondCalendar: z.boolean(),
});
export type ThreeDates = z.infer<typeof threeDates>;

const length = z.int().positive();

/** 期限长度 in working days. */
export const workdayTerm = z.strictObject({ workdays: length }).readonly();
/** 期限长度: working days, calendar days or months; at least one. */
export const term = z.union([workdayTerm, z.strictObject({ days: length }).readonly(), z.strictObject({ months: length }).readonly()]);
export type Term = z.infer<typeof term>;
