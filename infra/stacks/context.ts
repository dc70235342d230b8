import { Stack, type StackProps } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { Place } from '../constructs/deployed-function.ts';
import { reactionFunction } from '../constructs/reaction-function.ts';
import { routedFunction } from '../constructs/routed-function.ts';
import { scheduledFunction } from '../constructs/scheduled-function.ts';
import type { InContext } from '../deployed.ts';
import { gatewayToldBy, keysToldBy, toldBy } from './parameters.ts';

/** One bounded context (限界上下文): its functions with their routes, rules, queues and schedules on what the platform has. */
export class ContextStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & { readonly place: Omit<Place, 'keys'>; readonly deployed: readonly InContext[] }) {
    super(scope, id, props);
    const told = toldBy(this, props.place.names);
    const place: Place = { ...props.place, keys: keysToldBy(told) };
    const key = Key.fromKeyArn(this, 'data-key', place.keys.data);
    const bus = EventBus.fromEventBusArn(this, 'bus', place.names.bus.arn);
    const routed = props.deployed.some(({ kind }) => kind === 'command' || kind === 'query');
    const gateway = routed && gatewayToldBy(this, told);
    for (const deployed of props.deployed) {
      switch (deployed.kind) {
        case 'command':
        case 'query':
          if (gateway) routedFunction(this, deployed, place, gateway);
          break;
        case 'reaction':
          reactionFunction(this, deployed, place, { bus, key });
          break;
        case 'schedule':
        case 'dispatch':
          scheduledFunction(this, deployed, place, { key });
          break;
      }
    }
  }
}
