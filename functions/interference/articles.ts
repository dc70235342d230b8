import type { Basis } from '../../events/basis.ts';

const law = (article: string, reading?: string): Basis => ({
  document: '司办通〔2020〕56号',
  article,
  status: 'law',
  ...(reading === undefined ? {} : { reading }),
});

/** The record form (附件《干预司法鉴定活动记录表》) and the kinds of interference that it records. */
export const FORM = {
  form: law('附件《干预司法鉴定活动记录表》'),
  repeated: law('附件《干预司法鉴定活动记录表》', '同一选项下可以填写多名干预人，同一姓名不重复填写；姓名不明的视为不同的人'),
  kindsOnce: law('第三条', '同一情形只列一次'),
  plead: law('第三条第（一）项'),
  privateMeeting: law('第三条第（二）项', '记录表未列“私下会见”，在“其他”中勾选并写明'),
  coerce: law('第三条第（三）项', '违规受理、终止鉴定属于鉴定程序，出具特定意见属于鉴定意见'),
  otherKind: law('第三条第（四）项', '其他情形在“干预鉴定程序”“干预鉴定意见”或者“其他”中勾选'),
  otherBox: law('第三条', '勾选“其他”内容的，应属第（二）项或者第（四）项情形'),
} as const;

/** Who signs, and what is done about a row that is missing (art. 4). */
export const RECORD = {
  row: law('第四条'),
  correction: law('第四条', '记录全程留痕：更正以另签一行并注明所更正的记录作出，原记录保留；只能更正本人的记录'),
  askedFor: law('第四条', '记录表随案件存入业务档案：自出具意见、不予受理或者终止鉴定之日起，要求尚未签名的鉴定人签名'),
  completed: law('第四条'),
  disclosed: law('第十条', '签名人看本人的记录，鉴定机构另看报到本机构的记录，主管司法行政机关看全部；其余只显示已签名'),
} as const;

/** Who may report where (art. 5, 6). */
export const STANDING = {
  toInstitution: law('第五条第一款'),
  aboutHead: law('第五条第二款'),
  aboutHeadByInstitution: law('第五条第二款', '第二款未列鉴定机构；机构报告其负责人的，作为线索收下'),
  serious: law('第五条第三款'),
  seriousByStaff: law('第五条第三款', '第三款未列鉴定机构其他人员；其直接报告作为线索收下'),
  byCharter: law('第六条'),
  outsider: law('第六条'),
  mixed: law('第六条', '内部人员与外部人员共同干预的，整件报告，内部人员同时依章程处理'),
} as const;

/** What an event says openly of a report: no more than the article, for the paragraph would point at a person. */
export const REPORTING = {
  toInstitution: law('第五条第一款'),
  toBureau: law('第五条、第六条'),
  forward: law('第六条'),
} as const;

/** What the bureau does (art. 8). */
export const ROUTING = {
  all: law('第八条'),
  ordinaryInsider: law('第六条', '不符合第五条第二款、第三款的内部人员，退回机构依章程处理；不透露报告人，不调查，不告知委托人'),
  insider: law('第八条第（一）项'),
  bureauStaff: law('第八条第（二）项'),
  bureauHead: law('第八条第（二）项', '收到报告的司法行政机关负责人干预的，不由其所在机关自行处理，改报其上级机关并通报纪检监察机关'),
  commissioner: law('第八条第（三）项'),
  privateCommissioner: law('第八条第（三）项', '委托人不是司法机关、行政执法机关等机关的，单位按第（四）项、个人按第（五）项处理'),
  inPlaceOfCommissioner: law('第八条第（三）项', '涉及委托人自身或者与其不能分开说明的，不告知委托人，改向其上级机关或者主管单位通报'),
  otherOrganStaff: law('第八条第（四）项'),
  otherOrgan: law('第八条第（四）项', '其他机关或者组织自身干预的，比照其工作人员处理'),
  individual: law('第八条第（五）项'),
  unknown: law('第八条第（五）项', '干预人身份不明的，先按个人告知委托人，由主管司法行政机关查明身份；查明后自当日起重新认定，已作的处理不变'),
  individualWithoutOrgan: law('第八条第（五）项', '本案没有司法机关、行政执法机关等委托人可以告知，由主管司法行政机关处理'),
  alsoTold: law('第八条第二款'),
  partyOrganization: law('第七条第二款', '内部人员是党员的，由机构党组织依规依纪处理，一并通报主管司法行政机关的纪检监察机关'),
  partyOfHead: law('第七条第二款', '机构负责人或者造成严重后果的内部人员是党员的，不经机构转办，通报主管司法行政机关的纪检监察机关'),
  partyOfBureauStaff: law('第八条第（二）项', '司法行政机关工作人员是党员的，通报其所在机关的纪检监察机关'),
  partyElsewhere: law('第七条第二款', '只对鉴定机构内部人员和司法行政机关工作人员的党员身份一并处理；其他人员由其上级机关或者主管单位依规依纪处理'),
  reclassified: law('第八条', '发现新的情况的，自当日起重新认定，只增加应作的处理，已作的处理不变'),
} as const;

/** What comes of it (art. 5 to 8). */
export const HANDLING = {
  /** The same whether it was a party member or not: that is restricted. */
  byCharter: law('第六条、第七条第二款', '依据章程处理的，登记处理结果；其中的党员，由党组织一并依规依纪处理'),
  withdrawn: law('第五条', '报告人可以说明理由撤回，直至已有处理以该报告为依据；已签署的记录不撤回'),
  outcome: law('第八条', '依法处理、调查处理、通报的，由主管司法行政机关登记办理结果'),
  closed: law('第八条', '应有结果的处理都有结果的，即为办结，告知收到过报告的机构和被告知过的委托人'),
} as const;

/** Who records and reports is protected, and what he tells stays where it is (art. 9, 10). */
export const PROTECTION = {
  identity: law('第九条、第十条', '报告人身份只能写明目的查明，并留痕供报告人查询'),
  content: law('第十条', '查阅报告内容应当写明目的并留痕，内容不含报告人身份'),
  retaliation: law('第九条'),
  leak: law('第十条'),
  toSuperior: law('第九条、第十条', '涉及主管司法行政机关或者其工作人员的，向其上级机关请求保护'),
  crime: law('第九条', '构成犯罪的，移送有管辖权的机关依法追究'),
} as const;

/** What the notice itself asks of the bureaus, beside the provisions that it issues. */
export const INSPECTION = {
  circulate: law('印发通知第二段'),
  upward: law('印发通知第二段', '“重要情况”由承办人员认定；报告后，上级机关可以查阅该报告，报告人身份除外'),
} as const;

const ORDER = [...new Set(Object.values(ROUTING).map(({ article }) => article))];

/** One basis for an act that several articles ask for: each article and each reading once, in the order of the text. */
export function joined(bases: readonly Basis[]): Basis {
  const inOrder = bases.toSorted((a, b) => ORDER.indexOf(a.article) - ORDER.indexOf(b.article));
  const articles = [...new Set(inOrder.map(({ article }) => article))];
  const readings = [...new Set(inOrder.flatMap(({ reading }) => reading ?? []))];
  return law(articles.join('、'), readings.length === 0 ? undefined : readings.join('；'));
}
