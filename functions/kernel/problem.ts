import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type * as z from 'zod';
import zhCN from 'zod/v4/locales/zh-CN.js';
import { LIMITS } from './limits.ts';

/** One fault of a request (请求差错), by JSON Pointer (RFC 6901) into the body. */
export interface ProblemError {
  readonly pointer: string;
  readonly message: string;
}

/** Why a request failed (问题详情), RFC 9457; the members after `code` are extensions. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** Chinese; tells nothing of what was submitted. */
  readonly detail: string;
  /** Stable English code; a rule's own where a rule refused. */
  readonly code: string;
  readonly instance?: string;
  readonly errors?: readonly ProblemError[];
  /** Article behind a rule's refusal; `reading` where it is a reading of the text. */
  readonly basis?: {
    readonly document: string;
    readonly article: string;
    readonly status: 'law' | 'policy' | 'draft';
    readonly reading?: string | undefined;
  };
  /** What the asker can do about a rule's refusal. */
  readonly cure?: string;
  /** Methods that the route takes. */
  readonly allow?: readonly string[];
  /** Seconds after which to try again. */
  readonly retryAfter?: number;
}

/** Status, title and usual detail of every code. */
const PROBLEMS = {
  bad_request: [400, '请求报文格式有误', '请求不是规范的 HTTP 报文'],
  malformed_json: [400, '请求体不是规范的 JSON', '请求体应当是一个 UTF-8 编码的 JSON 值'],
  invalid_event: [400, '事件不符合要求', '请按 errors 所列位置改正事件后重新提交'],
  invalid_body: [400, '请求内容不符合要求', '请按 errors 所列位置改正后重新提交'],
  unknown_parameter: [400, '查询参数不被识别', '请求带有此接口没有的查询参数'],
  invalid_cursor: [400, '游标不符合要求', '请使用上一页答复中的 next 作为游标'],
  missing_idempotency_key: [400, '缺少幂等键', '请在 Idempotency-Key 请求头中提供幂等键'],
  invalid_idempotency_key: [400, '幂等键不符合要求', 'Idempotency-Key 请求头的内容不符合要求'],
  invalid_delegation: [400, '委托编号不符合要求', 'Delegation 请求头应当是一项委托的编号'],
  invalid_if_match: [400, '版本条件不符合要求', 'If-Match 请求头应当是一个版本号'],
  missing_token: [401, '未提供身份令牌', '请在 Authorization 请求头中提供 Bearer 令牌'],
  malformed_token: [401, '身份令牌格式有误', 'Authorization 请求头应当是 Bearer 加一个 JWT'],
  expired_token: [401, '身份令牌已过期', '请重新登录取得新的令牌'],
  invalid_token: [401, '身份令牌无效', '令牌的签名、签发者、受众或者有效期未通过核验'],
  missing_signature: [401, '未提供签名', '请按 Standard Webhooks 提供 webhook-id、webhook-timestamp 和 webhook-signature 请求头'],
  invalid_signature: [401, '签名无效', '签名未通过核验：请核对来源、密钥和所签的内容'],
  signature_too_old: [401, '签名已过期', '签名的时间早于允许的范围，请核对时钟后重新签名'],
  signature_too_new: [401, '签名时间尚未到来', '签名的时间晚于允许的范围，请核对时钟后重新签名'],
  invalid_claims: [403, '身份声明不符合要求', '令牌有效，但其中的单位、类别、区划、人员或者身份缺失或者相互不符'],
  forbidden: [403, '没有权限', '您的单位或者身份没有办理此事的权限'],
  foreign_source: [403, '事件来源不是本单位', '事件的 source 应当是本单位或者其下的系统'],
  personal_token_required: [403, '须由本人办理', '此事不能由系统签名提交，请由办理人以自己的身份令牌提交'],
  not_found: [404, '没有找到', '所指的对象不存在'],
  unknown_route: [404, '没有此接口', '请求的路径不存在'],
  method_not_allowed: [405, '请求方法不被允许', '此接口不接受该请求方法'],
  request_timeout: [408, '请求未在限时内送达', '请求未能在规定时间内完整送达，请重新提交'],
  conflict: [409, '与现有内容冲突', '所办事项与现有内容冲突'],
  version_conflict: [409, '内容同时被他人更新', '请重新读取后再提交'],
  stale_version: [409, '所依据的版本已过时', '内容已更新，请重新读取后再提交'],
  idempotency_key_reused: [409, '幂等键已被使用', '此幂等键已用于另一内容的请求，请换用新的幂等键'],
  too_large: [413, '请求体过大', '请求体超过了允许的大小'],
  batch_too_large: [413, '一批事件过多', `一批最多 ${LIMITS.batchEvents} 个事件，请求体最多 ${LIMITS.batch / 1024} KB，请分批提交`],
  unsupported_media_type: [415, '内容类型不受支持', '请求体应当是 application/json'],
  misdirected: [421, '请求送错了主机', '请以 localhost 或者 127.0.0.1 访问本机服务'],
  refused: [422, '依照规定不予办理', '所办事项不符合规定'],
  throttled: [429, '请求过于频繁', '请稍后重试'],
  headers_too_large: [431, '请求头过大', '请求行与请求头的总长超过了允许的大小'],
  unavailable: [503, '服务暂时不可用', '请稍后重试'],
} as const satisfies Record<string, readonly [status: number, title: string, detail: string]>;

