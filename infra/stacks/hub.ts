import { CfnResource, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { AccountPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { customerKey } from '../constructs/customer-key.ts';
import type { Crossing } from '../crossing.ts';
import { HUB, type Hub } from '../hub.ts';
import type { Province } from '../province.ts';

/** The hub's bus (枢纽总线) and its archive. It takes the declared events, from the accounts of the provinces alone. */
export class HubStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    props: StackProps & { readonly hub: Hub; readonly provinces: readonly Province[]; readonly crossings: readonly Crossing[] },
  ) {
    super(scope, id, props);
    const { hub, provinces, crossings } = props;
    const sources = [...new Set(crossings.map(({ event }) => `jianheng.${event.context}`))].sort();
    const key = customerKey(this, 'data', { description: 'The hub’s bus and its archive.', services: ['events'] });
    const bus = new EventBus(this, 'bus', { eventBusName: HUB.bus, kmsKey: key });
    const statement = new PolicyStatement({
      principals: provinces.map(({ account }) => new AccountPrincipal(account)),
      actions: ['events:PutEvents'],
      resources: [bus.eventBusArn],
      conditions: { StringEquals: { 'events:source': sources, 'events:detail-type': crossings.map(({ event }) => event.name).sort() } },
    });
    // The typed resource warns of a property of its own that is not used here.
    new CfnResource(this, 'provinces', {
      type: 'AWS::Events::EventBusPolicy',
      properties: { EventBusName: bus.eventBusName, StatementId: 'provinces', Statement: statement.toStatementJson() },
    });
    bus.archive('archive', { archiveName: HUB.archive, eventPattern: { source: sources }, retention: Duration.days(hub.archiveDays), kmsKey: key });
  }
}
