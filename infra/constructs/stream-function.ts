import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { EventSourceMapping, FilterCriteria, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { NEW_COMMITS } from '../../functions/kernel/dynamodb/tables.ts';
import { contextOf, idOf, type OnStream } from '../deployed.ts';
import { alarm, deadLetters } from './dead-letters.ts';
import { deployedFunction, type Place } from './deployed-function.ts';

const BATCH = 100;
/** A batch is tried until the stream forgets it, or so often; what is behind it waits meanwhile. */
const TRIES = 1_000;
/** Milliseconds by which it may lag before the alarm. */
const LAG_MS = 60_000;

/** Publish (发布) or project (投影): a Lambda on new commits of the ledger's change stream, with dead letters and the alarm on its lag. */
export function streamFunction(scope: Construct, deployed: OnStream, place: Place, { stream, key }: { readonly stream: string; readonly key: IKey }): void {
  const { names } = place;
  const id = idOf(deployed);
  const name = names.named(`${contextOf(deployed)}-${id}`);
  const dead = deadLetters(scope, `${id}-dead`, `${name}-dead`, names, key);
  const lambda = deployedFunction(scope, deployed, place);
  lambda.addToRolePolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [dead.queueArn] }));
  lambda.addToRolePolicy(
    new PolicyStatement({
      actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
      resources: [stream],
    }),
  );
  new EventSourceMapping(scope, `${id}-mapping`, {
    target: lambda,
    eventSourceArn: stream,
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: BATCH,
    bisectBatchOnError: true,
    reportBatchItemFailures: true,
    retryAttempts: TRIES,
    filters: [FilterCriteria.filter(NEW_COMMITS as unknown as Record<string, unknown>)],
    onFailure: { bind: () => ({ destination: dead.queueArn }) },
  });
  alarm(scope, `${id}-lag`, names, {
    alarmName: `${name}-lag`,
    description: `${id} is more than a minute behind the ledger.`,
    metric: lambda.metric('IteratorAge', { period: Duration.minutes(1), statistic: 'Maximum' }),
    threshold: LAG_MS,
  });
}
