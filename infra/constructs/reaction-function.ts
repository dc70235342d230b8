import { Duration } from 'aws-cdk-lib';
import { type IEventBus, Rule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { AnyReaction } from '../../functions/kernel/reaction.ts';
import { contextOf, type Deployed, idOf } from '../deployed.ts';
import { deadLetters } from './dead-letters.ts';
import { deployedFunction, type Place, TIMEOUT_SECONDS } from './deployed-function.ts';

/** Messages that one call takes, and how often a message is tried. */
const BATCH = 10;
const TRIES = 5;

/** A reaction (反应) in the cloud: the rule that hears its events, its queue, its dead letters with their alarm, and its Lambda. */
export function reactionFunction(
  scope: Construct,
  deployed: Extract<Deployed, { kind: 'reaction' }>,
  place: Place,
  { bus, key }: { readonly bus: IEventBus; readonly key: IKey },
): void {
  const { names } = place;
  const id = idOf(deployed);
  const name = names.named(`${contextOf(deployed)}-${id}`);
  const dead = deadLetters(scope, `${id}-dead`, `${name}-dead`, names, key);
  const queue = new Queue(scope, `${id}-queue`, {
    queueName: name,
    encryption: QueueEncryption.KMS,
    encryptionMasterKey: key,
    enforceSSL: true,
    visibilityTimeout: Duration.seconds(6 * TIMEOUT_SECONDS.reaction),
    retentionPeriod: Duration.days(14),
    deadLetterQueue: { queue: dead, maxReceiveCount: TRIES },
  });
  const rule = new Rule(scope, `${id}-rule`, {
    ruleName: name,
    eventBus: bus,
    eventPattern: hears(deployed.reaction),
    targets: [{ bind: () => ({ arn: queue.queueArn, deadLetterConfig: { arn: dead.queueArn } }) }],
  });
  for (const each of [queue, dead]) {
    each.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [each.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': rule.ruleArn } },
      }),
    );
  }
  const lambda = deployedFunction(scope, deployed, place);
  lambda.addToRolePolicy(
    new PolicyStatement({
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'],
      resources: [queue.queueArn],
    }),
  );
  new EventSourceMapping(scope, `${id}-mapping`, {
    target: lambda,
    eventSourceArn: queue.queueArn,
    batchSize: BATCH,
    reportBatchItemFailures: true,
    maxConcurrency: deployed.reaction.atOnce ?? place.province.sizes.reactionConcurrency,
  });
}

/** An event's name is one in the whole catalogue, so that contexts and names may stand in two lists. */
export const hears = ({ hears: events }: Pick<AnyReaction, 'hears'>) => ({
  source: [...new Set(events.map(({ context }) => `jianheng.${context}`))].sort(),
  detailType: [...new Set(events.map(({ name }) => name))].sort(),
});
