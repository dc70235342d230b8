import type { AgencyKind } from '../../functions/kernel/identity.ts';
import type { Reach } from '../../functions/kernel/words.ts';

/**
 * Who may what (权限对照表), written by hand from the law and the READMEs, never from the code: what the declarations are held against, and the API.
 *
 *     <command or query> | <kinds> <roles> @<division> [<scope> <relation>] [404] ; <another line> ; …
 *
 * - kinds and roles: those of a token, with commas; `desk` and `everyone` are spelt out below; `system` alone: no agency may
 * - division: @province 本省 · @province-level 本省省级 · @own-division 本行政区域及以下 · @anywhere 不限
 * - scope: none, whatever it concerns · `=own` one's own agency's and never another's · `=agency` the agency that the relation names ·
 *   `=person` the person that it names, whoever else is of that agency
 * - 404: whom the relation does not hold for is answered as if the thing did not exist
 */
export const MATRIX = `
# A bureau keeps the directory of its division, the province's also those of elsewhere (art. 8 of 司办通〔2020〕56号 tells them); it is public among agencies.
agencies/register-agency | justice-bureau operator @own-division ; justice-bureau operator @province-level ; ministry operator @anywhere
agencies/directory | everyone @anywhere
agencies/list-agency | system
# Who keeps the directory lets a system in; whoever it acts for sees that, and no bureau's decisions come from a system.
agencies/register-credential | justice-bureau operator @own-division ; justice-bureau operator @province-level ; ministry operator @anywhere
agencies/revoke-credential | justice-bureau operator @own-division ; justice-bureau operator @province-level ; ministry operator @anywhere
agencies/credentials | justice-bureau operator @province ; ministry operator @anywhere ; institution head,staff @province =own 本单位 ; court,procuratorate,police,association,discipline,health,government,market-regulator,provider,insurer-regulator,organ clerk @anywhere =own 本单位
# X12: an officer or leader delegates what is his own to do, and takes it back himself.
agencies/delegate | justice-bureau officer,leader @province ; ministry officer,leader @anywhere
agencies/revoke-delegation | justice-bureau officer @province =person 委托人本人 ; justice-bureau leader @province =agency 委托人所在单位 ; ministry officer @anywhere =person 委托人本人 ; ministry leader @anywhere =agency 委托人所在单位
agencies/delegations | justice-bureau officer,leader,registrar,operator @province =own 本单位 ; ministry officer,leader,registrar,operator @anywhere =own 本单位

# Where an agency's notices go is the affair of who runs its systems; the bureau that may enter it in the directory does it on its behalf, and the agency is told.
deliveries/register-endpoint | institution head @province =agency 端点所属单位 ; court,procuratorate,police,association,discipline,health,government,market-regulator,provider,insurer-regulator,organ clerk @anywhere =agency 端点所属单位 ; ministry operator @anywhere =agency 端点所属单位 ; justice-bureau operator @province =agency 端点所属单位 ; justice-bureau operator @own-division ; justice-bureau operator @province-level
deliveries/rotate-endpoint-secret | institution head @province =agency 端点所属单位 ; court,procuratorate,police,association,discipline,health,government,market-regulator,provider,insurer-regulator,organ clerk @anywhere =agency 端点所属单位 ; ministry operator @anywhere =agency 端点所属单位 ; justice-bureau operator @province =agency 端点所属单位 ; justice-bureau operator @own-division ; justice-bureau operator @province-level
deliveries/disable-endpoint | institution head @province =agency 端点所属单位 ; court,procuratorate,police,association,discipline,health,government,market-regulator,provider,insurer-regulator,organ clerk @anywhere =agency 端点所属单位 ; ministry operator @anywhere =agency 端点所属单位 ; justice-bureau operator @province =agency 端点所属单位 ; justice-bureau operator @own-division ; justice-bureau operator @province-level
deliveries/enable-endpoint | institution head @province =agency 端点所属单位 ; court,procuratorate,police,association,discipline,health,government,market-regulator,provider,insurer-regulator,organ clerk @anywhere =agency 端点所属单位 ; ministry operator @anywhere =agency 端点所属单位 ; justice-bureau operator @province =agency 端点所属单位 ; justice-bureau operator @own-division ; justice-bureau operator @province-level
deliveries/ping-endpoint | institution head @province =agency 端点所属单位 ; court,procuratorate,police,association,discipline,health,government,market-regulator,provider,insurer-regulator,organ clerk @anywhere =agency 端点所属单位 ; ministry operator @anywhere =agency 端点所属单位 ; justice-bureau operator @province =agency 端点所属单位 ; justice-bureau operator @own-division ; justice-bureau operator @province-level
deliveries/redeliver | institution head @province =agency 端点所属单位 ; court,procuratorate,police,association,discipline,health,government,market-regulator,provider,insurer-regulator,organ clerk @anywhere =agency 端点所属单位 ; ministry operator @anywhere =agency 端点所属单位 ; justice-bureau operator @province =agency 端点所属单位 ; justice-bureau operator @own-division ; justice-bureau operator @province-level
deliveries/plan-delivery | system
deliveries/record-attempt | system
deliveries/note-answer | system
deliveries/disable-failing-endpoint | system
deliveries/endpoint | everyone @anywhere =own 本单位
deliveries/log | everyone @anywhere =own 本单位
deliveries/endpoints | justice-bureau operator @province
deliveries/agency-log | justice-bureau operator @province

# 关于司法鉴定管理问题的决定 第三条: 省级人民政府司法行政部门 registers.
registry/register-institution | justice-bureau registrar @province-level
registry/register-appraiser | justice-bureau registrar @province-level
# 第三条: 编制名册并公告.
registry/roster | everyone @anywhere
# 吉安方案第12项, 依法注销: the supervising bureau applies, who registered the institution hears and decides; of what is only applied for the institution knows nothing.
registry/apply-for-cancellation | justice-bureau officer,leader @province =agency 主管该鉴定机构的司法行政机关 404
registry/give-cancellation-notice | justice-bureau registrar @province-level =agency 登记该鉴定机构的司法行政机关 404
registry/request-hearing | institution head,staff @province =agency 收到注销预先告知的鉴定机构 404
registry/hold-hearing | justice-bureau registrar @province-level =agency 登记该鉴定机构的司法行政机关 404
registry/decide-cancellation | justice-bureau registrar @province-level =agency 登记该鉴定机构的司法行政机关 404
registry/disclose-hearing | justice-bureau registrar @province-level =agency 登记该鉴定机构的司法行政机关 404 ; justice-bureau officer,leader @province =agency 申请注销的司法行政机关 404 ; institution head,staff @province =agency 收到注销预先告知的鉴定机构 404
registry/withdraw-cancellation | system
registry/keep-number | system
registry/cancel-scope | system
registry/restore-scope | system
registry/decision | justice-bureau officer,leader,registrar @province =own 本单位 ; institution head,staff @province =own 本单位
registry/cancellations | justice-bureau officer,leader,registrar @province =own 本单位 ; institution head,staff @province =own 本单位

commissions/open-case | institution head,staff @province
commissions/conclude-case | institution head,staff @province =agency 本案鉴定机构的人员
commissions/archive-case | institution head,staff @province =agency 本案鉴定机构的人员

# S2 §12, S3 §14: results are every bureau's of the province to use, and the institution's own to know.
proficiency/history | justice-bureau officer,leader,registrar @province ; institution head,staff @province =agency 本机构
proficiency/chart | justice-bureau officer,leader,registrar @province ; institution head,staff @province =agency 本机构

# 第四条 to 第六条: the case's own people sign and report; what an institution received it forwards. 第八条, 第十条: the supervising bureau, nobody else.
interference/sign-row | institution appraiser,staff,head @province =agency 本案鉴定机构的人员
interference/report-interference | institution appraiser,staff,head @province =agency 本案鉴定机构的人员
interference/ask-for-rows | system
interference/forward-report | institution head,staff @province =agency 收到该报告的鉴定机构 404
interference/deal-with-insider | institution head,staff @province =agency 收到该报告的鉴定机构 404
interference/withdraw-report | institution appraiser,staff,head @province =agency 本案鉴定机构的人员
interference/route-report | justice-bureau officer,leader @province =agency 主管该鉴定机构的司法行政机关 404
interference/reclassify-report | justice-bureau officer,leader @province =agency 主管该鉴定机构的司法行政机关 404
interference/record-outcome | justice-bureau officer,leader @province =agency 主管该鉴定机构的司法行政机关 404
interference/disclose-report | justice-bureau officer,leader @province =agency 主管该鉴定机构的司法行政机关，或者收到请示报告的上级机关 404 ; ministry officer,leader @anywhere =agency 主管该鉴定机构的司法行政机关，或者收到请示报告的上级机关 404 ; institution head,staff @province =agency 收到该报告的鉴定机构 404
# 第九条、第十条: who reported is for the bureau that handles it alone.
interference/disclose-reporter | justice-bureau officer,leader @province =agency 主管该鉴定机构的司法行政机关 404
interference/disclose-record | institution appraiser,staff,head @province =agency 本案鉴定机构的人员 ; justice-bureau officer,leader @province =agency 主管本案鉴定机构的司法行政机关
interference/seek-protection | institution appraiser,staff,head @province =agency 本案鉴定机构的人员
interference/disclose-protection | justice-bureau officer,leader @province =agency 收到保护请求的司法行政机关 404
interference/decide-protection | justice-bureau officer,leader @province =agency 收到保护请求的司法行政机关 404
# 印发通知: inspection, circulars, important matters upward.
interference/report-upward | justice-bureau officer,leader @province =agency 主管该鉴定机构的司法行政机关，或者收到请示报告的上级机关 404
interference/issue-circular | justice-bureau officer,leader @province
interference/statistics | justice-bureau officer,leader @province ; ministry officer,leader @anywhere ; institution head @province =own 本机构
interference/circulars | justice-bureau officer,leader @province =own 印发或者收到的单位 ; institution head,staff @province =own 印发或者收到的单位
interference/circular | justice-bureau officer,leader @province =own 印发或者收到的单位 ; institution head,staff @province =own 印发或者收到的单位
interference/missing-rows | justice-bureau officer,leader @province =own 本单位 ; institution head,staff @province =own 本单位
interference/own-records | institution appraiser,staff,head @province =own 本人
interference/records | institution appraiser,staff,head @province =own 本单位
interference/reports | justice-bureau officer,leader @province =own 本单位 ; institution head,staff @province =own 本单位

# 第十一条: 由司法行政机关责令改正; who found it withdraws it and verifies the correction.
sanctions/find-breach | justice-bureau officer,leader @province =agency 主管该鉴定机构的司法行政机关
sanctions/withdraw-finding | justice-bureau officer,leader @province =agency 作出该认定的司法行政机关
sanctions/verify-correction | justice-bureau officer,leader @province =agency 作出该决定的司法行政机关
sanctions/issue-measures | system
sanctions/revoke-measures | system
sanctions/number-document | system
sanctions/number-decision | system
sanctions/keep-number | system
sanctions/order | justice-bureau officer,leader @province =own 本单位 ; institution head,staff @province =own 本单位
sanctions/orders | justice-bureau officer,leader @province =own 本单位 ; institution head,staff @province =own 本单位

# 吉安方案第12项, 意见第14条: a provider tells of its own rounds; the supervising bureau orders and verifies; the institution submits. Of what is only drawn up it knows nothing.
proficiency/open-round | provider clerk @anywhere
proficiency/enrol-institutions | provider clerk @anywhere
proficiency/close-round | provider clerk @anywhere
proficiency/record-result | provider clerk @anywhere
proficiency/record-absence | system
proficiency/correct-result | provider clerk @anywhere =agency 报告该结果的能力验证提供者
proficiency/record-assessment | justice-bureau officer,leader @province =agency 主管该鉴定机构的司法行政机关
proficiency/record-retest | provider clerk @anywhere =agency 报告该结果的能力验证提供者
proficiency/draw-up-rectification | system
proficiency/order-rectification | justice-bureau officer,leader @province =agency 主管该鉴定机构的司法行政机关 404
proficiency/submit-rectification | institution head,staff @province =agency 被责令整改的鉴定机构 404
proficiency/verify-rectification | justice-bureau officer,leader @province =agency 主管该鉴定机构的司法行政机关 404
proficiency/disclose-rectification | justice-bureau officer,leader @province =agency 主管该鉴定机构的司法行政机关 404 ; institution head,staff @province =agency 被责令整改的鉴定机构 404
proficiency/lapse-rectification | system
proficiency/cancel-rectification | system
proficiency/keep-number | system
proficiency/order | justice-bureau officer,leader @province =own 本单位 ; institution head,staff @province =own 本单位
proficiency/rectifications | justice-bureau officer,leader @province =own 本单位 ; institution head,staff @province =own 本单位
proficiency/rounds | provider clerk @anywhere =own 本单位 ; justice-bureau officer,leader,registrar @province
proficiency/round | provider clerk @anywhere =agency 本单位 ; justice-bureau officer,leader,registrar @province

integrity/open-entry | system
integrity/compensate-entry | system
integrity/file | justice-bureau officer,leader,registrar @province =any 指明主体的司法行政机关 ; institution appraiser @province =person 鉴定人本人 ; institution head,staff @province =own 本机构及在本机构执业时形成的鉴定人记录

# Mail is its recipient's, wherever that is; who only keeps systems or the roster, or appraises, does not deal with it (第十条).
notifications/send-notice | system
notifications/sign-for-notice | desk @anywhere =agency 通知的收件单位 404
notifications/remind-of-notice | system
notifications/escalate-notice | system
notifications/reply-to-notice | desk @anywhere =agency 通知的收件单位 404
notifications/disclose-reply | desk @anywhere =agency 通知的发出单位
notifications/inbox | desk @anywhere =own 本单位
notifications/sent | desk @anywhere =own 本单位

deadlines/open-deadline | system
deadlines/close-deadline | system
deadlines/look-at-deadline | system
deadlines/agenda | desk @anywhere =own 本单位

# No institution: what passed it by begins a trace of its own.
oversight/trace | justice-bureau officer,leader,operator @province ; ministry officer,leader,operator @anywhere
`;

