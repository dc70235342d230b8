import { Stage } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Place } from './constructs/deployed-function.ts';
import { contextOf, type Deployed, isAtDoor, isInContext } from './deployed.ts';
import { hearersFirst } from './hearers-first.ts';
import { namesOf } from './names.ts';
import type { Province } from './province.ts';
import { ContextStack } from './stacks/context.ts';
import { IntakeStack } from './stacks/intake.ts';
import { PlatformStack } from './stacks/platform.ts';
import { StreamStack } from './stacks/stream.ts';

/** First day of every ledger (Asia/Shanghai): the system was not there before. */
const SINCE = '2026-06-01';

/** One province (省): `npx cdk deploy '<name>/*'`: the platform, then the contexts, hearers before speakers, and at last what takes events and what publishes. */
export class ProvinceStage extends Stage {
  constructor(scope: Construct, province: Province, deployed: readonly Deployed[], bundles: string) {
    super(scope, province.name, { env: { account: province.account, region: province.region } });
    const byContext = Map.groupBy(deployed.filter(isInContext), contextOf);
    const contexts = [...byContext.keys()].sort();
    const place: Omit<Place, 'keys'> = { province, names: namesOf(province.code), contexts, bundles, since: SINCE };
    const platform = new PlatformStack(this, 'platform', { stackName: place.names.named('platform'), place });
    const stream = new StreamStack(this, 'stream', {
      stackName: place.names.named('stream'),
      place,
      deployed: deployed.filter((each) => !isInContext(each) && !isAtDoor(each)),
    });
    stream.addStackDependency(platform);
    const stacks = new Map<string, ContextStack>();
    for (const context of contexts) {
      const stack = new ContextStack(this, context, { stackName: place.names.named(context), place, deployed: byContext.get(context) ?? [] });
      stack.addStackDependency(platform);
      stream.addStackDependency(stack);
      stacks.set(context, stack);
    }
    for (const door of deployed.filter(isAtDoor).filter(({ route }) => province.signedIntake || !route.signed)) {
      const id = door.route.signed ? 'signed-intake' : 'intake';
      const stack = new IntakeStack(this, id, { stackName: place.names.named(id), place, deployed: door });
      for (const called of [platform, ...stacks.values()]) stack.addStackDependency(called);
    }
    for (const [speaker, hearers] of hearersFirst(deployed.filter(isInContext))) {
      for (const hearer of hearers) stacks.get(speaker)?.addStackDependency(stacks.get(hearer) as ContextStack);
    }
  }
}
