import type { AgencyKind, Role } from './identity.ts';

/** 单位类别 */
export const KIND_WORDS: Readonly<Record<AgencyKind, string>> = {
  'justice-bureau': '司法行政机关',
  ministry: '司法部',
  institution: '司法鉴定机构',
  court: '人民法院',
  procuratorate: '人民检察院',
  police: '公安机关',
  association: '司法鉴定协会',
  discipline: '纪检监察机关',
  health: '卫生健康部门、医学会',
  government: '人民政府、其他行政机关',
  'market-regulator': '市场监督管理部门',
  provider: '能力验证提供者',
  'insurer-regulator': '保险监管机构',
  organ: '其他机关、单位',
};

/** 身份 */
export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  officer: '承办人员',
  leader: '负责人',
  registrar: '登记管理人员',
  operator: '系统运行人员',
  appraiser: '司法鉴定人',
  staff: '鉴定机构其他工作人员',
  head: '鉴定机构负责人',
  clerk: '经办人',
  system: '系统',
};

/** 区划 of who asks */
export const REACH_WORDS = {
  anywhere: '不限',
  province: '本省',
  'province-level': '本省省级',
  'own-division': '本行政区域及以下',
} as const;
export type Reach = keyof typeof REACH_WORDS;

/** 系统自动办理: no agency may, whatever it is. */
export const SYSTEM_WORD = '系统自动办理';

/** Kinds that have a clerk and nobody else, all together. */
export const REST_WORD = '其余各类机关、单位';
