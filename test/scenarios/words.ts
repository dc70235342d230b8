import * as z from 'zod';
import { Misstated } from './step.ts';

/** Words of a scenario for the API's own (用语). */
export type Words = Readonly<Record<string, string>>;

/** One of these words, as the API has it. */
export const oneOf = <const W extends Words>(words: W) =>
  z.enum(Object.keys(words) as [keyof W & string, ...(keyof W & string)[]]).transform((word) => words[word] as W[keyof W]);

export const apiWord = (words: Words, word: string): string => {
  const found = words[word];
  if (found === undefined) throw new Misstated(`“${word}”不是${Object.keys(words).join('、')}之一`);
  return found;
};

/** The word for what the API says; its own where there is none. */
export const wordFor = (words: Words, value: string): string => Object.entries(words).find(([, each]) => each === value)?.[0] ?? value;

export const PROVINCES: Words = { 上海市: '310000', 江西省: '360000', 重庆市: '500000', 山西省: '140000' };

export const AGENCY_KINDS: Words = {
  司法行政机关: 'justice-bureau',
  法院: 'court',
  检察院: 'procuratorate',
  公安机关: 'police',
  卫生健康部门: 'health',
  纪检监察机关: 'discipline',
  政府: 'government',
  协会: 'association',
  市场监管部门: 'market-regulator',
  能力验证提供者: 'provider',
  其他单位: 'organ',
};

export const LEVELS: Words = { 省级: 'province', 市级: 'city', 县级: 'county' };

/** Who reads an agency's mail. */
export const DESK_ROLES: Words = { institution: 'head', 'justice-bureau': 'officer', ministry: 'officer' };

/** 身份, by the kind of agency; `clerk` elsewhere. */
export const ROLES: Readonly<Record<string, Words>> = {
  institution: { 司法鉴定人: 'appraiser', 负责人: 'head', 工作人员: 'staff' },
  'justice-bureau': { 承办人员: 'officer', 负责人: 'leader', 登记人员: 'registrar', 系统管理人员: 'operator' },
};
export const CLERK: Words = { 经办人: 'clerk' };

export const INTERFERERS: Words = {
  委托人: 'commissioner',
  案件当事人或其代理人: 'party-or-agent',
  鉴定机构内部人员: 'insider',
  司法行政机关工作人员: 'bureau-staff',
  其他: 'other',
};
export const CONTENTS: Words = { 请托说情: 'plead', 干预鉴定程序: 'procedure', 干预鉴定意见: 'opinion', 其他: 'other' };
export const ARTICLE_THREE: Words = { '第（一）项': 'plead', '第（二）项': 'private-meeting', '第（三）项': 'coerce', '第（四）项': 'other' };
export const INSIDERS: Words = { 无: 'none', 负责人: 'head', 其他人员: 'other' };
export const DESTINATIONS: Words = { 本机构: 'institution', 主管司法行政机关: 'bureau' };

export const SITUATIONS: Words = {
  机构负责人: 'insider-head',
  造成严重后果的内部人员: 'insider-serious',
  一般内部人员: 'insider-ordinary',
  司法行政机关工作人员: 'bureau-staff',
  收到报告的司法行政机关负责人: 'bureau-head',
  委托机关: 'commissioning-organ',
  委托机关工作人员: 'commissioning-organ-staff',
  其他机关或者组织: 'other-organ',
  其他机关或者组织的工作人员: 'other-organ-staff',
  其他个人: 'individual',
  身份不明的人: 'unknown',
};
export const ACTS: Words = {
  调查处理: 'investigate',
  依法处理: 'handle',
  通报上级机关或者主管单位: 'inform-superior',
  告知委托人: 'tell-commissioner',
  退回机构处理: 'return-to-institution',
  通报纪检监察机关: 'inform-discipline',
  查明身份: 'identify',
  依规依纪处理: 'party-discipline',
};
export const OUTCOMES: Words = {
  属实: 'substantiated',
  不属实: 'unsubstantiated',
  批评教育: 'educated',
  已处分: 'disciplined',
  已移送: 'transferred',
  其他: 'other',
};
export const IDENTITY_PURPOSES: Words = { 调查核实: 'investigate', 保护报告人: 'protect', 移送: 'transfer', 检查: 'inspect' };
export const PROTECTIONS: Words = { 打击报复: 'retaliation', 泄露: 'leak' };
export const PROTECTORS: Words = { 主管司法行政机关: 'bureau', 其上级机关: 'superior' };
export const PROTECTION_OUTCOMES: Words = { 属实: 'substantiated', 不属实: 'unsubstantiated', 移送: 'transferred' };
export const REPORT_STATUS: Words = {
  待机构处理: 'at-institution',
  机构已依章程处理: 'dealt-with',
  待主管机关处理: 'at-bureau',
  已处理: 'routed',
  已办结: 'closed',
  已撤回: 'withdrawn',
};
export const OPENED: Words = { 报告内容: 'content', 报告人身份: 'identity' };

