import { Duration } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type IScheduleTarget, Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import type { Construct } from 'constructs';
import { LINGERING } from '../../functions/kernel/run-dispatch.ts';
import { contextOf, type Deployed, idOf } from '../deployed.ts';
import { deadLetters } from './dead-letters.ts';
import { deployedFunction, type Place } from './deployed-function.ts';

/**
 * A schedule (定时任务) or a dispatch (外发) in the cloud: its Lambda, its interval, and the dead letters of a run that could not begin. A dispatch looks at what is
 * due again and again for the most of its minute; there is one at a time.
 */
export function scheduledFunction(
  scope: Construct,
  deployed: Extract<Deployed, { kind: 'schedule' | 'dispatch' }>,
  place: Place,
  { key }: { readonly key: IKey },
): void {
  const { names } = place;
  const id = idOf(deployed);
  const name = names.named(`${contextOf(deployed)}-${id}`);
  const every = Duration.minutes(deployed.kind === 'schedule' ? deployed.schedule.everyMinutes : 1);
  const lambda = deployedFunction(scope, deployed, place);
  const dead = deadLetters(scope, `${id}-dead`, `${name}-dead`, names, key);
  const role = new Role(scope, `${id}-caller`, { roleName: `${name}-caller`, assumedBy: new ServicePrincipal('scheduler.amazonaws.com') });
  role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [lambda.functionArn] }));
  role.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [dead.queueArn] }));
  role.addToPolicy(new PolicyStatement({ actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [key.keyArn] }));
  const target: IScheduleTarget = {
    bind: () => ({
      arn: lambda.functionArn,
      role,
      ...(deployed.kind === 'dispatch' ? { input: ScheduleTargetInput.fromObject(LINGERING) } : {}),
      deadLetterConfig: { arn: dead.queueArn },
      retryPolicy: { maximumEventAgeInSeconds: every.toSeconds(), maximumRetryAttempts: 2 },
    }),
  };
  new Schedule(scope, `${id}-schedule`, { scheduleName: name, schedule: ScheduleExpression.rate(every), key, target });
}
