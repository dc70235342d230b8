import { dayOf } from '../calendar.ts';
import { isRefusal } from '../decision.ts';
import type { Kernel } from '../kernel.ts';
import type { Json } from '../ports.ts';
import { fromZodIssues, problem } from '../problem.ts';
import { projectedThrough } from '../project.ts';
import type { AnyQuery } from '../query.ts';
import { checkRights, viewsFor } from '../rights.ts';
import { problemOf } from './command-handler.ts';
import {
  type Found,
  type HttpEvent,
  type HttpResult,
  handlerOf,
  htmlPage,
  identified,
  json,
  logged,
  onlyParameters,
  problems,
  Rejected,
  svgImage,
  wantsImage,
  wantsPage,
} from './middleware.ts';

/** What a query comes by: no ledger, no policy, nothing that decides. */
export type QueryKernel = Pick<Kernel, 'province' | 'views' | 'keyRing' | 'clock' | 'log'>;

/** `GET /v1/<context>/<query>`: reads views only; `asOf` says through which minute the views are known to be complete. */
export function queryHandler(kernel: QueryKernel, query: AnyQuery): (event: HttpEvent) => Promise<HttpResult> {
  const fields = { command: query.name };
  return handlerOf([logged(kernel, fields), problems(kernel.log.with(fields)), identified(kernel)], (event, found) => answer(kernel, query, event, found));
}

async function answer(kernel: QueryKernel, query: AnyQuery, event: HttpEvent, { actor }: Found): Promise<HttpResult> {
  const known = Object.keys((query.parameters as unknown as { shape: Record<string, unknown> }).shape);
  const inPath = event.pathParameters ?? {};
  const parsed = query.parameters.safeParse({
    ...onlyParameters(
      event,
      known.filter((name) => !(name in inPath)),
    ),
    ...inPath,
  });
  if (!parsed.success) throw new Rejected(problem('invalid_body', { detail: '查询参数不符合要求', errors: fromZodIssues(parsed.error.issues) }));
  const denied = checkRights(query, { state: undefined, input: parsed.data, facts: {}, actor, province: kernel.province });
  if (denied) throw new Rejected(problemOf(denied));
  const at = kernel.clock.now();
  const read = await query.read(parsed.data, {
    actor,
    views: viewsFor(query, { actor, province: kernel.province }, kernel.views),
    now: new Date(at).toISOString(),
    today: dayOf(at),
    pseudonym: (kind, value) => kernel.keyRing.pseudonym(kind, value),
  });
  if (isRefusal(read)) throw new Rejected(problemOf(read));
  const told = { ...(read as { readonly [key: string]: Json }), asOf: wholeMinute(await projectedThrough(kernel.views)) };
  if (query.page && wantsPage(event)) return htmlPage(200, query.page(told));
  if (query.image && wantsImage(event)) return svgImage(200, query.image(told));
  return json(200, told);
}

/** No finer: the instant of every commit would tell whoever asks often that somebody has just done something, also what he may not know of. */
const wholeMinute = (instant: string | null): string | null => instant && `${instant.slice(0, 16)}:00.000Z`;
