import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { EventSourceMapping, FilterCriteria, type Function as Lambda, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { ALTERED } from '../../functions/kernel/aws/stream-handler.ts';
import { ALTERATIONS, NEW_COMMITS } from '../../functions/kernel/dynamodb/tables.ts';
import { contextOf, idOf, type OnStream } from '../deployed.ts';
import { alarm, deadLetters } from './dead-letters.ts';
import { deployedFunction, type Place } from './deployed-function.ts';

const BATCH = 100;
/** A batch is tried until the stream forgets it, or so often; what is behind it waits meanwhile. */
const TRIES = 1_000;
/** Milliseconds by which it may lag before the alarm. */
const LAG_MS = 60_000;

/** What each of the two is given of the stream. A shard has room for two readers, so that publish tells of alterations as well. */
const GIVEN: Readonly<Record<OnStream['kind'], readonly object[]>> = { publish: [NEW_COMMITS, ALTERATIONS], project: [NEW_COMMITS] };

/**
 * Publish (发布) or project (投影): a Lambda on new commits of the ledger's change stream, with dead letters and the alarm on its lag;
 * publish also with the alarm on what was changed or removed.
 */
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
    filters: GIVEN[deployed.kind].map((pattern) => FilterCriteria.filter({ ...pattern })),
    onFailure: { bind: () => ({ destination: dead.queueArn }) },
  });
  alarm(scope, `${id}-lag`, names, {
    alarmName: `${name}-lag`,
    description: `${id} is more than a minute behind the ledger.`,
    metric: lambda.metric('IteratorAge', { period: Duration.minutes(1), statistic: 'Maximum' }),
    threshold: LAG_MS,
  });
  if (GIVEN[deployed.kind].includes(ALTERATIONS)) alterationAlarm(scope, id, name, names, lambda);
}

function alterationAlarm(scope: Construct, id: string, name: string, names: Place['names'], { logGroup }: Lambda): void {
  const altered = new MetricFilter(scope, `${id}-altered`, {
    logGroup,
    filterPattern: FilterPattern.stringValue('$.what', '=', ALTERED),
    metricNamespace: names.named('ledger'),
    metricName: ALTERED,
    metricValue: '1',
  });
  alarm(scope, `${id}-altered-alarm`, names, {
    alarmName: `${name}-altered`,
    description:
      'An item of the ledger was changed or removed, which nobody may. The function’s log has the number of its record; the stream keeps it for a day.',
    metric: altered.metric({ period: Duration.minutes(1), statistic: 'Sum' }),
    threshold: 1,
  });
}