export const BREACHES: Words = {
  未记录: 'did-not-record',
  记录不如实: 'recorded-untruthfully',
  未报告: 'did-not-report',
  报告不如实: 'reported-untruthfully',
  授意不记录或者不报告: 'instructed-not-to-record-or-report',
  泄露: 'leaked',
  打击报复: 'retaliated',
  机构未转报: 'did-not-forward',
  其他违反本规定: 'other',
};
export const SUBJECT_ROLES: Words = { 负责人: 'head', 工作人员: 'staff', 机构: 'institution' };
export const MEASURES: Words = { 责令改正: 'order-to-correct', 记入诚信档案: 'integrity-entry', 训诫: 'admonition', 通报批评: 'circular-criticism' };
export const ORDER_STATUS: Words = { 待改正: 'open', 已改正: 'corrected', 已撤销: 'revoked' };
export const ENTRY_ROLES: Words = { 司法鉴定人: 'appraiser', ...SUBJECT_ROLES };

export const DEADLINES: Words = {
  转报: 'forward-report',
  按第八条处理: 'route-report',
  签收通知: 'sign-for-notice',
  催办签收: 'remind-of-notice',
  逾期上报: 'escalate-notice',
  改正: 'correct',
  签署记录: 'sign-rows',
  提交整改情况: 'rectify',
  核实整改情况: 'verify-rectification',
};
export const CASE_NUMBERS: Words = { 案件编号: 'case', 受理前事项编号: 'matter' };
export const CASE_OUTCOMES: Words = { 出具意见: 'opinion', 不予受理: 'refused', 终止鉴定: 'terminated' };
export const DEADLINE_STATUS: Words = { 未到期: 'running', 将到期: 'approaching', 已过期: 'passed' };
export const NATURES: Words = { 服务提醒: 'alert', 法定期限: 'legal' };

export const ENDPOINT_STATUS: Words = { 正常: 'none', 已按要求停用: 'asked', 因持续失败停用: 'failing', 因不再接收停用: 'gone' };
export const DELIVERY_STATUS: Words = { 待投递: 'due', 已投递: 'delivered', 已放弃: 'given-up' };

/** What a scenario's delegation names. */
export const DELEGABLE: Words = { 全部: 'all', 认定: 'sanctions/find-breach', 撤回认定: 'sanctions/withdraw-finding', 核实改正: 'sanctions/verify-correction' };
export const DELEGATION_STANDING: Words = { 未开始: 'to-come', 有效: 'in-force', 已期满: 'over', 已撤销: 'revoked' };

/** 鉴定项目, briefly. */
export const ITEMS: Words = { 损伤程度鉴定: 'medicine-0201', 残疾等级鉴定: 'medicine-0202', 笔迹鉴定: 'evidence-0101' };
export const VERDICTS: Words = { 合格: 'passed', 有问题: 'warned', 不合格: 'failed', 缺席: 'absent' };
export const CORRECTION_CAUSES: Words = { 填报错误: 'misreported', 重新评价: 'reassessed', 申诉成立: 'appeal-upheld' };
export const RECTIFICATION_OUTCOMES: Words = { 到位: 'verified', 不到位: 'not-in-place', 仍不符合执业要求: 'still-unfit' };
export const RECTIFICATION_STATUS: Words = {
  已拟办: 'drawn-up',
  整改中: 'ordered',
  待核实: 'submitted',
  已到位: 'verified',
  未通过: 'failed',
  已撤销: 'cancelled',
};
export const CANCELLATION_STATUS: Words = {
  已申请: 'applied',
  已告知: 'noticed',
  已申请陈述申辩: 'hearing-requested',
  已听取: 'heard',
  已注销: 'cancelled',
  不予注销: 'kept',
  已撤销: 'withdrawn',
};
export const CANCELLATION_OUTCOMES: Words = { 注销: 'cancel', 不予注销: 'keep' };
/** What an entry of an institution's file is about, where no finding stands behind it. */
export const ENTRY_GROUNDS: Words = {
  能力验证不合格: 'ProficiencyTestFailed',
  能力验证缺席: 'ProficiencyAbsenceRecorded',
  责令限期整改: 'RectificationOrdered',
  整改未通过: 'RectificationFailed',
  鉴定业务注销: 'BusinessScopeCancelled',
};
