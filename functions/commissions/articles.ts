import { cite } from '../../events/documents.ts';

/** Opening a file (程序通则). */
export const ACCEPTANCE = cite('procedure-rules', '第十一条');
/** A matter 受理前事项 is not accepted: no opinion comes of it. */
export const NOT_ACCEPTED = cite('procedure-rules', '第十一条', '受理前事项没有受理，受理后以案件编号建档的才能出具意见');
export const APPRAISERS_OF_INSTITUTION = cite('procedure-rules', '第十八条');
export const TWO_APPRAISERS = cite('procedure-rules', '第十九条');

/** 不得受理 (rule Q-2 ①). */
export const OUT_OF_SCOPE = cite('procedure-rules', '第十五条第（一）项');
/** Rule P-4: no text stops the item; where the province's policy does, this is what it rests on. */
export const STOPPED = cite('jian-reform-plan', '第12项', '能力验证不合格的鉴定项目，补测合格前不受理新的委托；是否如此，由本省规则定');

/** How a case ends (程序通则), by 办结方式. */
export const CONCLUSION = {
  opinion: cite('procedure-rules', '第三十六条'),
  refused: cite('procedure-rules', '第十七条'),
  terminated: cite('procedure-rules', '第二十九条'),
} as const;

export const ARCHIVE = cite('procedure-rules', '第四十二条');
export const NOT_CONCLUDED = cite('procedure-rules', '第四十二条', '出具意见、不予受理或者终止鉴定之前，案件没有办结，不归档');
/** 零报告: the gate before the archive. */
export const ZERO_REPORT = cite('interference-provisions', '第四条', '记录表存入业务档案后方可归档：每名鉴定人均已签名；不予受理、终止鉴定的事项同样适用');
