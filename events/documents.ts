import type { Basis, DocumentStatus } from './basis.ts';

/** A document 文件 that rules are taken from. */
export interface SourceDocument {
  /** 文号 or number of the standard; statutes are cited by title. */
  readonly number?: string;
  readonly title: string;
  readonly status: DocumentStatus;
}

/** Every document that a rule cites. The first five are those that the rules were first drawn from. */
export const DOCUMENTS = {
  'shanghai-reply': { number: '沪司复函〔2026〕22号', title: '上海市司法局对市十六届人大四次会议第0459号代表建议的答复', status: 'policy' },
  'chongqing-reply': { title: '重庆市司法局关于市六届人大一次会议第1164号建议办理情况的答复函', status: 'policy' },
  'jian-reform-plan': { title: '吉安市关于深化司法鉴定管理体制改革的工作方案（征求意见稿）', status: 'draft' },
  'excellence-opinions': { title: '关于加强高资质高水平司法鉴定机构建设与管理的意见（征求意见稿）', status: 'draft' },
  'interference-provisions': { number: '司办通〔2020〕56号', title: '司法鉴定机构、鉴定人记录和报告干预司法鉴定活动的有关规定', status: 'law' },

  'appraisal-decision': { title: '全国人民代表大会常务委员会关于司法鉴定管理问题的决定', status: 'law' },
  'civil-code': { title: '中华人民共和国民法典', status: 'law' },
  'penalty-law': { title: '中华人民共和国行政处罚法', status: 'law' },
  'licensing-law': { title: '中华人民共和国行政许可法', status: 'law' },
  'personal-information-law': { title: '中华人民共和国个人信息保护法', status: 'law' },
  'data-security-law': { title: '中华人民共和国数据安全法', status: 'law' },
  'procedure-rules': { number: '司法部令第132号', title: '司法鉴定程序通则', status: 'law' },
  'complaint-measures': { number: '司法部令第144号', title: '司法鉴定执业活动投诉处理办法', status: 'law' },
  'institution-registration': { number: '司法部令第95号', title: '司法鉴定机构登记管理办法', status: 'law' },
  'appraiser-registration': { number: '司法部令第96号', title: '司法鉴定人登记管理办法', status: 'law' },
  'shanghai-regulations': { title: '上海市司法鉴定管理条例', status: 'law' },
  'chongqing-regulations': { title: '重庆市司法鉴定条例', status: 'law' },
  'forensic-medicine-categories': { number: '司规〔2020〕3号', title: '法医类司法鉴定执业分类规定', status: 'law' },
  'trace-evidence-categories': { number: '司规〔2020〕5号', title: '物证类司法鉴定执业分类规定、声像资料司法鉴定执业分类规定', status: 'law' },
  'environment-categories': { number: '司发通〔2019〕56号', title: '环境损害司法鉴定执业分类规定', status: 'law' },
  'credit-code-standard': { number: 'GB 32100-2015', title: '法人和其他组织统一社会信用代码编码规则', status: 'law' },
  'organization-code-standard': { number: 'GB 11714-1997', title: '全国组织机构代码编制规则', status: 'law' },
  'citizen-number-standard': { number: 'GB 11643-1999', title: '公民身份号码', status: 'law' },
} as const satisfies Record<string, SourceDocument>;

export type DocumentId = keyof typeof DOCUMENTS;

export const DOCUMENT_IDS = Object.keys(DOCUMENTS) as [DocumentId, ...DocumentId[]];

/** The document as it is cited: its number, or its title in 《》. */
export function citationOf(id: DocumentId): string {
  const { number, title }: SourceDocument = DOCUMENTS[id];
  return number ?? `《${title}》`;
}

/** A basis (X6) on a document's article; `reading` is the sentence by which the text was read where it leaves a question open. */
export function cite(id: DocumentId, article: string, reading?: string): Basis {
  return { document: citationOf(id), article, status: DOCUMENTS[id].status, ...(reading === undefined ? {} : { reading }) };
}

/** The document that a basis cites; nothing for one that is not listed here. */
export const documentOf = ({ document }: Basis): DocumentId | undefined => DOCUMENT_IDS.find((id) => citationOf(id) === document);
