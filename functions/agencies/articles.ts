import type { Basis } from '../../events/basis.ts';
import { cite } from '../../events/documents.ts';

/** What a bureau has to do is done by its officers; no text says who stands in for one. */
export const DELEGATION: Basis = {
  document: '司办通〔2020〕56号',
  article: '第八条',
  status: 'law',
  reading: '应由司法行政机关办理的事项，承办人员可以在一定期间内委托本机关其他人员办理，决定写明委托人和受委托人',
};

/** Art. 8 tells superiors and governing bodies, so that the directory must know them. */
export const DIRECTORY: Basis = {
  document: '司办通〔2020〕56号',
  article: '第八条',
  status: 'law',
  reading: '通报上级机关或者主管单位，须先在名录中登记其上级机关或者主管单位',
};

/** Who is told when an item is struck off: the plan names the agencies, not how they are found. */
export const LISTED = cite('jian-reform-plan', '第12项', '业务注销后告知机构所在县、市、省的法院、检察院、公安机关和市场监督管理部门，按名录中的区划查找');

/** How an agency's system shows who it is: no text says it, and the law asks for technical measures. */
export const CREDENTIAL = cite('data-security-law', '第二十七条', '未规定单位的系统如何证明来源；以登记的密钥对所提交的内容签名，作为保障数据安全的技术措施');

/** What a bureau decides has a named officer (rule X9). */
export const BY_OFFICERS = cite('interference-provisions', '第八条', '应由司法行政机关办理的事项由承办人员办理，须能指明办理人，不能由系统签名提交');
