import type { DeadlineKind } from '../../events/deadlines.ts';
import type { InstitutionFigures } from '../../events/interference.ts';
import { chineseMonth } from '../kernel/chinese-dates.ts';
import type { ActFigure } from './figures.ts';
import type { BureauLine, Period } from './statistics.ts';

/** 机构可知的统计项目 */
export const FIGURE_WORDS: Readonly<Record<keyof InstitutionFigures, string>> = {
  cases: '建档案件',
  rows: '已签记录',
  asked: '要求补签',
  completed: '补齐案件',
  reports: '收到报告',
  forwarded: '机构转报',
  insiders: '内部处理',
  withdrawn: '报告撤回',
  open: '机构待办',
  missing: '尚未补签',
  overdue: '逾期事项',
};

/** 仅主管机关掌握的统计项目 */
export const BUREAU_WORDS: Readonly<Record<Exclude<keyof BureauLine, ActFigure>, string>> = {
  direct: '直接报告',
  withdrawn: '直报撤回',
  routed: '作出处理',
  reclassified: '重新认定',
  closed: '已经办结',
  upward: '请示报告',
  waiting: '等待处理',
  handling: '正在办理',
  sought: '请求保护',
  undecided: '保护未决',
};

/** 第八条的处理方式 */
export const ACT_WORDS: Readonly<Record<ActFigure, string>> = {
  'act:investigate': '调查处理',
  'act:handle': '依法处理',
  'act:inform-superior': '通报上级机关或者主管单位',
  'act:tell-commissioner': '告知委托人',
  'act:return-to-institution': '退回机构处理',
  'act:inform-discipline': '通报纪检监察机关',
  'act:identify': '查明干预人身份',
  'act:party-discipline': '依规依纪处理',
};

/** 期限事项; `null`: the same lapse as that of signing, not counted again. */
export const OVERDUE_WORDS: Readonly<Record<DeadlineKind, string | null>> = {
  'sign-rows': '督促补签记录',
  'forward-report': '处理或者转报收到的报告',
  'route-report': '按第八条处理报告',
  'sign-for-notice': '签收通知',
  'remind-of-notice': null,
  'escalate-notice': null,
  correct: '按决定改正',
  rectify: '按决定提交整改情况',
  'verify-rectification': '核实整改情况',
};

export const chinesePeriod = ({ from, to }: Period): string => (from === to ? chineseMonth(from) : `${chineseMonth(from)}至${chineseMonth(to)}`);