export type ProblemCode = keyof typeof PROBLEMS;
export const PROBLEM_CODES = Object.keys(PROBLEMS) as readonly ProblemCode[];

type Members = Partial<Pick<Problem, 'detail' | 'instance' | 'errors'>>;
/** What a code's problem must tell beside the usual members. A refusal and a conflict carry the rule's own code. */
type Own<Code extends ProblemCode> = Code extends 'refused'
  ? Pick<Problem, 'code' | 'detail' | 'basis' | 'cure'>
  : Code extends 'conflict'
    ? Pick<Problem, 'code' | 'detail'>
    : Code extends 'method_not_allowed'
      ? Required<Pick<Problem, 'allow'>>
      : Code extends 'throttled' | 'unavailable'
        ? Required<Pick<Problem, 'retryAfter'>>
        : unknown;

/** The problem of a code, with its status and Chinese title. */
export function problem<Code extends ProblemCode>(
  code: Code,
  ...[members]: Members extends Members & Own<Code> ? [members?: Members] : [members: Members & Own<Code>]
): Problem {
  const [status, title, detail] = PROBLEMS[code];
  return { type: `urn:jianheng:problem:${code}`, title, status, detail, code, ...members };
}

/** The gateway's answer (payload format 2.0), with the headers that the status asks for. */
export function toResponse(problem: Problem): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode: problem.status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'cache-control': 'no-store',
      ...(problem.status === 401 ? { 'www-authenticate': challenge(problem.code) } : {}),
      ...(problem.allow === undefined ? {} : { allow: problem.allow.join(', ') }),
      ...(problem.retryAfter === undefined ? {} : { 'retry-after': String(problem.retryAfter) }),
    },
    body: JSON.stringify(problem),
  };
}

/** RFC 6750 §3.1: no error where no token came. Standard Webhooks has no scheme of its own. */
const challenge = (code: string): string => {
  if (code.includes('signature')) return 'Standard-Webhooks realm="jianheng"';
  return code === 'missing_token' ? 'Bearer realm="jianheng"' : 'Bearer realm="jianheng", error="invalid_token"';
};

/** JSON Pointer, escaped by RFC 6901 §3; the whole document is ''. */
export const jsonPointer = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** So many faults are told at once. */
export const MAX_ERRORS = 20;

/** Faults of a body, in Chinese, as its schema found them: an unknown key at the key itself, and no submitted value in any message. */
export const fromZodIssues = (issues: readonly z.core.$ZodIssue[]): readonly ProblemError[] => issues.flatMap(errorsOf).slice(0, MAX_ERRORS);

function errorsOf(issue: z.core.$ZodIssue): readonly ProblemError[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ pointer: jsonPointer([...issue.path, key]), message: '没有此项' }));
  return [{ pointer: jsonPointer(issue.path), message: messageOf(issue) }];
}

const chinese = zhCN().localeError;

/** How the default locale begins. It may quote Chinese that a schema expects, so Chinese characters alone do not tell whose message it is. */
const DEFAULT = /^(?:Invalid|Too (?:big|small)|Unrecognized)/;

/** A schema's own Chinese message, or the locale's. An issue no longer says what came, so the locale's half about it is cut off. */
function messageOf(issue: z.core.$ZodIssue): string {
  if (/\p{Script=Han}/u.test(issue.message) && !DEFAULT.test(issue.message)) return issue.message;
  if (issue.code === 'invalid_union' && 'options' in issue && Array.isArray(issue.options) && issue.options.length > 0)
    return `无效选项：期望以下之一 ${issue.options.map((each) => JSON.stringify(each)).join('|')}`;
  const message = chinese(issue as z.core.$ZodRawIssue);
  return (typeof message === 'string' ? message : (message?.message ?? '无效输入')).replace(/，实际接收.*$/s, '');
}
