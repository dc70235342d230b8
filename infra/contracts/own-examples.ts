/**
 * Examples by command (各命令的样例) where what the schema alone gives would break a rule between its fields: members that stand in place of the
 * schema's, `undefined` where there is to be none.
 */
const CONTENT = {
  answer: 'interference',
  interferers: [{ box: 'party-or-agent', name: '虚构当事人' }],
  contents: [{ box: 'plead' }],
  articleThree: ['plead'],
  account: '虚构的具体情况',
  evidence: [],
};
/** 第八条（三）: the commissioning organ itself; it is not named, for the case names it. */
const ESTABLISHED = [{ situation: 'commissioning-organ', separable: false }];

export const OWN_EXAMPLES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'agencies/delegate': { until: '2026-06-30' },
  'agencies/register-agency': { id: 'made-district-court', name: '虚构区人民法院', kind: 'court', level: 'county', superior: null, discipline: null },
  'commissions/open-case': { commissioner: { kind: 'organ', agency: 'made-district-court' }, matter: '虚构鉴定事项', receivedOn: undefined },
  'interference/issue-circular': { text: '虚构通报内容', measures: '虚构工作要求' },
  'interference/record-outcome': { outcome: 'educated' },
  'interference/reclassify-report': { established: ESTABLISHED },
  'interference/report-interference': { content: CONTENT, insider: 'none' },
  'interference/route-report': { established: ESTABLISHED },
  'interference/seek-protection': { evidence: [] },
  'interference/sign-row': { content: CONTENT, corrects: undefined },
  'interference/decide-protection': { transferredTo: undefined },
  'registry/register-institution': { name: '虚构司法鉴定所', supervisedBy: 'made-city-bureau' },
};
