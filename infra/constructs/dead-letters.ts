import { Duration, Validations } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Names } from '../names.ts';

/** A queue of what failed (死信队列), kept for 14 days, with the alarm that tells of the first message in it. */
export function deadLetters(scope: Construct, id: string, queueName: string, names: Names, key: IKey): Queue {
  const queue = new Queue(scope, id, {
    queueName,
    encryption: QueueEncryption.KMS,
    encryptionMasterKey: key,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  Validations.of(queue).acknowledge({ id: 'AwsSolutions-SQS3', reason: 'It is the dead-letter queue: what is in it waits for a person.' });
  alarm(scope, `${id}-alarm`, names, {
    alarmName: `${queueName}-not-empty`,
    description: 'What failed waits for a person: it is in the dead-letter queue.',
    metric: queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: 'Maximum' }),
    threshold: 1,
  });
  return queue;
}

/** Tells the province's alarm topic as soon as the metric reaches the threshold. */
export function alarm(
  scope: Construct,
  id: string,
  names: Names,
  { alarmName, description, metric, threshold }: { alarmName: string; description: string; metric: IMetric; threshold: number },
): void {
  const made = new Alarm(scope, id, {
    alarmName,
    alarmDescription: description,
    metric,
    threshold,
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  made.addAlarmAction({ bind: () => ({ alarmActionArn: names.alarms.arn }) });
}