const CLERKS = 'court,procuratorate,police,association,discipline,health,government,market-regulator,provider,insurer-regulator,organ';
const SHORT: Readonly<Record<string, readonly (readonly [kinds: string, roles: string])[]>> = {
  desk: [
    ['justice-bureau,ministry', 'officer,leader'],
    ['institution', 'head,staff'],
    [CLERKS, 'clerk'],
  ],
  everyone: [
    ['justice-bureau,ministry', 'officer,leader,registrar,operator'],
    ['institution', 'appraiser,staff,head'],
    [CLERKS, 'clerk'],
  ],
};

/** One kind and role of a line. */
export interface Cell {
  readonly kind: AgencyKind;
  readonly role: string;
  readonly reach: Reach;
  readonly scope: 'any' | 'own' | 'agency' | 'person';
  readonly relation: string | undefined;
  readonly unseen: boolean;
}

/** Cells by command or query; none where the system alone may. Throws with the line that cannot be read. */
export function cellsOf(matrix: string): ReadonlyMap<string, readonly Cell[]> {
  const lines = matrix.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const [name = '', rights = ''] = line.split('|').map((part) => part.trim());
      return [name, rights === 'system' ? [] : rights.split(';').flatMap((right) => cellsOfRight(right.trim()))];
    }),
  );
}

const RIGHT =
  /^(?:(?<short>desk|everyone)|(?<kinds>[a-z,-]+) (?<roles>[a-z,]+)) @(?<reach>anywhere|province-level|province|own-division)(?: =(?<scope>own|agency|person|any) (?<relation>\S+))?(?<unseen> 404)?$/;

function cellsOfRight(right: string): readonly Cell[] {
  const { short, kinds = '', roles = '', reach, scope = 'any', relation, unseen } = RIGHT.exec(right)?.groups ?? {};
  if (reach === undefined) throw new Error(`the matrix cannot be read at “${right}”`);
  return (SHORT[short ?? ''] ?? [[kinds, roles] as const]).flatMap(([some, as]) =>
    some.split(',').flatMap((kind) =>
      as.split(',').map((role) => ({
        kind: kind as AgencyKind,
        role,
        reach: reach as Reach,
        scope: scope as Cell['scope'],
        relation,
        unseen: unseen !== undefined,
      })),
    ),
  );
}
