import { Aws, Stack, type StackProps } from 'aws-cdk-lib';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { deadLetters } from '../constructs/dead-letters.ts';
import type { Crossing } from '../crossing.ts';
import { HUB, type Hub } from '../hub.ts';
import { namesOf } from '../names.ts';
import type { Province } from '../province.ts';

/** What a province sends to the hub (上报): a rule on its bus for each declared event, one role, and the dead letters with their alarm. */
export class HubLinkStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & { readonly hub: Hub; readonly province: Province; readonly crossings: readonly Crossing[] }) {
    super(scope, id, props);
    const { hub, province, crossings } = props;
    const names = namesOf(province.code);
    const arn = `arn:${Aws.PARTITION}:events:${hub.region}:${hub.account}:event-bus/${HUB.bus}`;
    const key = Key.fromKeyArn(this, 'data-key', StringParameter.valueForStringParameter(this, names.parameters.dataKey));
    const dead = deadLetters(this, 'dead', names.named('to-hub-dead'), names, key);
    const role = new Role(this, 'role', { roleName: names.named('to-hub'), assumedBy: new ServicePrincipal('events.amazonaws.com') });
    role.addToPolicy(new PolicyStatement({ actions: ['events:PutEvents'], resources: [arn] }));
    const rules = crossings.map(
      ({ event, only }) =>
        new Rule(this, `${event.name}-rule`, {
          ruleName: names.named(`to-hub-${event.name}`),
          eventBus: EventBus.fromEventBusArn(this, `${event.name}-bus`, names.bus.arn),
          eventPattern: { source: [`jianheng.${event.context}`], detailType: [event.name], ...(only ? { detail: { data: only } } : {}) },
          targets: [{ bind: () => ({ arn, role, deadLetterConfig: { arn: dead.queueArn } }) }],
        }),
    );
    dead.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [dead.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': rules.map(({ ruleArn }) => ruleArn) } },
      }),
    );
  }
}
