import * as z from 'zod';
import type { LocalQueue, LocalRule } from '../deployment.ts';
import { validatePattern } from '../event-pattern.ts';
import { byName, invalid, KINDS, noPart, type Resources } from './resources.ts';
import type { Resource } from './stacks.ts';

const DAY_SECONDS = 86_400;

const queue = z.strictObject({
  QueueName: z.string(),
  /** Seconds. */
  VisibilityTimeout: z.int().default(30),
  MessageRetentionPeriod: z.int().default(4 * DAY_SECONDS),
  RedrivePolicy: z.strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: z.int() }).optional(),
  KmsMasterKeyId: noPart,
});

/** Queues (队列) by physical name. */
export const queuesOf = (resources: Resources): ReadonlyMap<string, LocalQueue> =>
  byName(
    resources.read('AWS::SQS::Queue', queue).map(({ at, properties: { QueueName, VisibilityTimeout, MessageRetentionPeriod, RedrivePolicy } }) => {
      const made: LocalQueue = { name: QueueName, visibilityMs: VisibilityTimeout * 1000, retentionMs: MessageRetentionPeriod * 1000 };
      if (!RedrivePolicy) return { at, made };
      const deadLetters = resources.lead(at, KINDS.queue, RedrivePolicy.deadLetterTargetArn);
      return { at, made: { ...made, redrive: { maxReceives: RedrivePolicy.maxReceiveCount, deadLetters } } };
    }),
  );

/** Where a service leaves what it could not deliver. */
export const deadLetterConfig = z.strictObject({ Arn: z.string() }).optional();

export const deadLettersOf = (resources: Resources, at: Resource, config: z.infer<typeof deadLetterConfig>) =>
  config ? { deadLetters: resources.lead(at, KINDS.queue, config.Arn) } : {};

const bus = z.strictObject({ Name: z.string(), KmsKeyIdentifier: noPart });

const rule = z.strictObject({
  Name: z.string(),
  EventBusName: z.string(),
  EventPattern: z.unknown(),
  State: z.literal('ENABLED').default('ENABLED'),
  Targets: z.array(z.strictObject({ Id: noPart, Arn: z.string(), DeadLetterConfig: deadLetterConfig })).min(1),
});

/** Rules (路由规则) of the province's buses. */
export function rulesOf(resources: Resources): readonly LocalRule[] {
  resources.read('AWS::Events::EventBus', bus);
  const read = resources.read('AWS::Events::Rule', rule).map(({ at, properties: { Name, EventBusName, EventPattern, Targets } }) => ({
    at,
    made: {
      name: Name,
      bus: resources.lead(at, KINDS.bus, EventBusName),
      pattern: checkedPattern(at, EventPattern),
      targets: Targets.map(({ Arn, DeadLetterConfig }) => ({
        queue: resources.lead(at, KINDS.queue, Arn),
        ...deadLettersOf(resources, at, DeadLetterConfig),
      })),
    },
  }));
  return [...byName(read).values()];
}

/** Throws {@link InvalidAssembly} for what EventBridge would refuse. */
export function checkedPattern(at: Resource, pattern: unknown): unknown {
  try {
    validatePattern(pattern);
  } catch (error) {
    throw invalid(at, `its pattern is refused: ${(error as Error).message}`);
  }
  return pattern;
}
