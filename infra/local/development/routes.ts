import * as z from 'zod';
import type { HttpResult } from '../../../functions/kernel/http/middleware.ts';
import { json } from '../../../functions/kernel/http/middleware.ts';
import { claimsSchema } from '../../../functions/kernel/identity.ts';
import { fromZodIssues, problem, toResponse } from '../../../functions/kernel/problem.ts';
import type { OwnRoute } from '../gateway/gateway.ts';
import { type DevelopmentIssuer, TOKEN_SECONDS } from './issuer.ts';
import type { MovableClock } from './movable-clock.ts';

export interface DevelopmentParts {
  readonly issuer: DevelopmentIssuer;
  readonly clock: MovableClock;
  /** Resolves when everything accepted so far has had its consequences; rejects with what waits. */
  readonly settle: () => Promise<void>;
  /** Runs every schedule once, with all consequences. */
  readonly sweep: () => Promise<void>;
  /** The clock was set. */
  readonly clockSet: () => void;
}

const setting = z.strictObject({ now: z.iso.datetime({ offset: true }) });
const nothing = z.strictObject({}).optional();

/** What stands on a local host only (开发接口): tokens for anybody, a clock that can be set, and waiting for all consequences. */
export const developmentRoutes = ({ issuer, clock, settle, sweep, clockSet }: DevelopmentParts): ReadonlyMap<string, OwnRoute> => {
  const time = () => json(200, { now: new Date(clock.now()).toISOString(), offsetMs: clock.offset });
  return new Map<string, OwnRoute>([
    [
      'POST /dev/token',
      ({ query, body }) =>
        checked(claimsSchema, body, async () => {
          const token = await issuer.sign(body as Record<string, unknown>);
          // So that a shell can take it without a tool that reads JSON.
          if (query.get('as') === 'text')
            return { statusCode: 200, headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }, body: token };
          return json(200, { token, type: 'Bearer', expiresInSeconds: TOKEN_SECONDS });
        }),
    ],
    ['GET /dev/clock', async () => time()],
    [
      'POST /dev/clock',
      ({ body }) =>
        checked(setting, body, async ({ now }) => {
          await clock.set(Date.parse(now));
          clockSet();
          return time();
        }),
    ],
    [
      'POST /dev/settle',
      ({ body }) =>
        checked(nothing, body, async () => {
          await settle();
          return json(200, { settled: true });
        }),
    ],
    [
      'POST /dev/sweep',
      ({ body }) =>
        checked(nothing, body, async () => {
          await sweep();
          return json(200, { swept: true });
        }),
    ],
  ]);
};

async function checked<T>(schema: z.ZodType<T>, body: unknown, answer: (value: T) => Promise<HttpResult>): Promise<HttpResult> {
  const parsed = schema.safeParse(body);
  return parsed.success ? answer(parsed.data) : toResponse(problem('invalid_body', { errors: fromZodIssues(parsed.error.issues) }));
}
