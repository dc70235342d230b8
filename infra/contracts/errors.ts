import { checkContent } from '../../functions/interference/form.ts';
import { conflict, forbidden, notFound, type Refusal } from '../../functions/kernel/decision.ts';
import { REFUSALS } from '../../functions/kernel/delegation.ts';
import { problemOf } from '../../functions/kernel/http/command-handler.ts';
import { type Problem, problem } from '../../functions/kernel/problem.ts';

/** Kinds of request, by what it can fail by: `delegable` a command that may be given under a delegation, `listing` a query with pages, `events` CloudEvents. */
export type Failing = 'command' | 'delegable' | 'query' | 'listing' | 'document' | 'events' | 'signed-events';

const GATEWAY: readonly Problem[] = [
  problem('bad_request'),
  problem('missing_token'),
  problem('malformed_token'),
  problem('expired_token'),
  problem('invalid_token'),
  problem('throttled', { retryAfter: 1 }),
  problem('headers_too_large'),
  problem('unavailable', { retryAfter: 1 }),
];

/** 请托说情 is listed and not ticked: a rule's refusal as that rule gives it. */
const refused = checkContent({
  answer: 'interference',
  interferers: [{ box: 'commissioner' }],
  contents: [{ box: 'procedure' }],
  articleThree: ['coerce', 'plead'],
  account: '',
  evidence: [],
}) as Refusal;

const QUERY: readonly Problem[] = [
  ...GATEWAY,
  problem('unknown_parameter'),
  problem('invalid_body', { errors: [{ pointer: '/case', message: '无效输入：期望 string' }] }),
  problem('invalid_claims'),
  problem('forbidden'),
  problemOf(notFound('鉴定案件', '/case')),
  problemOf(refused),
];

const COMMAND: readonly Problem[] = [
  ...QUERY,
  problem('malformed_json'),
  problem('missing_idempotency_key'),
  problem('invalid_idempotency_key'),
  problem('invalid_if_match'),
  problem('request_timeout'),
  problemOf(conflict('already_registered', '该单位已在名录中', '/id')),
  problem('stale_version'),
  problem('idempotency_key_reused'),
  problem('too_large'),
  problem('unsupported_media_type'),
];

const EVENTS: readonly Problem[] = [
  ...COMMAND.filter(({ code }) => !code.endsWith('idempotency_key')),
  problem('invalid_event', { errors: [{ pointer: '/specversion', message: '应为 1.0' }] }),
  problem('foreign_source', { errors: [{ pointer: '/source', message: '应为 /agency/本单位编号 或者其下' }] }),
  problem('batch_too_large'),
];

const FAILURES: Readonly<Record<Failing, readonly Problem[]>> = {
  command: COMMAND,
  delegable: [...COMMAND, problem('invalid_delegation'), ...Object.entries(REFUSALS).map(([code, detail]) => problemOf(forbidden(detail, code)))],
  query: QUERY,
  listing: [...QUERY, problem('invalid_cursor', { errors: [{ pointer: '/cursor', message: '不是此列表的游标' }] })],
  document: [...GATEWAY, problem('unknown_parameter')],
  events: [...EVENTS, problem('invalid_delegation')],
  'signed-events': [
    ...EVENTS.filter(({ code }) => !code.endsWith('_token')),
    ...(['missing_signature', 'invalid_signature', 'signature_too_old', 'signature_too_new', 'personal_token_required'] as const).map((code) => problem(code)),
  ],
};

/** Problems that a kind of request is answered by (差错), by status. A rule's own codes (403, 409, 422) are as many as there are rules: one stands for all. */
export const failuresOf = (failing: Failing): ReadonlyMap<number, readonly Problem[]> =>
  Map.groupBy(
    FAILURES[failing].toSorted((one, other) => one.status - other.status),
    ({ status }) => status,
  );
