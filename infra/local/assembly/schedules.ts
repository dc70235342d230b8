import * as z from 'zod';
import { LINGERING } from '../../../functions/kernel/run-dispatch.ts';
import type { LocalSchedule } from '../deployment.ts';
import { deadLetterConfig, deadLettersOf } from './queues.ts';
import { byName, invalid, KINDS, noPart, type Resources } from './resources.ts';
import type { Resource } from './stacks.ts';

const schema = z.strictObject({
  Name: z.string(),
  ScheduleExpression: z.string(),
  /** A rate knows no time of day. */
  ScheduleExpressionTimezone: noPart,
  State: z.literal('ENABLED').default('ENABLED'),
  FlexibleTimeWindow: z.strictObject({ Mode: z.literal('OFF') }),
  Target: z.strictObject({
    Arn: z.string(),
    /** What a run is begun with. */
    Input: z.string().optional(),
    DeadLetterConfig: deadLetterConfig,
    RetryPolicy: z
      .strictObject({
        MaximumRetryAttempts: z.int().default(185),
        /** The local host tries again at once: no run becomes too old. */
        MaximumEventAgeInSeconds: noPart,
      })
      .default({ MaximumRetryAttempts: 185 }),
    RoleArn: noPart,
  }),
  KmsKeyArn: noPart,
});

/** Schedules (定时任务). Throws {@link InvalidAssembly} for an expression that is no rate. */
export const schedulesOf = (resources: Resources): readonly LocalSchedule[] => {
  const read = resources.read('AWS::Scheduler::Schedule', schema).map(({ at, properties: { Name, ScheduleExpression, Target } }) => ({
    at,
    made: {
      name: Name,
      everyMs: rate(at, ScheduleExpression),
      ...(Target.Input === undefined ? {} : { lingers: lingers(at, Target.Input) }),
      function: resources.lead(at, KINDS.functionArn, Target.Arn),
      retries: Target.RetryPolicy.MaximumRetryAttempts,
      ...deadLettersOf(resources, at, Target.DeadLetterConfig),
    },
  }));
  return [...byName(read).values()];
};

/** A run that goes on looking for what is due until the next begins. */
function lingers(at: Resource, input: string): true {
  if (input !== JSON.stringify(LINGERING)) throw invalid(at, `${input} is not how a run is begun`);
  return true;
}

const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

function rate(at: Resource, expression: string): number {
  const [, count, unit = ''] = /^rate\(([1-9]\d*) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const ms = UNIT_MS[unit];
  if (ms === undefined) throw invalid(at, `${expression} is no rate of minutes, hours or days`);
  return Number(count) * ms;
}
