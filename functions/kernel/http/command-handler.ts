import { opaqueId } from '../../../events/common.ts';
import type { AnyCommand } from '../command.ts';
import type { Refusal } from '../decision.ts';
import { droppedKeys } from '../dropped-keys.ts';
import { type Call, execute } from '../execute.ts';
import type { Kernel } from '../kernel.ts';
import { preview } from '../preview.ts';
import { fromZodIssues, type Problem, problem } from '../problem.ts';
import { receiptOf } from '../receipts.ts';
import {
  type Found,
  type HttpEvent,
  type HttpResult,
  handlerOf,
  htmlPage,
  identified,
  json,
  jsonBody,
  logged,
  onlyParameters,
  problems,
  Rejected,
  wantsPage,
} from './middleware.ts';

/** `POST /v1/<context>/<command>` as a Lambda behind the gateway: identity, body, schema, rule, one write, the answer. */
export function commandHandler(kernel: Kernel, command: AnyCommand): (event: HttpEvent) => Promise<HttpResult> {
  const fields = { command: command.name };
  return handlerOf([logged(kernel, fields), problems(kernel.log.with(fields)), identified(kernel), jsonBody()], (event, found) =>
    answer(kernel, command, event, found),
  );
}

async function answer(kernel: Kernel, command: AnyCommand, event: HttpEvent, { actor, body }: Found): Promise<HttpResult> {
  const { preview: wanted = 'false' } = onlyParameters(event, ['preview']);
  if (wanted !== 'true' && wanted !== 'false') throw new Rejected(problem('unknown_parameter', { detail: 'preview 只能是 true 或者 false' }));
  const parsed = command.input.safeParse(body);
  if (!parsed.success) throw new Rejected(problem('invalid_body', { errors: fromZodIssues(parsed.error.issues) }));
  const dropped = droppedKeys(body, parsed.data);
  if (dropped.length > 0) throw new Rejected(problem('invalid_body', { errors: dropped }));
  const ifMatch = ifMatchOf(event);
  const delegation = delegationOf(event);
  const call: Call = {
    actor,
    receipt: receiptOf.command(kernel.keyRing, actor, idempotencyKeyOf(event)),
    ...(ifMatch === undefined ? {} : { ifMatch }),
    ...(delegation === undefined ? {} : { delegation }),
  };
  if (wanted === 'true') {
    const played = await preview(kernel, command, parsed.data, call);
    if ('refusal' in played) throw new Rejected(problemOf(played.refusal));
    return json(200, played);
  }
  const result = await execute(kernel, command, parsed.data, call);
  if (result.outcome === 'refused') throw new Rejected(problemOf(result.refusal));
  const { answer: told, known, disclosed } = result;
  const status = known ? 200 : 201;
  const headers = { etag: `"${told.version}"` };
  const page = command.discloses?.page;
  if (page && disclosed !== undefined && wantsPage(event)) return htmlPage(status, page(disclosed), headers);
  return json(status, { ...told, ...(disclosed === undefined ? {} : { disclosed }) }, headers);
}

/** 幂等键 as the header may have it. */
export const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,128}$/;
/** Version of a stream, as `If-Match` may have it. */
export const IF_MATCH = /^(?:"\d{1,9}"|\d{1,9})$/;

function idempotencyKeyOf(event: HttpEvent): string {
  const key = event.headers['idempotency-key'];
  if (key === undefined || key === '') throw new Rejected(problem('missing_idempotency_key'));
  if (!IDEMPOTENCY_KEY.test(key)) throw new Rejected(problem('invalid_idempotency_key'));
  return key;
}

function ifMatchOf(event: HttpEvent): number | undefined {
  const given = event.headers['if-match'];
  if (given === undefined) return undefined;
  const version = IF_MATCH.exec(given)?.[0].replaceAll('"', '');
  if (version === undefined) throw new Rejected(problem('invalid_if_match'));
  return Number(version);
}

function delegationOf(event: HttpEvent): string | undefined {
  const given = event.headers.delegation;
  if (given !== undefined && !opaqueId.safeParse(given).success) throw new Rejected(problem('invalid_delegation'));
  return given;
}

/** A refusal's kind decides the status; its code, article and cure go out as the rule gave them. */
export function problemOf(refusal: Refusal): Problem {
  const { code, detail, basis, cure, pointer } = refusal;
  const errors = pointer === undefined ? {} : { errors: [{ pointer, message: detail }] };
  switch (refusal.refused) {
    case 'forbidden':
      return { ...problem('forbidden', { detail }), code };
    case 'not-found':
      return problem('not_found', { detail, ...errors });
    case 'conflict':
      return problem('conflict', { code, detail, ...errors });
    case 'rule':
      return problem('refused', { code, detail, ...(basis ? { basis } : {}), ...(cure === undefined ? {} : { cure }), ...errors });
  }
}
